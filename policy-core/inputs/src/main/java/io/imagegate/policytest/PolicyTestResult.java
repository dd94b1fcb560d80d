package io.imagegate.policytest;

import io.imagegate.policy.Decision;
import java.util.List;

/**
 * Result of one case of a policy test. Immutable.
 *
 * @since 0.1
 */
public final class PolicyTestResult {

    private final String test;
    private final PolicyTestCase testCase;
    private final Decision decision;
    private final List<String> failures;

    private PolicyTestResult(String test, PolicyTestCase testCase, Decision decision) {
        this.test = test;
        this.testCase = testCase;
        this.decision = decision;
        this.failures = List.copyOf(testCase.expectation().failures(decision));
    }

    /** Runs the cases of a test, in order. */
    static List<PolicyTestResult> of(PolicyTest test) {
        return test.cases().stream()
                .map(each -> new PolicyTestResult(test.name(), each, each.decide(test.policies())))
                .toList();
    }

    /** {@return the name of the test} */
    public String test() {
        return test;
    }

    /** {@return the name of the case, unique in its test} */
    public String testCase() {
        return testCase.name();
    }

    /** {@return the file of the case} */
    public String file() {
        return testCase.at().file();
    }

    /** {@return the line of the case, from 1} */
    public int line() {
        return testCase.at().line();
    }

    /** {@return the decision} */
    public Decision decision() {
        return decision;
    }

    /** {@return the differences from the expectation, one sentence each; empty if the case passed} */
    public List<String> failures() {
        return failures;
    }

    /** {@return whether the decision is as expected} */
    public boolean passed() {
        return failures.isEmpty();
    }

    /** {@return the test, the case, and {@code passed} or the differences} */
    @Override
    public String toString() {
        return test + ": " + testCase() + ": " + (passed() ? "passed" : String.join("; ", failures));
    }
}
