package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesByNamespaceTest {

    private static final NamedRule EVERYWHERE = NamedRule.of("everywhere", Rules.fixedTag());
    private static final NamedRule TEAM = EVERYWHERE.withScope(Scope.ofNamespaces(GlobSet.of("team-a", "team-a-*")));
    private static final NamedRule NOT_SYSTEM =
            EVERYWHERE.withScope(Scope.EVERYTHING.withExceptNamespaces(GlobSet.of("kube-system")));

    private static List<NamedRule> of(RulesByNamespace rules, String namespace) {
        List<NamedRule> first = rules.of(namespace);
        assertThat(rules.of(namespace)).as("asked again").isSameAs(first);
        return first;
    }

    @Test
    void aNamespaceGetsTheRulesThatCoverItInOrder() {
        RulesByNamespace rules = new RulesByNamespace(List.of(TEAM, EVERYWHERE, NOT_SYSTEM));
        assertThat(of(rules, "team-a")).containsExactly(TEAM, EVERYWHERE, NOT_SYSTEM);
        assertThat(of(rules, "team-a-prod")).containsExactly(TEAM, EVERYWHERE, NOT_SYSTEM);
        assertThat(of(rules, "team-abc")).containsExactly(EVERYWHERE, NOT_SYSTEM);
        assertThat(of(rules, "kube-system")).containsExactly(EVERYWHERE);
        assertThat(of(rules, "")).as("none is named").containsExactly(TEAM, EVERYWHERE, NOT_SYSTEM);
        assertThat(rules.keptNamespaces()).isEqualTo(5);
    }

    @Test
    void nothingIsKeptForRulesThatSpeakOfEveryNamespace() {
        RulesByNamespace rules = new RulesByNamespace(List.of(EVERYWHERE));
        assertThat(of(rules, "default")).containsExactly(EVERYWHERE);
        assertThat(rules.keptNamespaces()).isZero();
    }

    @Test
    void manyNamespacesAreAnsweredRightAndNotAllKept() {
        RulesByNamespace rules = new RulesByNamespace(List.of(TEAM, EVERYWHERE));
        for (int i = 0; i < 3 * RulesByNamespace.KEPT_NAMESPACES; i++) {
            assertThat(of(rules, "other-" + i)).containsExactly(EVERYWHERE);
            assertThat(of(rules, "team-a-" + i)).containsExactly(TEAM, EVERYWHERE);
            assertThat(rules.keptNamespaces()).isLessThanOrEqualTo(RulesByNamespace.KEPT_NAMESPACES);
        }
    }

    @Test
    void aNameThatNoNamespaceCanHaveIsAnsweredRightAndNotKept() {
        RulesByNamespace rules = new RulesByNamespace(List.of(TEAM, EVERYWHERE));
        assertThat(rules.of("team-a-" + "x".repeat(100_000))).containsExactly(TEAM, EVERYWHERE);
        assertThat(rules.of("x".repeat(64))).containsExactly(EVERYWHERE);
        assertThat(rules.keptNamespaces()).isZero();
        assertThat(of(rules, "x".repeat(63))).containsExactly(EVERYWHERE);
        assertThat(rules.keptNamespaces()).isOne();
    }
}
