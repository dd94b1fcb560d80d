package io.imagegate.cel;

import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Candidate;
import io.imagegate.text.SafeText;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an expression is evaluated on. Immutable.
 *
 * @param candidate the image as its name and the review tell it
 * @param metadata what is known of its content; null if that was not looked up or is unknown
 * @param image the image of one platform in it; null if its content is unknown
 * @param isAsWritten whether registry and repository are those that are written, and not those that patterns compare
 */
record Subject(
        Candidate candidate,
        @Nullable ImageMetadata metadata,
        @Nullable PlatformImage image,
        boolean isAsWritten) {

    /** Longest name of a registry or a platform in a sentence: anybody can send any text. */
    private static final int SHOWN = 40;

    static Subject of(Candidate candidate) {
        return new Subject(candidate, null, null, false);
    }

    Subject with(ImageMetadata known, PlatformImage one) {
        return new Subject(candidate, known, one, isAsWritten);
    }

    /** {@return the same with registry and repository as they are written} */
    Subject asWritten() {
        return new Subject(candidate, metadata, image, true);
    }

    /** {@return whether registry or repository are written in another way than patterns compare them; for few images they are} */
    boolean isWrittenOtherwise() {
        ImageReference reference = candidate.reference();
        return !(reference.registry().equals(reference.comparedRegistry())
                && reference.repository().equals(reference.comparedRepository()));
    }

    /** {@return the registry; null if a client may read its host as an address} */
    @Nullable
    String registry() {
        ImageReference reference = candidate.reference();
        if (!reference.addressReadings().isEmpty()) {
            return null;
        }
        return isAsWritten ? reference.registry() : reference.comparedRegistry();
    }

    String repository() {
        ImageReference reference = candidate.reference();
        return isAsWritten ? reference.repository() : reference.comparedRepository();
    }

    /** {@return why the registry is unknown} */
    String addressReading() {
        ImageReference reference = candidate.reference();
        String readings = reference.addressReadings().stream()
                .map(ImageReference::comparedRegistry)
                .collect(Collectors.joining(" or "));
        return "a client may read the registry " + SafeText.quote(reference.registry(), SHOWN) + " as " + readings
                + ", and the expression depends on it; write the address with four numbers";
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
