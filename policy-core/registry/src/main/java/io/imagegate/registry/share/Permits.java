package io.imagegate.registry.share;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits a number of things or bytes, in all and for each entry. Others wait: those of one entry in the order in which they
 * came, and entries take turns, so that what waits for one delays no other. Thread-safe; no thread waits.
 */
public final class Permits {

    private final long all;
    private final long each;
    private final FairPermits places;
    private final Supplier<? extends RuntimeException> full;
    private final Map<Object, Long> taken = new HashMap<>();
    private final Map<Object, Queue<Waiting>> queues = new LinkedHashMap<>();
    private long used;
    private @Nullable Supplier<? extends RuntimeException> closed;

    private record Waiting(Object entry, long weight, CompletableFuture<Permit> turn) {}

    /** What was permitted, until it is given back. */
    public final class Permit {

        private final Object entry;
        private long weight;

        private Permit(Object entry, long weight) {
            this.entry = entry;
            this.weight = weight;
        }

        /** Gives it back. Later calls do nothing. */
        public void release() {
            Permits.this.release(this);
        }
    }

    /**
     * Makes permits.
     *
     * @param all the greatest sum
     * @param each the greatest sum of one entry, unless one thing alone is larger
     * @param places how many may wait; one entry never takes more than half of the places that are left
     * @param full what a future fails with if there is no place
     */
    public Permits(long all, long each, int places, Supplier<? extends RuntimeException> full) {
        this.all = all;
        this.each = each;
        this.places = new FairPermits(places);
        this.full = full;
    }

    /**
     * {@return a permit, at once or when it is its turn} A future that somebody else completes, or cancels, waits no longer.
     *
     * @param entry who asks
     * @param weight how much
     */
    public CompletableFuture<Permit> take(Object entry, long weight) {
        // A registry writes sizes; the sum of larger ones would overflow.
        Waiting next = new Waiting(entry, Math.min(weight, all), new CompletableFuture<>());
        synchronized (this) {
            if (closed != null) {
                return CompletableFuture.failedFuture(closed.get());
            }
            if (!queues.containsKey(entry) && fits(next)) {
                return CompletableFuture.completedFuture(permit(next));
            }
            if (!places.take(entry, 1)) {
                return CompletableFuture.failedFuture(full.get());
            }
            queues.computeIfAbsent(entry, any -> new ArrayDeque<>()).add(next);
        }
        CompletableFuture<?> unused = next.turn.whenComplete((permit, thrown) -> {
            if (thrown != null) {
                remove(next);
            }
        });
        return next.turn;
    }

    private boolean fits(Waiting next) {
        long own = taken.getOrDefault(next.entry, 0L);
        return (used + next.weight <= all || used == 0) && (own + next.weight <= each || own == 0);
    }

    private Permit permit(Waiting next) {
        used += next.weight;
        taken.merge(next.entry, next.weight, Long::sum);
        return new Permit(next.entry, next.weight);
    }

    private void release(Permit permit) {
        List<Runnable> starts = new ArrayList<>();
        synchronized (this) {
            long weight = permit.weight;
            permit.weight = 0;
            used -= weight;
            taken.computeIfPresent(permit.entry, (entry, own) -> own == weight ? null : own - weight);
            grant(starts);
        }
        starts.forEach(Runnable::run);
    }

    /** Gives permits to those at the heads of the queues, until none fits. */
    private void grant(List<Runnable> starts) {
        for (int passed = 0; passed < queues.size(); ) {
            Iterator<Map.Entry<Object, Queue<Waiting>>> first =
                    queues.entrySet().iterator();
            Map.Entry<Object, Queue<Waiting>> turn = first.next();
            Object entry = turn.getKey();
            Queue<Waiting> own = turn.getValue();
            first.remove();
            passed++;
            if (fits(own.element())) {
                Waiting next = own.remove();
                places.release(entry, 1);
                Permit given = permit(next);
                starts.add(() -> {
                    if (!next.turn.complete(given)) {
                        given.release();
                    }
                });
                passed = 0;
            }
            if (!own.isEmpty()) {
                queues.put(entry, own);
            }
        }
    }

    private void remove(Waiting given) {
        List<Runnable> starts = new ArrayList<>();
        synchronized (this) {
            Queue<Waiting> own = queues.get(given.entry);
            if (own != null && own.remove(given)) {
                places.release(given.entry, 1);
                if (own.isEmpty()) {
                    queues.remove(given.entry);
                }
                grant(starts);
            }
        }
        starts.forEach(Runnable::run);
    }

    /**
     * Refuses all that wait, and all that come.
     *
     * @param why what their futures fail with
     */
    public void close(Supplier<? extends RuntimeException> why) {
        List<Waiting> refused = new ArrayList<>();
        synchronized (this) {
            closed = why;
            queues.values().forEach(refused::addAll);
            queues.clear();
            refused.forEach(waiting -> places.release(waiting.entry, 1));
        }
        refused.forEach(waiting -> waiting.turn.completeExceptionally(why.get()));
    }

    /** {@return the sum of what is permitted} */
    public synchronized long used() {
        return used;
    }

    /** {@return how many wait} */
    public int waiting() {
        return (int) places.used();
    }
}
