package io.imagegate.rule;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.util.Objects;

/**
 * An image that asks to run, as a rule sees it. Immutable; its reference was parsed once for all rules.
 *
 * @param reference the image, read by the grammar
 * @param image the image as typed, and where it stands
 * @param review the review it is part of
 * @since 0.1
 */
public record Candidate(ImageReference reference, ReviewedImage image, ImageReview review) {

    /**
     * Refuses nulls.
     *
     * @param reference the image, read by the grammar
     * @param image the image as typed, and where it stands
     * @param review the review it is part of
     */
    public Candidate {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(review, "review");
    }

    /** {@return the namespace in which it asks to run; empty when the object has none} */
    public String namespace() {
        return review.namespace();
    }
}
