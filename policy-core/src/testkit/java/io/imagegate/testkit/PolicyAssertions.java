package io.imagegate.testkit;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;

/**
 * Entry point of the assertions on policies, for static import.
 *
 * @since 0.1
 */
public final class PolicyAssertions {

    private PolicyAssertions() {}

    /**
     * Begins assertions on a policy: {@code assertThatPolicy(policy).denies("nginx").because("fixed-tag")}.
     *
     * @param policy the policy
     * @return the assertions
     */
    public static PolicyAssert assertThatPolicy(Policy policy) {
        return assertThatPolicies(PolicySet.of(policy));
    }

    /**
     * Begins assertions on policies that hold together, as a file or folder has them.
     *
     * @param policies the policies
     * @return the assertions
     */
    public static PolicyAssert assertThatPolicies(PolicySet policies) {
        return new PolicyAssert(policies);
    }
}
