package io.imagegate.cel;

import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Candidate;
import io.imagegate.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * What an expression is evaluated on. Immutable.
 *
 * @param candidate the image as its name and the review tell it
 * @param metadata what is known of its content; null if that was not looked up or is unknown
 * @param image the image of one platform in it; null if its content is unknown
 */
record Subject(
        Candidate candidate,
        @Nullable ImageMetadata metadata,
        @Nullable PlatformImage image) {

    /** Longest name of a platform in a sentence: a registry can send any text. */
    private static final int SHOWN = 40;

    static Subject of(Candidate candidate) {
        return new Subject(candidate, null, null);
    }

    Subject with(ImageMetadata known, PlatformImage one) {
        return new Subject(candidate, known, one);
    }

    ImageReview review() {
        return candidate.review();
    }

    /** {@return for which image of an index, for sentences; empty if there is one image} */
    String platform() {
        return metadata == null || image == null || metadata.images().size() == 1
                ? ""
                : " for " + SafeText.quote(image.platform(), SHOWN);
    }
}
