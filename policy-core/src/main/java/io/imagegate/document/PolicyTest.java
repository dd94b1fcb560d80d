package io.imagegate.document;

import io.imagegate.policy.PolicySet;
import java.util.List;

/**
 * Test of policies: cases with images and the expected decision. Immutable.
 *
 * <pre>{@code
 * for (PolicyTest test : new PolicyDocuments().loadTests("production-test.yaml")) {
 *     test.run().forEach(System.out::println);
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class PolicyTest {

    private final String name;
    private final PolicySet policies;
    private final List<PolicyTestCase> cases;

    PolicyTest(String name, PolicySet policies, List<PolicyTestCase> cases) {
        this.name = name;
        this.policies = policies;
        this.cases = List.copyOf(cases);
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the tested policies} */
    public PolicySet policies() {
        return policies;
    }

    /** {@return the result of each case, in order} */
    public List<PolicyTestResult> run() {
        return cases.stream().map(c -> c.run(name, policies)).toList();
    }
}
