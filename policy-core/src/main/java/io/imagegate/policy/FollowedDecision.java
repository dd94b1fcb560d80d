package io.imagegate.policy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A decision whose end somebody wants to know. */
final class FollowedDecision {

    private FollowedDecision() {}

    /**
     * {@return the decision that is made, which completes after its end was told; cancelling it cancels what makes it}
     *
     * @param making makes the decision; what it throws is told and thrown
     * @param end called once, with the decision or with what was thrown; throws nothing
     */
    static CompletableFuture<Decision> of(
            Supplier<CompletableFuture<Decision>> making,
            BiConsumer<? super @Nullable Decision, ? super @Nullable Throwable> end) {
        CompletableFuture<Decision> made;
        try {
            made = making.get();
        } catch (Throwable failure) {
            end.accept(null, failure);
            throw failure;
        }
        CompletableFuture<Decision> told =
                made.whenComplete((decision, failure) -> end.accept(decision, cause(failure)));
        if (told.isDone()) {
            return told;
        }
        // The end of what is cancelled is told, too: not by a future that is complete before its source.
        CompletableFuture<Decision> given = told.copy();
        CompletableFuture<Decision> unused = given.whenComplete((decision, failure) -> made.cancel(false));
        return given;
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
