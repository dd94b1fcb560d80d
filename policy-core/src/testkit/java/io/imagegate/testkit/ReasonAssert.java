package io.imagegate.testkit;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Violation;
import io.imagegate.policy.ViolationOutcome;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on the violations of a decision: those that deny, or those that warn.
 *
 * @since 0.1
 */
public final class ReasonAssert extends AbstractAssert<ReasonAssert, Decision> {

    private final List<Violation> violations;

    private ReasonAssert(Decision decision, ViolationOutcome outcome) {
        super(decision, ReasonAssert.class);
        this.violations = decision.violations().stream()
                .filter(violation -> violation.outcome() == outcome)
                .toList();
    }

    static ReasonAssert ofDenial(Decision decision) {
        return new ReasonAssert(decision, ViolationOutcome.DENIED);
    }

    static ReasonAssert ofWarning(Decision decision) {
        return new ReasonAssert(decision, ViolationOutcome.WARNED);
    }

    /**
     * Verifies that each of these rules is violated; others may be too.
     *
     * @param rules names of rules, or codes of built-in requirements, such as {@code invalid-reference}
     * @return this
     */
    public ReasonAssert because(String... rules) {
        TreeSet<String> missing = new TreeSet<>(List.of(rules));
        missing.removeAll(violated());
        if (!missing.isEmpty()) {
            failWithMessage("%nExpected a violation of:%n  %s%nbut violated are:%n  %s", missing, sentences());
        }
        return this;
    }

    /**
     * Verifies that these rules are violated and no others.
     *
     * @param rules names of rules, or codes of built-in requirements
     * @return this
     */
    public ReasonAssert onlyBecause(String... rules) {
        TreeSet<String> expected = new TreeSet<>(List.of(rules));
        if (!violated().equals(expected)) {
            failWithMessage("%nExpected violations of exactly:%n  %s%nbut violated are:%n  %s", expected, sentences());
        }
        return this;
    }

    /**
     * Verifies what a user reads.
     *
     * @param text part of the sentence about a violation
     * @return this
     */
    public ReasonAssert saying(String text) {
        if (violations.stream().noneMatch(violation -> violation.message().contains(text))) {
            failWithMessage("%nExpected a sentence with:%n  %s%nbut they are:%n  %s", text, sentences());
        }
        return this;
    }

    private SortedSet<String> violated() {
        SortedSet<String> rules = new TreeSet<>();
        violations.forEach(violation -> rules.add(violation.rule()));
        return rules;
    }

    private String sentences() {
        return String.join(
                "\n  ",
                violations.stream().map(v -> v.rule() + ": " + v.message()).toList());
    }
}
