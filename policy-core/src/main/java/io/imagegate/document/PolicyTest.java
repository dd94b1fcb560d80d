package io.imagegate.document;

import io.imagegate.policy.PolicySet;
import java.util.List;
import java.util.Objects;

/**
 * A test of policies: cases, each with what is asked and what the answer should be. Immutable.
 *
 * @param name name of the test
 * @param policies the policies that are tested
 * @param cases the cases in order
 * @since 0.1
 */
public record PolicyTest(String name, PolicySet policies, List<PolicyTestCase> cases) {

    /**
     * Copies, and refuses nulls.
     *
     * @param name name of the test
     * @param policies the policies that are tested
     * @param cases the cases in order
     */
    public PolicyTest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(policies, "policies");
        cases = List.copyOf(cases);
    }

    /** {@return what came of each case, in order} */
    public List<PolicyTestResult> run() {
        return cases.stream().map(c -> c.run(name, policies)).toList();
    }
}
