package io.imagegate.registry.http;

import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One question to a registry, with all its requests: they share a deadline and a share of bytes. Thread-safe. */
public final class Flight {

    private static final Duration LEAST = Duration.ofMillis(1);

    private final Lane lane;
    private final ByteBudget budget;
    private final TimeSource time;
    private final long deadline;
    private @Nullable CompletableFuture<?> request;
    private long bytes;
    private boolean over;

    public Flight(Lane lane, ByteBudget budget, Duration timeout, TimeSource time) {
        this.lane = lane;
        this.budget = budget;
        this.time = time;
        this.deadline = time.nanos() + timeout.toNanos();
    }

    /** {@return the time left for a request} */
    Duration left() {
        Duration left = Duration.ofNanos(deadline - time.nanos());
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    /** Takes bytes of a body from the budget. */
    synchronized boolean take(long more) {
        boolean taken = !over && budget.take(lane, more);
        if (taken) {
            bytes += more;
        }
        return taken;
    }

    /** Remembers the request that is sent now, which ends with the flight. */
    synchronized <T> CompletableFuture<T> sending(CompletableFuture<T> sent) {
        request = sent;
        if (over) {
            sent.cancel(true);
        }
        return sent;
    }

    /** Ends the request that is being sent, which closes its connection, and gives back the bytes. */
    public void end() {
        CompletableFuture<?> sent;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            budget.release(lane, bytes);
            sent = request;
        }
        if (sent != null) {
            sent.cancel(true);
        }
    }
}
