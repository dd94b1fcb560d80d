package io.imagegate.server.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A fixed amount, granted to claims in their order of arrival: bytes of memory for bodies, or turns on worker threads.
 *
 * <p>Safe for any number of threads.
 */
final class Budget {

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
    private final Deque<Claim> waiting = new ArrayDeque<>();
    private long free;

    /** Creates a budget of which nothing is taken. */
    Budget(long total) {
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
        if (waiting.isEmpty() && claim.wanted <= free) {
            take(claim);
            return true;
        }
        claim.waitingSince = System.nanoTime();
        waiting.add(claim);
        return false;
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
            if (!waiting.remove(claim)) {
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
            if (waiting.isEmpty()) {
                return;
            }
            waiting.remove(claim);
            served = serve();
        }
        served.forEach(next -> next.granted.run());
    }

    private List<Claim> serve() {
        List<Claim> served = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.element().wanted <= free) {
            Claim next = waiting.remove();
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

    /** {@return for how long the first in the line has waited; 0 when there is none} */
    synchronized long longestWait(long now) {
        return waiting.isEmpty() ? 0 : now - waiting.element().waitingSince;
    }

    /** {@return whether a claim waits, or more is taken than there is} */
    synchronized boolean isShort() {
        return !waiting.isEmpty() || free < 0;
    }

    /** {@return whether the claim is the next to be served} */
    synchronized boolean isFirst(Claim claim) {
        return waiting.peek() == claim;
    }

    /** {@return how much is taken now} */
    synchronized long taken() {
        return total - free;
    }
}
