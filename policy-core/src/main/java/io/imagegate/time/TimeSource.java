package io.imagegate.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock with its timers: the one clock of a program. It is an {@link InstantSource}, so whoever takes one may be given a
 * clock of a test, which drives time-outs, too. Thread-safe.
 */
public interface TimeSource extends InstantSource {

    /** {@return the clock and the timers of the machine} */
    static TimeSource system() {
        return SystemTime.MACHINE;
    }

    /**
     * {@return a clock with the instants of a source} Timers are those of the source if it has some, else the machine's: a
     * fixed instant does not stop time-outs.
     *
     * @param instants where instants are from
     */
    static TimeSource of(InstantSource instants) {
        return instants instanceof TimeSource clock ? clock : new SystemTime(instants);
    }

    /** {@return nanoseconds from some beginning: only differences count, and no change of the date alters them} */
    long nanos();

    /**
     * {@return the time since a moment}
     *
     * @param nanos what {@link #nanos} returned then
     */
    default Duration since(long nanos) {
        return Duration.ofNanos(nanos() - nanos);
    }

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Timer {

        /** Drops the task, and all that it refers to, unless it has begun. */
        void cancel();
    }

    /**
     * Runs a task later, on the one thread of all timers: the task is short, or hands its work over.
     *
     * @param delay time until then; at once if it is not positive
     * @param task what to run
     * @return the timer
     */
    Timer schedule(Duration delay, Runnable task);

    /**
     * Completes a future with a value if nothing else does in time.
     *
     * @param future completed by this
     * @param limit time for others to complete it
     * @param value the value after that
     * @return the future
     */
    default <T extends @Nullable Object> CompletableFuture<T> completeAfter(
            CompletableFuture<T> future, Duration limit, Supplier<T> value) {
        return within(future, limit, () -> future.complete(value.get()));
    }

    /**
     * Completes a future with a {@link TimeoutException} if nothing else completes it in time.
     *
     * @param future completed by this
     * @param limit time for others to complete it
     * @return the future
     */
    default <T> CompletableFuture<T> failAfter(CompletableFuture<T> future, Duration limit) {
        return within(future, limit, () -> future.completeExceptionally(new TimeoutException()));
    }

    private <T extends @Nullable Object> CompletableFuture<T> within(
            CompletableFuture<T> future, Duration limit, Runnable end) {
        if (!future.isDone()) {
            Timer timer = schedule(limit, end);
            CompletableFuture<T> unused = future.whenComplete((value, thrown) -> timer.cancel());
        }
        return future;
    }
}
