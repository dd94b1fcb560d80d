package io.imagegate.server.http;

import io.imagegate.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fixed amount, granted to claims in their order of arrival: bytes of memory for bodies, or turns on worker threads.
 * Large claims and small ones wait in two lines, which are served in turn: so a crowd of large claims does not keep small
 * ones out, and small ones, which always fit sooner, do not keep a large one out.
 *
 * <p>Safe for any number of threads.
 */
final class Permits {

    /** A claim to more than this part of the whole is large. */
    private static final int LARGE_PART = 8;

    /** What one request holds and what it waits for. */
    static final class Claim {

        private final Runnable granted;
        private long held;
        private long wanted;
        private long waitingSince;
        private boolean over;

        private Claim(Runnable granted) {
            this.granted = granted;
        }
    }

    private final long total;
    private final Deque<Claim> small = new ArrayDeque<>();
    private final Deque<Claim> large = new ArrayDeque<>();
    private boolean largeIsNext;
    private long free;

    /** Creates a budget of which nothing is taken. */
    Permits(long total) {
        this.total = total;
        this.free = total;
    }

    /**
     * Creates a claim that holds nothing.
     *
     * @param granted called on any thread when the claim has waited and gets its amount
     * @return the claim, which must be released
     */
    Claim claim(Runnable granted) {
        return new Claim(granted);
    }

    /**
     * Takes more, or waits in line for it.
     *
     * @param more how much, capped at the whole budget
     * @return whether it was taken at once
     */
    synchronized boolean takeOrWait(Claim claim, long more) {
        if (claim.over) {
            return false;
        }
        claim.wanted = Math.min(more, total - claim.held);
        claim.waitingSince = TimeSource.system().nanos();
        line(claim).add(claim);
        // No other claim can be served now that could not be before.
        return !serve().isEmpty();
    }

    private Deque<Claim> line(Claim claim) {
        return claim.wanted > total / LARGE_PART ? large : small;
    }

    /** {@return the claim that is served next; null if none waits} */
    private @Nullable Claim next() {
        Claim other = (largeIsNext ? small : large).peek();
        Claim first = (largeIsNext ? large : small).peek();
        return first == null ? other : first;
    }

    /**
     * Takes an amount for a claim that holds nothing, even more than is free. Later claims wait until it is given back.
     */
    synchronized void overdraw(Claim claim, long amount) {
        if (!claim.over && claim.held == 0) {
            claim.wanted = amount;
            take(claim);
        }
    }

    /** {@return whether the claim was waiting}; it stops waiting and keeps what it holds */
    boolean withdraw(Claim claim) {
        List<Claim> served;
        synchronized (this) {
            if (!line(claim).remove(claim)) {
                return false;
            }
            served = serve();
        }
        served.forEach(next -> next.granted.run());
        return true;
    }

    /** Gives back what a claim holds; it can take more later. */
    void giveBack(Claim claim) {
        release(claim, false);
    }

    /** Ends a claim: gives back what it holds and removes it from the line. */
    void release(Claim claim) {
        release(claim, true);
    }

    private void release(Claim claim, boolean over) {
        List<Claim> served;
        synchronized (this) {
            if (claim.over) {
                return;
            }
            claim.over = over;
            free += claim.held;
            claim.held = 0;
            line(claim).remove(claim);
            served = serve();
        }
        served.forEach(next -> next.granted.run());
    }

    private List<Claim> serve() {
        List<Claim> served = new ArrayList<>();
        for (Claim next = next(); next != null && next.wanted <= free; next = next()) {
            Deque<Claim> line = line(next);
            line.remove();
            largeIsNext = line == small;
            take(next);
            served.add(next);
        }
        return served;
    }

    private void take(Claim claim) {
        free -= claim.wanted;
        claim.held += claim.wanted;
    }

    /** {@return how much the claim holds} */
    synchronized long held(Claim claim) {
        return claim.held;
    }

    /** {@return the longest time that a claim has waited; 0 when none waits} */
    synchronized long longestWait(long now) {
        return Math.max(wait(small.peek(), now), wait(large.peek(), now));
    }

    private static long wait(@Nullable Claim first, long now) {
        return first == null ? 0 : now - first.waitingSince;
    }

    /** {@return whether a claim waits, or more is taken than there is} */
    synchronized boolean isShort() {
        return next() != null || free < 0;
    }

    /** {@return whether the claim is the next to be served} */
    synchronized boolean isNext(Claim claim) {
        return next() == claim;
    }

    /** {@return whether the claim waits, or has waited, in the line of large ones} */
    synchronized boolean isLarge(Claim claim) {
        return line(claim) == large;
    }

    /** {@return how much is taken now} */
    synchronized long taken() {
        return total - free;
    }
}
