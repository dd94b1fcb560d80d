package io.imagegate.signature.fact;

import io.imagegate.signature.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Limits a number of things or bytes, in all and for each registry. Others wait in the order in which they came; what waits
 * for one registry delays no other. Thread-safe; no thread waits.
 */
final class Permits {

    private final long all;
    private final long each;
    private final int places;
    private final Map<String, Long> taken = new HashMap<>();
    private final Set<Waiting> queue = new LinkedHashSet<>();
    private long used;

    private static final class Waiting {
        final String registry;
        final long weight;
        final CompletableFuture<Permit> turn = new CompletableFuture<>();

        Waiting(String registry, long weight) {
            this.registry = registry;
            this.weight = weight;
        }
    }

    /** What was permitted, until it is given back. */
    final class Permit {

        private final String registry;
        private long weight;

        private Permit(String registry, long weight) {
            this.registry = registry;
            this.weight = weight;
        }

        /** Gives it back. Later calls do nothing. */
        void release() {
            Permits.this.release(this);
        }
    }

    /**
     * Makes permits.
     *
     * @param all the greatest sum
     * @param each the greatest sum of one registry, unless one thing alone is larger
     * @param places how many may wait; one registry never takes more than half of the places that are left
     */
    Permits(long all, long each, int places) {
        this.all = all;
        this.each = each;
        this.places = places;
    }

    /** {@return a permit, at once or when it is its turn; a refusal if too many wait} */
    CompletableFuture<Permit> take(String registry, long weight) {
        // A registry writes sizes; the sum of larger ones would overflow.
        Waiting next = new Waiting(registry, Math.min(weight, all));
        synchronized (this) {
            long before = queue.stream()
                    .filter(waiting -> waiting.registry.equals(registry))
                    .count();
            if (before == 0 && fits(next)) {
                return CompletableFuture.completedFuture(permit(next));
            }
            if (before >= places - queue.size()) {
                return CompletableFuture.failedFuture(
                        Refusal.undecidable("too many verifications wait for this registry, so try again"));
            }
            queue.add(next);
        }
        return next.turn;
    }

    private boolean fits(Waiting next) {
        long own = taken.getOrDefault(next.registry, 0L);
        return (used + next.weight <= all || used == 0) && (own + next.weight <= each || own == 0);
    }

    private Permit permit(Waiting next) {
        used += next.weight;
        taken.merge(next.registry, next.weight, Long::sum);
        return new Permit(next.registry, next.weight);
    }

    private void release(Permit permit) {
        List<Runnable> starts = new ArrayList<>();
        synchronized (this) {
            long weight = permit.weight;
            permit.weight = 0;
            used -= weight;
            taken.computeIfPresent(permit.registry, (registry, own) -> own == weight ? null : own - weight);
            Set<String> waiting = new HashSet<>();
            for (Iterator<Waiting> each = queue.iterator(); each.hasNext(); ) {
                Waiting next = each.next();
                if (!waiting.contains(next.registry) && fits(next)) {
                    each.remove();
                    Permit given = permit(next);
                    starts.add(() -> next.turn.complete(given));
                } else {
                    waiting.add(next.registry);
                }
            }
        }
        starts.forEach(Runnable::run);
    }

    synchronized int waiting() {
        return queue.size();
    }
}
