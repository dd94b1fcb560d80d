package io.imagegate.server.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The memory for large bodies. Each claims what it announced before a byte of it is read, and waits in line where there
 * is not enough: unread, a body stays with its sender and costs nothing here. Small bodies, which nearly all reviews have,
 * are never kept waiting by large ones.
 */
final class BodyBudget {

    /** Bodies up to this length need no claim; their number is bounded by that of the requests in flight. */
    static final int SMALL_BYTES = 64 << 10;

    /** Room for one body, wanted, waited for or held. */
    static final class Claim {

        private final long bytes;
        private final Runnable granted;
        private boolean holds;
        private boolean over;

        private Claim(long bytes, Runnable granted) {
            this.bytes = bytes;
            this.granted = granted;
        }
    }

    private final long total;
    private final Deque<Claim> waiting = new ArrayDeque<>();
    private long free;

    /** A budget that has room for one body of the longest length at least. */
    BodyBudget(Limits limits) {
        this.total = Math.max(limits.bufferedBytes(), limits.bodyBytes() + 1L);
        this.free = total;
    }

    /**
     * Wants room.
     *
     * @param bytes length of the body; all there is, if more
     * @param granted called on any thread when it was not there at once, but is later
     * @return to be released in any case
     */
    Claim claim(long bytes, Runnable granted) {
        // Twice, for while a body grows, what it outgrew is there, too.
        return new Claim(Math.min(2 * bytes, total), granted);
    }

    /** {@return whether the room is there now; otherwise the claim waits for it} */
    synchronized boolean takeOrWait(Claim claim) {
        if (claim.over) {
            return false;
        }
        if (waiting.isEmpty() && claim.bytes <= free) {
            take(claim);
            return true;
        }
        waiting.add(claim);
        return false;
    }

    /** {@return whether the claim still waited, and gave up its place in the line} */
    boolean withdraw(Claim claim) {
        List<Claim> served;
        synchronized (this) {
            if (claim.holds || claim.over) {
                return false;
            }
            served = end(claim);
        }
        served.forEach(next -> next.granted.run());
        return true;
    }

    /** Gives back what the claim holds, or its place in the line. */
    void release(Claim claim) {
        end(claim).forEach(next -> next.granted.run());
    }

    private synchronized List<Claim> end(Claim claim) {
        if (!claim.over) {
            claim.over = true;
            if (claim.holds) {
                free += claim.bytes;
            } else {
                waiting.remove(claim);
            }
        }
        List<Claim> served = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.element().bytes <= free) {
            Claim next = waiting.remove();
            take(next);
            served.add(next);
        }
        return served;
    }

    private void take(Claim claim) {
        free -= claim.bytes;
        claim.holds = true;
    }

    /** {@return bytes that are claimed now} */
    synchronized long claimed() {
        return total - free;
    }
}
