package io.imagegate.server.http;

import io.imagegate.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fixed amount, granted to claims in their order of arrival: bytes of memory for bodies, or turns on worker threads.
 * Large claims and small ones wait in two lines. Large ones leave a part to small ones, so a large body that arrives slowly
 * does not keep small ones out. While a large claim waits, small ones take no more than that part, so they do not keep it out,
 * though they always fit sooner.
 *
 * <p>Safe for any number of threads.
 */
final class Permits {

    /** The part that is left to small claims. A claim to more is large. */
    private static final int SMALL_PART = 8;

    /** What one request holds and what it waits for. */
    static final class Claim {

        private final Runnable granted;
        private long held;
        private long wanted;
        private long waitingSince;
        private boolean large;
        private boolean over;

        private Claim(Runnable granted) {
            this.granted = granted;
        }
    }

    private final long total;
    private final long leftToSmall;
    private final Deque<Claim> small = new ArrayDeque<>();
    private final Deque<Claim> large = new ArrayDeque<>();
    private long free;
    private long heldBySmall;

    /** Creates a budget of which nothing is taken. */
    Permits(long total) {
        this.total = total;
        this.leftToSmall = total / SMALL_PART;
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
     * Takes more, or waits in line for it. Who ever wanted much at once stays large.
     *
     * @param more how much, capped at the whole budget, or at what large claims may take of it
     * @return whether it was taken at once
     */
    synchronized boolean takeOrWait(Claim claim, long more) {
        if (claim.over) {
            return false;
        }
        claim.wanted = Math.min(more, total - claim.held);
        if (!claim.large && claim.wanted > leftToSmall) {
            claim.large = true;
            heldBySmall -= claim.held;
        }
        if (claim.large) {
            claim.wanted = Math.min(claim.wanted, Math.max(0, total - leftToSmall - claim.held));
        }
        claim.waitingSince = TimeSource.system().nanos();
        line(claim).add(claim);
        // No other claim can be served now that could not be before.
        return !serve().isEmpty();
    }

    private Deque<Claim> line(Claim claim) {
        return claim.large ? large : small;
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
            line(claim).remove(claim);
            free += claim.held;
            heldBySmall -= claim.large ? 0 : claim.held;
            claim.held = 0;
            claim.large = false;
            served = serve();
        }
        served.forEach(next -> next.granted.run());
    }

    private List<Claim> serve() {
        List<Claim> served = new ArrayList<>();
        for (Claim next = nextThatFits(); next != null; next = nextThatFits()) {
            line(next).remove();
            take(next);
            served.add(next);
        }
        return served;
    }

    private @Nullable Claim nextThatFits() {
        Claim first = large.peek();
        if (first != null && first.wanted <= free - Math.max(0, leftToSmall - heldBySmall)) {
            return first;
        }
        Claim other = small.peek();
        boolean fits =
                other != null && other.wanted <= free && (first == null || heldBySmall + other.wanted <= leftToSmall);
        return fits ? other : null;
    }

    private void take(Claim claim) {
        free -= claim.wanted;
        claim.held += claim.wanted;
        heldBySmall += claim.large ? 0 : claim.wanted;
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
        return !small.isEmpty() || !large.isEmpty() || free < 0;
    }

    /** {@return whether the claim is first in line, and no small one waits if it is large} */
    synchronized boolean isNext(Claim claim) {
        return (small.isEmpty() ? large : small).peek() == claim;
    }

    /** {@return whether the claim waits, or has waited, in the line of large ones} */
    synchronized boolean isLarge(Claim claim) {
        return claim.large;
    }

    /** {@return how much is taken now} */
    synchronized long taken() {
        return total - free;
    }
}
