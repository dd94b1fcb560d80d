package io.imagegate.document.tests;

import io.imagegate.policy.PolicySet;
import java.util.List;

/**
 * A test of policies. Immutable.
 *
 * @param name name of the test
 * @param policies the policies that are tested
 * @param cases the cases in order
 */
public record PolicyTest(String name, PolicySet policies, List<PolicyTestCase> cases) {

    public PolicyTest {
        cases = List.copyOf(cases);
    }
}
