package io.imagegate.document;

import io.imagegate.policy.Decision;
import java.util.List;
import java.util.Objects;

/**
 * What came of a case of a policy test. Immutable.
 *
 * @param test name of the test
 * @param testCase the case
 * @param decision what was decided
 * @param failures what is not as expected, one sentence each; empty if the case passed
 * @since 0.1
 */
public record PolicyTestResult(String test, PolicyTestCase testCase, Decision decision, List<String> failures) {

    /**
     * Copies, and refuses nulls.
     *
     * @param test name of the test
     * @param testCase the case
     * @param decision what was decided
     * @param failures what is not as expected
     */
    public PolicyTestResult {
        Objects.requireNonNull(test, "test");
        Objects.requireNonNull(testCase, "testCase");
        Objects.requireNonNull(decision, "decision");
        failures = List.copyOf(failures);
    }

    static PolicyTestResult of(String test, PolicyTestCase testCase, Decision decision) {
        return new PolicyTestResult(
                test, testCase, decision, testCase.expectation().failures(decision));
    }

    /** {@return whether everything is as expected} */
    public boolean passed() {
        return failures.isEmpty();
    }
}
