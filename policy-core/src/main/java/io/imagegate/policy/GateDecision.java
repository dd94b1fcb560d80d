package io.imagegate.policy;

import io.imagegate.review.ImageReview;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decision that a program asked of a gate, for {@linkplain ImageGate#withListener listeners} of the gate. Immutable.
 *
 * @since 0.1
 */
public final class GateDecision {

    private final ImageGate gate;
    private final ImageReview review;
    private final @Nullable Decision decision;
    private final @Nullable Throwable failure;
    private final Duration time;

    GateDecision(
            ImageGate gate,
            ImageReview review,
            @Nullable Decision decision,
            @Nullable Throwable failure,
            Duration time) {
        this.gate = gate;
        this.review = Objects.requireNonNull(review, "review");
        this.decision = decision;
        this.failure = failure;
        this.time = time;
    }

    /** {@return the gate} */
    public ImageGate gate() {
        return gate;
    }

    /** {@return the review} */
    public ImageReview review() {
        return review;
    }

    /** {@return the decision; empty if there is none, so that no image may run} */
    public Optional<Decision> decision() {
        return Optional.ofNullable(decision);
    }

    /** {@return what was thrown, so that there is no decision; empty if there is one} */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** {@return how long it took, look-ups included} */
    public Duration time() {
        return time;
    }

    /** {@return the name of the gate, and the decision or the failure} */
    @Override
    public String toString() {
        return "GateDecision[gate=" + gate.name() + ", review=" + review + ", decision=" + decision + ", failure="
                + failure + ", time=" + time + "]";
    }
}
