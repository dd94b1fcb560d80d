package io.imagegate.webhook;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Limits the memory of the reviews that wait for facts. Thread-safe. */
final class WaitingReviews {

    /** Objects of the review, its request and its look-up. */
    private static final int REVIEW_BYTES = 4 << 10;

    private static final int IMAGE_BYTES = 1 << 10;

    private final long limit;
    private final AtomicLong bytes = new AtomicLong();

    WaitingReviews(long limit) {
        this.limit = limit;
    }

    /**
     * {@return whether there is memory for one more; it is taken until the decision is made or cancelled} There is for a
     * single review of any size.
     *
     * @param decision what it waits for
     * @param length of its body: no more text is kept
     * @param images number of its images
     */
    boolean admit(CompletableFuture<?> decision, int length, int images) {
        long estimate = REVIEW_BYTES + length + (long) IMAGE_BYTES * images;
        long taken = bytes.addAndGet(estimate);
        if (taken > limit && taken > estimate) {
            bytes.addAndGet(-estimate);
            return false;
        }
        CompletableFuture<?> unused = decision.whenComplete((made, failure) -> bytes.addAndGet(-estimate));
        return true;
    }
}
