package io.imagegate.rule;

import io.imagegate.fact.ImageFacts;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.util.Objects;

/**
 * Image that a rule checks, with its parsed reference and its review. Immutable. The reference is parsed once for all
 * rules.
 *
 * @since 0.1
 */
public final class Candidate {

    private final ImageReference reference;
    private final ReviewedImage image;
    private final ImageReview review;
    private final ImageFacts facts;

    private Candidate(ImageReference reference, ReviewedImage image, ImageReview review, ImageFacts facts) {
        this.reference = Objects.requireNonNull(reference, "reference");
        this.image = Objects.requireNonNull(image, "image");
        this.review = Objects.requireNonNull(review, "review");
        this.facts = Objects.requireNonNull(facts, "facts");
    }

    /**
     * Makes a candidate.
     *
     * @param reference the parsed reference
     * @param image the image as typed, with its position
     * @param review the review of the image
     * @return the candidate
     */
    public static Candidate of(ImageReference reference, ReviewedImage image, ImageReview review) {
        return new Candidate(reference, image, review, ImageFacts.NONE);
    }

    /**
     * {@return a copy with other facts}
     *
     * @param other what is known about the image beyond its name
     */
    public Candidate withFacts(ImageFacts other) {
        return other == facts ? this : new Candidate(reference, image, review, other);
    }

    /** {@return the parsed reference} */
    public ImageReference reference() {
        return reference;
    }

    /** {@return the image as typed, with its position} */
    public ReviewedImage image() {
        return image;
    }

    /** {@return what is known about the image beyond its name} */
    public ImageFacts facts() {
        return facts;
    }

    /** {@return the review of the image} */
    public ImageReview review() {
        return review;
    }

    /** {@return the namespace; empty if the object has none or it is unknown} */
    public String namespace() {
        return review.namespace();
    }

    /** {@return the image as typed, with its position} */
    @Override
    public String toString() {
        return image.toString();
    }
}
