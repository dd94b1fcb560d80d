package io.imagegate.admission;

import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.review.ImageReview;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The images of a request that were judged, and the decision. Immutable.
 *
 * @param review the images that were judged; none where none run
 * @param decision the decision
 * @since 0.1
 */
public record Judgement(ImageReview review, Decision decision) {

    /**
     * Refuses nulls.
     *
     * @param review the images that were judged
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
     * @return what was judged, and the decision
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
     * @return what was judged, and the decision
     */
    public static Judgement of(ImageGate gate, ReviewRequest request) {
        JudgedImages images = JudgedImages.of(request);
        return new Judgement(images.review(), images.decide(gate));
    }
}
