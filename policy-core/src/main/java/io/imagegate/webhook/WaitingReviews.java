package io.imagegate.webhook;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Limits the memory of the reviews that wait for facts. Of several gates each leaves room for the others. Thread-safe. */
final class WaitingReviews {

    /** Objects of the review, its request and its look-up. */
    private static final int REVIEW_BYTES = 4 << 10;

    private static final int IMAGE_BYTES = 1 << 10;

    private final long limit;
    private final boolean shared;
    private final Map<String, Long> own = new HashMap<>();
    private long taken;

    WaitingReviews(long limit, boolean shared) {
        this.limit = limit;
        this.shared = shared;
    }

    /**
     * {@return whether there is memory for one more; it is taken until the decision is made or cancelled} For a single gate there is
     * for a single review of any size. Each of several gates may take as much as it leaves for all others.
     *
     * @param gate the name of the gate that decides
     * @param decision what it waits for
     * @param length of its body: no more text is kept
     * @param images number of its images
     */
    boolean admit(String gate, CompletableFuture<?> decision, int length, int images) {
        long estimate = REVIEW_BYTES + length + (long) IMAGE_BYTES * images;
        if (!take(gate, estimate)) {
            return false;
        }
        CompletableFuture<?> unused = decision.whenComplete((made, failure) -> release(gate, estimate));
        return true;
    }

    private synchronized boolean take(String gate, long estimate) {
        long mine = own.getOrDefault(gate, 0L) + estimate;
        boolean fits = shared ? mine <= limit - taken : taken + estimate <= limit || taken == 0;
        if (fits) {
            own.put(gate, mine);
            taken += estimate;
        }
        return fits;
    }

    private synchronized void release(String gate, long estimate) {
        own.computeIfPresent(gate, (name, mine) -> mine > estimate ? mine - estimate : null);
        taken -= estimate;
    }
}
