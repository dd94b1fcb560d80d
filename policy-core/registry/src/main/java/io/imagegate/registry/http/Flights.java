package io.imagegate.registry.http;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.share.Permits;
import io.imagegate.registry.share.Permits.Permit;
import io.imagegate.registry.share.Share;
import io.imagegate.time.TimeSource;
import io.imagegate.time.TimeSource.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Limits the flights, in all and for each entry. Others wait; entries take turns, and of one entry its users, so that a
 * registry that hangs, or a user with many questions, delays nobody else. Thread-safe; no thread waits.
 */
public final class Flights {

    private final FlightLimits limits;
    private final Executor executor;
    private final TimeSource time;
    private final Permits permits;

    public Flights(FlightLimits limits, Executor executor, TimeSource time) {
        this.limits = limits;
        this.executor = executor;
        this.time = time;
        this.permits = new Permits(limits.flights(), limits.flightsPerRegistry(), limits.waiting(), Flights::full);
    }

    /** Starts a flight, now or when there is room for it. */
    public <T> CompletableFuture<T> submit(Share share, Supplier<CompletableFuture<T>> flight) {
        CompletableFuture<Permit> turn = permits.take(share, 1);
        CompletableFuture<T> result = turn.isDone()
                ? turn.thenCompose(permit -> flight.get())
                : inTime(turn).thenComposeAsync(permit -> flight.get(), executor);
        return result.whenComplete((value, thrown) -> {
                    if (!turn.isCompletedExceptionally()) {
                        turn.join().release();
                    }
                })
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                        thrown instanceof CompletionException && thrown.getCause() instanceof RejectedExecutionException
                                ? closed()
                                : thrown));
    }

    /** Refuses a look-up that has waited as long as a flight may last: its callers have given up. */
    private CompletableFuture<Permit> inTime(CompletableFuture<Permit> turn) {
        Timer overdue =
                time.schedule(limits.timeout(), () -> executor.execute(() -> turn.completeExceptionally(full())));
        return turn.whenComplete((permit, thrown) -> overdue.cancel());
    }

    /** Refuses all that wait, and all that come. */
    public void close() {
        permits.close(Flights::closed);
    }

    public int running() {
        return (int) permits.used();
    }

    public int waiting() {
        return permits.waiting();
    }

    private static Failure full() {
        return Failure.undecidable("too many look-ups wait for this registry");
    }

    private static Failure closed() {
        return Failure.undecidable("closed");
    }
}
