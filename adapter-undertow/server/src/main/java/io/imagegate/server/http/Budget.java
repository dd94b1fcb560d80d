package io.imagegate.server.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A fixed amount of something, granted to claims in their order of arrival: bytes of memory for bodies, or turns to
 * be judged.
 *
 * <p>Safe for any number of threads.
 */
final class Budget {

    /** What one request took, and what it waits for. */
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

    /** A budget of which nothing is taken. */
    Budget(long total) {
        this.total = total;
        this.free = total;
    }

    /**
     * A claim that holds nothing yet.
     *
     * @param granted called on any thread each time the claim waited and got what it waited for
     * @return to be released in any case
     */
    Claim claim(Runnable granted) {
        return new Claim(granted);
    }

    /**
     * Takes more.
     *
     * @param more how much; all there is, if that is less
     * @return whether the claim holds it now; otherwise the claim waits in line for it
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
     * Takes something for a claim that holds nothing, even if there is not so much. The next claims wait until that is
     * given back.
     */
    synchronized void overdraw(Claim claim, long amount) {
        if (!claim.over && claim.held == 0) {
            claim.wanted = amount;
            take(claim);
        }
    }

    /** {@return whether the claim waited; it has left the line, and keeps what it holds} */
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

    /** Gives back what the claim holds, and its place in the line. */
    void release(Claim claim) {
        List<Claim> served;
        synchronized (this) {
            if (claim.over) {
                return;
            }
            claim.over = true;
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
