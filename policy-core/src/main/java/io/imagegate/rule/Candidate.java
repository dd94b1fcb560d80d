package io.imagegate.rule;

import io.imagegate.fact.ImageFacts;
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
     * @param reference the image, parsed
     * @param image the image as typed, and where it stands
     * @param review the review it is part of
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

    /** {@return the image, parsed} */
    public ImageReference reference() {
        return reference;
    }

    /** {@return the image as typed, and where it stands} */
    public ReviewedImage image() {
        return image;
    }

    /** {@return what is known about the image beyond its name} */
    public ImageFacts facts() {
        return facts;
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
