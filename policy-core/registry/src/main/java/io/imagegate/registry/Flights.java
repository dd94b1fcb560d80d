package io.imagegate.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Limits the flights, in all and for each entry. Others wait; entries take turns, so that a registry that hangs delays
 * nobody beyond its own share. Thread-safe; no thread waits.
 */
final class Flights {

    private final RegistryLimits limits;
    private final Executor executor;
    private final Deque<Lane> lanes = new ArrayDeque<>();
    private int flying;
    private int waiting;
    private boolean closed;

    /** A flight that has not begun. */
    record Waiting(long since, Runnable start, Runnable refuse) {}

    Flights(RegistryLimits limits, Executor executor) {
        this.limits = limits;
        this.executor = executor;
    }

    /** Starts a flight, now or when there is room for it. */
    <T> CompletableFuture<T> fly(Lane lane, Supplier<CompletableFuture<T>> flight) {
        CompletableFuture<T> landing = new CompletableFuture<>();
        Waiting next = new Waiting(
                System.nanoTime(),
                () -> start(lane, flight, landing),
                () -> landing.completeExceptionally(Failure.undecidable("too many look-ups wait for this registry")));
        admit(lane, next).run();
        return landing;
    }

    private synchronized Runnable admit(Lane lane, Waiting next) {
        if (flying < limits.flights() && lane.flying < limits.flightsPerRegistry()) {
            take(lane);
            return next.start();
        }
        if (closed || lane.queue.size() >= limits.waiting() - waiting) {
            return next.refuse();
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
        CompletableFuture<T> unused = begin(flight).whenComplete((value, thrown) -> {
            land(lane);
            if (thrown == null) {
                landing.complete(value);
            } else {
                landing.completeExceptionally(thrown);
            }
        });
    }

    private static <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> flight) {
        try {
            return flight.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void land(Lane lane) {
        release(lane).ifPresent(next -> executor.execute(next.start()));
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

    /** Nobody asks any more for what waited as long as a flight may last. */
    private void dropOverdue(Lane lane) {
        long now = System.nanoTime();
        while (!lane.queue.isEmpty()
                && now - lane.queue.element().since() > limits.timeout().toNanos()) {
            executor.execute(lane.queue.remove().refuse());
            waiting--;
        }
    }

    /** Refuses all that wait, and all that come. */
    void close() {
        List<Waiting> refused = new ArrayList<>();
        synchronized (this) {
            closed = true;
            lanes.forEach(lane -> refused.addAll(lane.queue));
            lanes.forEach(lane -> lane.queue.clear());
            lanes.clear();
            waiting = 0;
        }
        refused.forEach(one -> one.refuse().run());
    }

    synchronized int flying() {
        return flying;
    }

    synchronized int waiting() {
        return waiting;
    }
}
