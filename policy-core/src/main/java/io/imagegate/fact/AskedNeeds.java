package io.imagegate.fact;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Needs of pending facts that were asked for. Thread-safe, because rules may ask with several threads. */
final class AskedNeeds {

    private final @Nullable AskedNeeds outer;
    private final Set<Need<?>> needs = new LinkedHashSet<>();

    /** @param outer records the same needs, too */
    AskedNeeds(@Nullable AskedNeeds outer) {
        this.outer = outer;
    }

    synchronized void add(Need<?> need) {
        needs.add(need);
        if (outer != null) {
            outer.add(need);
        }
    }

    /** {@return a copy, in the order in which they were asked for} */
    synchronized Set<Need<?>> copy() {
        return new LinkedHashSet<>(needs);
    }
}
