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
    private @Nullable CompletableFuture<?> answer;
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

    /**
     * Remembers the request that is sent now, which ends with the flight.
     *
     * @param sent cancelling it closes its connection, which other requests may use once it is answered
     * @param answered its answer
     */
    void sending(CompletableFuture<?> sent, CompletableFuture<?> answered) {
        boolean late;
        synchronized (this) {
            request = sent;
            answer = answered;
            late = over;
        }
        if (late) {
            end(sent, answered);
        }
    }

    private static void end(@Nullable CompletableFuture<?> sent, @Nullable CompletableFuture<?> answered) {
        if (sent != null && answered != null && !answered.isDone()) {
            sent.cancel(true);
        }
    }

    /** Ends the request that is being sent, which closes its connection, and gives back the bytes. */
    public void end() {
        CompletableFuture<?> sent;
        CompletableFuture<?> answered;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            budget.release(entry, bytes);
            sent = request;
            answered = answer;
        }
        end(sent, answered);
    }
}
