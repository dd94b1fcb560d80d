package io.imagegate.policy;

import io.imagegate.review.ImageReview;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Decides on reviews by the policies that are current at that time. Immutable and thread-safe.
 *
 * <pre>{@code
 * ImageGate gate = ImageGate.of(policies);
 * Decision decision = gate.decide(ImageReview.of("nginx").inNamespace("prod"));
 * }</pre>
 *
 * @since 0.1
 */
public final class ImageGate {

    private final Supplier<PolicySet> policies;

    private ImageGate(Supplier<PolicySet> policies) {
        this.policies = policies;
    }

    /**
     * Makes a gate with policies that never change.
     *
     * @param policies the policies
     * @return the gate
     */
    public static ImageGate of(PolicySet policies) {
        Objects.requireNonNull(policies, "policies");
        return new ImageGate(() -> policies);
    }

    /**
     * Makes a gate with policies that may change, such as {@code LivePolicies}.
     *
     * @param policies supplies the current policies; called for each review, by any thread
     * @return the gate
     */
    public static ImageGate of(Supplier<PolicySet> policies) {
        return new ImageGate(Objects.requireNonNull(policies, "policies"));
    }

    /**
     * {@return the current policies}
     *
     * @throws NullPointerException if the supplier has none; other exceptions of the supplier pass, too
     */
    public PolicySet policies() {
        return Objects.requireNonNull(policies.get(), "policies");
    }

    /**
     * Decides on a review.
     *
     * @param review the review
     * @return the decision
     * @throws NullPointerException if the supplier has no policies; other exceptions of the supplier pass, too. They mean
     *     that nothing was decided, so no image may run
     */
    public Decision decide(ImageReview review) {
        return policies().decide(review);
    }
}
