package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A namespace that a client sends")
class NamespaceOnWireTest {

    private static final PolicyWebhook WEBHOOK = PolicyWebhook.of(() -> PolicySet.of(Policy.builder("p")
            .rule(NamedRule.of("fixed-tag", Rules.fixedTag())
                    .withScope(Scope.EVERYTHING.withExceptNamespaces(GlobSet.of("dev*"))))
            .build()));

    private static String answer(String path, String review) {
        byte[] body = review.getBytes(UTF_8);
        Answer answer = WEBHOOK.review(path, body, body.length);
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }

    @ParameterizedTest(name = "{0}: {1} is allowed: {2}")
    @DisplayName(
            "is unknown where no namespace can be called so: nothing is excepted by it, and nothing is refused for it")
    @CsvSource({
        "dev,         nginx,   true",
        "prod,        nginx,   false",
        "prod,        nginx:1, true",
        "dev/../prod, nginx,   false",
        "DEV,         nginx,   false",
        "dev_eu,      nginx,   false",
        "dev_eu,      nginx:1, true",
        "'',          nginx,   false",
        "'',          nginx:1, true",
    })
    void isALabelOrUnknown(String namespace, String image, boolean allowed) {
        String verdict = "\"allowed\":" + allowed;
        assertThat(answer(
                        "/image_policy",
                        "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"spec\":{"
                                + "\"containers\":[{\"image\":\"" + image + "\"}],\"namespace\":\"" + namespace
                                + "\"}}"))
                .contains(verdict);
        assertThat(answer(
                        "/validate",
                        "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u\","
                                + "\"kind\":{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Pod\"},\"operation\":\"CREATE\","
                                + "\"namespace\":\"" + namespace
                                + "\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\","
                                + "\"metadata\":{\"name\":\"web\"},\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\""
                                + image + "\"}]}}}}"))
                .contains(verdict);
    }
}
