package io.imagegate.policytest;

import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.text.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Builds a policy test, as text, of reviews and the decisions on them. Not thread-safe.
 *
 * <pre>{@code
 * Instant at = policies.clock().instant();
 * ImageReview review = ImageReview.of("nginx").inNamespace("prod");
 * String text = new PolicyTestBuilder(policies)
 *         .add("no tag", review, TestFacts.NONE, at, policies.decide(review))
 *         .text("production-test", "production.yaml");
 * }</pre>
 *
 * @since 0.1
 */
public final class PolicyTestBuilder {

    private final PolicySet policies;
    private final List<Map<String, Object>> cases = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * Starts a test.
     *
     * @param policies the policies that decide
     */
    public PolicyTestBuilder(PolicySet policies) {
        this.policies = Objects.requireNonNull(policies, "policies");
    }

    /**
     * Adds a case. It is tried first: the policies must decide on it as they did on the review.
     *
     * @param name name of the case; a number is added if there is one of that name already
     * @param review the review with the images as written
     * @param facts what is known about its images
     * @param at the instant of the decision
     * @param decision the decision on the review
     * @return this
     * @throws IllegalArgumentException if a case cannot tell the review: it is about an update of an old object, the name of an image is
     *     not known, or the decision depends on something else that a case does not tell; the message says so in a sentence
     */
    public PolicyTestBuilder add(String name, ImageReview review, TestFacts facts, Instant at, Decision decision) {
        String free = name;
        for (int i = 2; names.contains(free); i++) {
            free = name + " (" + i + ")";
        }
        cases.add(PolicyTestWriter.testCase(free, policies, review, facts.stated(), at, decision));
        names.add(free);
        return this;
    }

    /** {@return whether it has no case} */
    public boolean isEmpty() {
        return cases.isEmpty();
    }

    /**
     * Writes the test, as {@code imagegate test} reads it.
     *
     * @param name name of the test: lower-case letters, digits, {@code -} and {@code .}, 63 at most
     * @param policy file or folder of the policies, as seen from the file of the test; empty if they stand in the same file
     * @return the text in YAML
     * @throws IllegalArgumentException if the name is invalid
     * @throws IllegalStateException if there is no case
     */
    public String text(String name, String policy) {
        Names.require("policy test", name);
        if (cases.isEmpty()) {
            throw new IllegalStateException("a policy test without a case, expected one at least");
        }
        return PolicyTestWriter.text(name, policy, cases);
    }
}
