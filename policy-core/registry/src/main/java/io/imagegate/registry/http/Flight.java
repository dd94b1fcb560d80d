package io.imagegate.registry.http;

import io.imagegate.registry.share.FairPermits;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One question to a registry, with all its requests: they share a deadline and a share of bytes. Thread-safe. */
public final class Flight {

    private static final Duration LEAST = Duration.ofMillis(1);

    private final Object entry;
    private final FairPermits budget;
    private final TimeSource time;
    private final long deadline;
    private @Nullable CompletableFuture<?> request;
    private long bytes;
    private boolean over;

    /**
     * Makes a flight.
     *
     * @param entry who takes the share, however many hosts it stands for
     * @param budget bytes of all flights
     * @param timeout time for all its requests
     * @param time the clock
     */
    public Flight(Object entry, FairPermits budget, Duration timeout, TimeSource time) {
        this.entry = entry;
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
        boolean taken = !over && budget.take(entry, more);
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
            budget.release(entry, bytes);
            sent = request;
        }
        if (sent != null) {
            sent.cancel(true);
        }
    }
}
