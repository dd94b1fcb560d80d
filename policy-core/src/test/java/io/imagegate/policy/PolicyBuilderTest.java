package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.RequestProperty;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import io.imagegate.workload.Workload;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A builder of policies")
class PolicyBuilderTest {

    private static final String KIND = "App.example.org";
    private static final Workload APP = Workload.of(KIND).withImages("spec.image");

    private final PolicyBuilder policy = Policy.builder("p").rule("tag", Rules.fixedTag());

    private static void assertRefused(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    @DisplayName("refuses a kind that is ignored and has a workload, in any order")
    void ignoredWorkload() {
        String both = "kind \"App.example.org\": ignoredKinds and workloads both have it, expected it in one of them";
        PolicyBuilder ignores = Policy.builder("p").ignoreKind(KIND);
        assertRefused(both, () -> ignores.workload(APP));
        policy.workload(APP);
        assertRefused(both, () -> policy.ignoreKind(KIND));
        assertThat(policy.ignoreKind("Other.example.org").build().ignoresKind("Other.example.org"))
                .isTrue();
        assertThat(policy.build().ignoresKind(KIND)).isFalse();
    }

    @Test
    @DisplayName("takes 200 workloads, one of each kind, with places")
    void workloads() {
        assertRefused(
                "workload \"App.example.org\": it says nowhere that images stand, expected podSpec, images or helmValues",
                () -> policy.workload(Workload.of(KIND)));
        policy.workload(APP);
        assertRefused(
                "workload \"App.example.org\": the policy already has one of this kind, expected one with all places",
                () -> policy.workload(APP));
        for (int i = 1; i < 200; i++) {
            policy.workload(Workload.of("App" + i + ".example.org").withImages("spec.image"));
        }
        assertThat(policy.build().workloads()).hasSize(200).startsWith(APP);
        assertRefused(
                "workloads: expected 200 at most",
                () -> policy.workload(Workload.of("More.example.org").withImages("spec.image")));
    }

    @Test
    @DisplayName("refuses labels and annotations that Kubernetes would refuse")
    void metadata() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.label("a b", "c"))
                .withMessageStartingWith("label \"a b\": expected a key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.label("a", "b c"))
                .withMessageStartingWith("value of a label \"b c\": expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.annotation("a b", "c"))
                .withMessageStartingWith("annotation \"a b\": expected a key");
        assertThat(policy.annotation("a", "b c").build().annotations()).containsEntry("a", "b c");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999})
    @DisplayName("takes 1 to 999 days of warning before an exception expires")
    void expiryWarning(long days) {
        assertThat(policy.expiryWarning(Duration.ofDays(days)).build().expiryWarning())
                .contains(Duration.ofDays(days));
    }

    @Test
    @DisplayName("takes exceptions with rules, reasons and scopes that authors of pods do not choose")
    void exemptions() {
        Exemption exemption = Exemption.of(List.of("tag"), "migration", LocalDate.of(2027, 1, 31));
        assertThat(policy.exempt(exemption).build().exemptions()).containsExactly(exemption);
        assertThat(exemption.rules()).containsExactly("tag");
        assertThat(exemption.reason()).isEqualTo("migration");
        assertThat(exemption.expires()).isEqualTo("2027-01-31");
        assertThat(exemption.scope()).isEqualTo(Scope.EVERYTHING);
        Scope dev = Scope.ofNamespaces(GlobSet.of("dev"));
        assertThat(exemption.withScope(dev).scope()).isEqualTo(dev);
        Scope init = Scope.EVERYTHING.with(Criterion.of(RequestProperty.CONTAINER_TYPE, GlobSet.of("init")));
        assertRefused(
                "exception: whoever writes a pod chooses what it depends on, expected images, namespaces, users or"
                        + " groups, too",
                () -> exemption.withScope(init));
    }
}
