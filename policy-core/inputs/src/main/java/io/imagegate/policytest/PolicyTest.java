package io.imagegate.policytest;

import io.imagegate.policy.PolicySet;
import java.util.List;

/**
 * A test of policies. Immutable.
 *
 * @param name name of the test
 * @param policies the policies that are tested
 * @param cases the cases in order
 */
record PolicyTest(String name, PolicySet policies, List<PolicyTestCase> cases) {

    PolicyTest {
        cases = List.copyOf(cases);
    }
}
