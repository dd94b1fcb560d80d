package io.imagegate.policy;

import io.imagegate.review.ImageReview;
import io.imagegate.text.ForeignCode;
import io.imagegate.time.TimeSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Listeners of a gate, which are foreign code: what one throws changes no decision, and stops no other. Immutable. */
final class GateListeners {

    static final GateListeners NONE = new GateListeners(List.of());

    private final List<ForeignCode<Consumer<GateDecision>>> listeners;

    private GateListeners(List<ForeignCode<Consumer<GateDecision>>> listeners) {
        this.listeners = listeners;
    }

    GateListeners with(Consumer<GateDecision> listener) {
        Objects.requireNonNull(listener, "listener");
        ForeignCode<Consumer<GateDecision>> guarded =
                new ForeignCode<>(listener, System.getLogger(ImageGate.class.getName()));
        return new GateListeners(
                Stream.concat(listeners.stream(), Stream.of(guarded)).toList());
    }

    /** {@return a decision that completes when all listeners were called; cancelling it cancels what makes it, and calls none} */
    CompletableFuture<Decision> hear(ImageGate gate, ImageReview review, Supplier<CompletableFuture<Decision>> making) {
        if (listeners.isEmpty()) {
            return making.get();
        }
        TimeSource clock = TimeSource.system();
        long start = clock.nanos();
        return FollowedDecision.of(making, (decision, failure) -> {
            if (!(failure instanceof CancellationException)) {
                call(new GateDecision(gate, review, decision, failure, clock.since(start)));
            }
        });
    }

    private void call(GateDecision decision) {
        listeners.forEach(listener -> listener.call(
                called -> called.accept(decision), "a listener of decisions failed; the decision is unchanged"));
    }
}
