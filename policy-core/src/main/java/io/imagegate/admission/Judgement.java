package io.imagegate.admission;

import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.review.ImageReview;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Decision on a request, with the images that were checked. Immutable.
 *
 * @param review the images that were checked; none if no image runs
 * @param decision the decision
 * @since 0.1
 */
public record Judgement(ImageReview review, Decision decision) {

    /**
     * Refuses nulls.
     *
     * @param review the images that were checked
     * @param decision the decision
     */
    public Judgement {
        Objects.requireNonNull(review, "review");
        Objects.requireNonNull(decision, "decision");
    }

    /**
     * Decides on a request. No thread waits for facts.
     *
     * @param gate decides on the images
     * @param request the request
     * @param limit how long to wait for facts
     * @return the images and the decision
     */
    public static CompletableFuture<Judgement> of(ImageGate gate, ReviewRequest request, Duration limit) {
        JudgedImages images = JudgedImages.of(request);
        return images.decideAsync(gate, limit).thenApply(decision -> new Judgement(images.review(), decision));
    }

    /**
     * Decides on a request. Waits for facts as {@link ImageGate#decide(ImageReview)} does.
     *
     * @param gate decides on the images
     * @param request the request
     * @return the images and the decision
     */
    public static Judgement of(ImageGate gate, ReviewRequest request) {
        JudgedImages images = JudgedImages.of(request);
        return new Judgement(images.review(), images.decide(gate));
    }
}
