package io.imagegate.examples.customrule;

import static io.imagegate.testkit.PolicyAssertions.assertThatPolicies;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.testkit.PolicyAssert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy file finds the rule by its name. */
class PolicyFileTest {

    private static final Path FILE = Path.of("policy.yaml");

    private final PolicyAssert policy = assertThatPolicies(new PolicyDocuments().load(FILE));

    @Test
    void eachTeamRunsItsOwnAndWhatIsShared() {
        policy.inNamespace("payments-prod")
                .allows("registry.example/payments/api:1", "REGISTRY.example/base/jre:17", "nginx:1");
        policy.inNamespace("payments").allows("registry.example/payments/api:1");
    }

    @ParameterizedTest
    @CsvSource({
        "payments-prod, registry.example/payments-evil/api:1, team payments-evil",
        "payments-prod, registry.example/pay/api:1, team pay",
        "payments-prod, REGISTRY.example/shop/api:1, team shop",
        "payments-prod, registry.example/payments:1, nobody",
        "'', registry.example/app:1, nobody",
    })
    void nobodyRunsWhatIsSomebodyElses(String namespace, String image, String owner) {
        policy.inNamespace(namespace).denies(image).onlyBecause("ours").saying("it belongs to " + owner + ",");
    }

    @Test
    void aPortIsNoWayRound() {
        policy.inNamespace("shop").denies("registry.example:443/payments/api:1").onlyBecause("ours");
        policy.inNamespace("shop").denies("registry.example:5000/shop/api:1").onlyBecause("company-registry");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {regisry: a.example} | unknown [regisry], expected registry and optionally shared
            {shared: [base]} | registry: expected a host, such as registry.example
            {registry: a.example, shared: base} | shared: expected a list of owners
            {registry: a.example, shared: [1]} | shared: expected names of owners, got 1
            """)
    void aMistakeInItsParametersIsToldWithTheLine(String parameters, String message) throws IOException {
        String text = Files.readString(FILE).replaceFirst("with: .*", "with: " + parameters);
        assertThatThrownBy(() -> new PolicyDocuments().read("policy.yaml", text))
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining("policy.yaml:10:")
                .hasMessageContaining(message);
    }
}
