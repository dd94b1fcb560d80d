package io.imagegate.registry.http;

import io.imagegate.registry.content.Failure;
import io.imagegate.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Limits the flights, in all and for each entry. Others wait; entries take turns, so that a registry that hangs delays
 * nobody beyond its own share. Thread-safe; no thread waits.
 */
public final class Flights {

    private static final String FULL = "too many look-ups wait for this registry";
    private static final String CLOSED = "closed";

    private final FlightLimits limits;
    private final Executor executor;
    private final TimeSource time;
    private final Deque<Lane> lanes = new ArrayDeque<>();
    private int flying;
    private int waiting;
    private boolean closed;

    /** A flight that has not begun. */
    record Waiting(long since, Runnable start, Consumer<String> refuse) {}

    public Flights(FlightLimits limits, Executor executor, TimeSource time) {
        this.limits = limits;
        this.executor = executor;
        this.time = time;
    }

    /** Starts a flight, now or when there is room for it. */
    public <T> CompletableFuture<T> fly(Lane lane, Supplier<CompletableFuture<T>> flight) {
        CompletableFuture<T> landing = new CompletableFuture<>();
        Waiting next = new Waiting(
                time.nanos(),
                () -> start(lane, flight, landing),
                reason -> landing.completeExceptionally(Failure.undecidable(reason)));
        admit(lane, next).run();
        return landing;
    }

    private synchronized Runnable admit(Lane lane, Waiting next) {
        if (closed) {
            return () -> next.refuse().accept(CLOSED);
        }
        if (flying < limits.flights() && lane.flying < limits.flightsPerRegistry()) {
            take(lane);
            return next.start();
        }
        if (lane.queue.size() >= limits.waiting() - waiting) {
            return () -> next.refuse().accept(FULL);
        }
        if (lane.queue.isEmpty()) {
            lanes.add(lane);
        }
        lane.queue.add(next);
        waiting++;
        return () -> {};
    }

    private void take(Lane lane) {
        flying++;
        lane.flying++;
    }

    private <T> void start(Lane lane, Supplier<CompletableFuture<T>> flight, CompletableFuture<T> landing) {
        CompletableFuture<T> unused = CompletableFuture.completedFuture(flight)
                .thenCompose(Supplier::get)
                .whenComplete((value, thrown) -> {
                    land(lane);
                    if (thrown == null) {
                        landing.complete(value);
                    } else {
                        landing.completeExceptionally(thrown);
                    }
                });
    }

    private void land(Lane lane) {
        release(lane).ifPresent(this::startLater);
    }

    private void startLater(Waiting next) {
        try {
            executor.execute(next.start());
        } catch (RejectedExecutionException e) {
            next.refuse().accept(CLOSED);
        }
    }

    private synchronized Optional<Waiting> release(Lane landed) {
        flying--;
        landed.flying--;
        for (int turns = lanes.size(); turns > 0; turns--) {
            Lane lane = lanes.remove();
            dropOverdue(lane);
            Optional<Waiting> next = Optional.empty();
            if (lane.flying < limits.flightsPerRegistry() && !lane.queue.isEmpty()) {
                next = Optional.of(lane.queue.remove());
                waiting--;
                take(lane);
            }
            if (!lane.queue.isEmpty()) {
                lanes.add(lane);
            }
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    /** Refuses look-ups that waited as long as a flight may last: their callers have given up. */
    private void dropOverdue(Lane lane) {
        long now = time.nanos();
        while (!lane.queue.isEmpty()
                && now - lane.queue.element().since() > limits.timeout().toNanos()) {
            Waiting overdue = lane.queue.remove();
            executor.execute(() -> overdue.refuse().accept(FULL));
            waiting--;
        }
    }

    /** Refuses all that wait, and all that come. */
    public void close() {
        List<Waiting> refused = new ArrayList<>();
        synchronized (this) {
            closed = true;
            lanes.forEach(lane -> refused.addAll(lane.queue));
            lanes.forEach(lane -> lane.queue.clear());
            lanes.clear();
            waiting = 0;
        }
        refused.forEach(one -> one.refuse().accept(CLOSED));
    }

    public synchronized int flying() {
        return flying;
    }

    public synchronized int waiting() {
        return waiting;
    }
}
