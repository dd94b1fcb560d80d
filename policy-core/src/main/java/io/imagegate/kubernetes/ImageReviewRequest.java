package io.imagegate.kubernetes;

import io.imagegate.review.ImageReview;
import java.util.Objects;

/**
 * An {@code ImageReview} of {@code imagepolicy.k8s.io/v1alpha1}, sent by the ImagePolicyWebhook admission plugin.
 * Immutable.
 *
 * @param review the review
 * @since 0.1
 */
public record ImageReviewRequest(ImageReview review) implements ReviewRequest {

    /**
     * Refuses null.
     *
     * @param review the review
     */
    public ImageReviewRequest {
        Objects.requireNonNull(review, "review");
    }
}
