package io.imagegate.registry.share;

import java.util.HashMap;
import java.util.Map;

/**
 * Divides a number of things or bytes: an entry may have as much as it leaves for all others, so the first one gets half,
 * the next half of the rest. Nobody waits. Thread-safe.
 */
public final class FairPermits {

    private final long all;
    private final Map<Object, Long> taken = new HashMap<>();
    private long used;

    /**
     * Makes shares.
     *
     * @param all what is divided
     */
    public FairPermits(long all) {
        this.all = all;
    }

    /**
     * {@return whether an entry may have so much more} Then it has it until it {@linkplain #release gives it back}.
     *
     * @param entry who asks
     * @param amount how much
     */
    public synchronized boolean take(Object entry, long amount) {
        long own = taken.getOrDefault(entry, 0L) + amount;
        if (own > all - used) {
            return false;
        }
        taken.put(entry, own);
        used += amount;
        return true;
    }

    /**
     * Gives back what an entry has taken.
     *
     * @param entry who has it
     * @param amount how much
     */
    public synchronized void release(Object entry, long amount) {
        taken.computeIfPresent(entry, (any, own) -> own > amount ? own - amount : null);
        used -= amount;
    }

    /** {@return what all have taken} */
    public synchronized long used() {
        return used;
    }
}
