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
 * Limits a number of things or bytes, in all and for each entry. Others wait: those of one share of an entry in the order in which
 * they came, and shares take turns, so that what waits for one delays no other. Of an entry with several users, one never has more than
 * three quarters, so that another need not wait for the end of what takes long. Thread-safe; no thread waits.
 */
public final class Permits {

    private final long all;
    private final long each;
    private final long mostOfOneUser;
    private final FairPermits places;
    private final Supplier<? extends RuntimeException> full;
    private final Map<String, Long> taken = new HashMap<>();
    private final Map<Share, Long> takenByUsers = new HashMap<>();
    private final Map<Share, Queue<Waiting>> queues = new LinkedHashMap<>();
    private long used;
    private @Nullable Supplier<? extends RuntimeException> closed;

    private record Waiting(Share share, long weight, CompletableFuture<Permit> turn) {}

    /** What was permitted, until it is given back. */
    public final class Permit {

        private final Share share;
        private long weight;

        private Permit(Share share, long weight) {
            this.share = share;
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
     * @param places how many may wait; one share never takes more than half of the places that are left
     * @param full what a future fails with if there is no place
     */
    public Permits(long all, long each, int places, Supplier<? extends RuntimeException> full) {
        this.all = all;
        this.each = each;
        this.mostOfOneUser = Math.max(1, each / 4 * 3 + each % 4 * 3 / 4);
        this.places = new FairPermits(places);
        this.full = full;
    }

    /**
     * {@return a permit, at once or when it is its turn} A future that somebody else completes, or cancels, waits no longer.
     *
     * @param share who asks
     * @param weight how much
     */
    public CompletableFuture<Permit> take(Share share, long weight) {
        // A registry writes sizes; the sum of larger ones would overflow.
        Waiting next = new Waiting(share, Math.min(weight, all), new CompletableFuture<>());
        synchronized (this) {
            if (closed != null) {
                return CompletableFuture.failedFuture(closed.get());
            }
            if (!queues.containsKey(share) && fits(next)) {
                return CompletableFuture.completedFuture(permit(next));
            }
            if (!places.take(share, 1)) {
                return CompletableFuture.failedFuture(full.get());
            }
            queues.computeIfAbsent(share, any -> new ArrayDeque<>()).add(next);
        }
        CompletableFuture<?> unused = next.turn.whenComplete((permit, thrown) -> {
            if (thrown != null) {
                remove(next);
            }
        });
        return next.turn;
    }

    private boolean fits(Waiting next) {
        long own = taken.getOrDefault(next.share.entry(), 0L);
        return (used + next.weight <= all || used == 0)
                && (own + next.weight <= each || own == 0)
                && (next.share.isOnly() || fitsUser(next));
    }

    private boolean fitsUser(Waiting next) {
        long own = takenByUsers.getOrDefault(next.share, 0L);
        return own + next.weight <= mostOfOneUser || own == 0;
    }

    private Permit permit(Waiting next) {
        used += next.weight;
        taken.merge(next.share.entry(), next.weight, Long::sum);
        takenByUsers.merge(next.share, next.weight, Long::sum);
        return new Permit(next.share, next.weight);
    }

    private void release(Permit permit) {
        List<Runnable> starts = new ArrayList<>();
        synchronized (this) {
            long weight = permit.weight;
            permit.weight = 0;
            used -= weight;
            taken.computeIfPresent(permit.share.entry(), (entry, own) -> own == weight ? null : own - weight);
            takenByUsers.computeIfPresent(permit.share, (share, own) -> own == weight ? null : own - weight);
            grant(starts);
        }
        starts.forEach(Runnable::run);
    }

    /** Gives permits to those at the heads of the queues, until none fits. */
    private void grant(List<Runnable> starts) {
        for (int passed = 0; passed < queues.size(); ) {
            Iterator<Map.Entry<Share, Queue<Waiting>>> first = queues.entrySet().iterator();
            Map.Entry<Share, Queue<Waiting>> turn = first.next();
            Share share = turn.getKey();
            Queue<Waiting> own = turn.getValue();
            first.remove();
            passed++;
            if (fits(own.element())) {
                Waiting next = own.remove();
                places.release(share, 1);
                Permit given = permit(next);
                starts.add(() -> {
                    if (!next.turn.complete(given)) {
                        given.release();
                    }
                });
                passed = 0;
            }
            if (!own.isEmpty()) {
                queues.put(share, own);
            }
        }
    }

    private void remove(Waiting given) {
        List<Runnable> starts = new ArrayList<>();
        synchronized (this) {
            Queue<Waiting> own = queues.get(given.share);
            if (own != null && own.remove(given)) {
                places.release(given.share, 1);
                if (own.isEmpty()) {
                    queues.remove(given.share);
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
            refused.forEach(waiting -> places.release(waiting.share, 1));
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
