package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Violations of which it is not known whether the image violates the rule. */
class UnknownViolationTest {

    private static Violation violation(Rule rule, String image) {
        return PolicySet.of(Policy.builder("p").rule("r", rule).build())
                .decide(image)
                .violations()
                .get(0);
    }

    @Test
    @DisplayName("come from undecidable rules and rules that fail, and not from violated ones")
    void rules() {
        assertThat(violation(image -> Finding.undecidable("why"), "nginx").isUnknown())
                .isTrue();
        assertThat(violation(
                                image -> {
                                    throw new IllegalStateException();
                                },
                                "nginx")
                        .isUnknown())
                .isTrue();
        assertThat(violation(image -> Finding.violation("why"), "nginx").isUnknown())
                .isFalse();
    }

    @Test
    @DisplayName("come from objects of unknown kinds, and not from references that are invalid")
    void requirements() {
        PolicySet policies = PolicySet.of(
                Policy.builder("p").rule("r", image -> Finding.satisfied()).build());
        assertThat(policies.decideUnlisted("A.b", "c").violations())
                .singleElement()
                .matches(Violation::isUnknown);
        assertThat(violation(image -> Finding.satisfied(), "Nginx").isUnknown()).isFalse();
    }
}
