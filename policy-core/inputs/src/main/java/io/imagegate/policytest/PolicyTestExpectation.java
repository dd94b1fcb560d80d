package io.imagegate.policytest;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Violation;
import io.imagegate.policy.ViolationOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decision that a policy test expects. Immutable.
 *
 * @param allowed whether the images may run
 * @param rules names of exactly the rules that deny; empty if the test does not say
 * @param warnings names of exactly the rules that warn; empty if the test does not say
 * @param reason text that the reason contains; empty if the test does not say
 */
record PolicyTestExpectation(
        boolean allowed, Optional<Set<String>> rules, Optional<Set<String>> warnings, Optional<String> reason) {

    PolicyTestExpectation {
        rules = rules.map(Set::copyOf);
        warnings = warnings.map(Set::copyOf);
    }

    /** {@return the differences of a decision, one sentence each} */
    List<String> failures(Decision decision) {
        List<String> failures = new ArrayList<>();
        if (decision.allowed() != allowed) {
            failures.add("expected " + (allowed ? "allowed" : "denied") + ", got " + decision);
        }
        rules.ifPresent(names -> compare("denied by", names, names(decision, ViolationOutcome.DENIED), failures));
        warnings.ifPresent(names -> compare("warned by", names, names(decision, ViolationOutcome.WARNED), failures));
        reason.filter(part -> !decision.reason().contains(part))
                .ifPresent(part ->
                        failures.add("expected a reason with \"" + part + "\", got \"" + decision.reason() + "\""));
        return failures;
    }

    private static Set<String> names(Decision decision, ViolationOutcome outcome) {
        return decision.violations().stream()
                .filter(violation -> violation.outcome() == outcome)
                .map(Violation::rule)
                .collect(Collectors.toSet());
    }

    private static void compare(String what, Set<String> expected, Set<String> actual, List<String> failures) {
        if (!expected.equals(actual)) {
            failures.add("expected " + what + " " + list(expected) + ", got " + list(actual));
        }
    }

    private static String list(Set<String> names) {
        return names.isEmpty() ? "no rule" : String.join(", ", new TreeSet<>(names));
    }
}
