package io.imagegate.registry.lookup;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits the callers that share look-ups. Each takes memory until its look-up ends, even if it has given up long before, so
 * without a limit reviews of one hung image could fill the heap. One entry gets at most half of what is left. Thread-safe.
 */
public final class Callers {

    private final int limit;
    private final Map<String, Integer> byEntry = new HashMap<>();
    private int all;

    public Callers(int limit) {
        this.limit = limit;
    }

    /** {@return whether one more caller may ask an entry}; then it counts until it {@linkplain #leave leaves} */
    public synchronized boolean admit(String entry) {
        int others = byEntry.getOrDefault(entry, 0);
        if (others >= limit - all) {
            return false;
        }
        byEntry.put(entry, others + 1);
        all++;
        return true;
    }

    public synchronized void leave(String entry, int count) {
        byEntry.computeIfPresent(entry, (name, before) -> before > count ? before - count : null);
        all -= count;
    }
}
