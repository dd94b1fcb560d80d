package io.imagegate.admission;

import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.review.ImageReview;
import java.util.Objects;

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
     * Decides on a request.
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
