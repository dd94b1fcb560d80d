package io.imagegate.rule;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.util.Objects;

/**
 * An image that is to run, as a rule sees it: the parsed reference, and the review it is part of. Immutable; the reference
 * is parsed once for all rules.
 *
 * @since 0.1
 */
public final class Candidate {

    private final ImageReference reference;
    private final ReviewedImage image;
    private final ImageReview review;

    private Candidate(ImageReference reference, ReviewedImage image, ImageReview review) {
        this.reference = Objects.requireNonNull(reference, "reference");
        this.image = Objects.requireNonNull(image, "image");
        this.review = Objects.requireNonNull(review, "review");
    }

    /**
     * Makes a candidate.
     *
     * @param reference the image, parsed
     * @param image the image as typed, and where it stands
     * @param review the review it is part of
     * @return the candidate
     */
    public static Candidate of(ImageReference reference, ReviewedImage image, ImageReview review) {
        return new Candidate(reference, image, review);
    }

    /** {@return the image, parsed} */
    public ImageReference reference() {
        return reference;
    }

    /** {@return the image as typed, and where it stands} */
    public ReviewedImage image() {
        return image;
    }

    /** {@return the review it is part of} */
    public ImageReview review() {
        return review;
    }

    /** {@return the namespace in which it is to run; empty when the object has none or it is not told} */
    public String namespace() {
        return review.namespace();
    }

    /** {@return the image as typed, and where it stands} */
    @Override
    public String toString() {
        return image.toString();
    }
}
