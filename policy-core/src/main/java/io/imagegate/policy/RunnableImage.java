package io.imagegate.policy;

import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.SafeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Image that a decision allows, with what the decision knows of its digest. A tag can be moved between the decision and the start of a
 * container, so a program that starts one uses a digest. Immutable and thread-safe.
 *
 * <pre>{@code
 * Decision decision = policies.decide("ghcr.io/acme/api:1.4");
 * for (RunnableImage image : decision.toRun()) {
 *     System.out.println(image.requirePinned());
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class RunnableImage {

    private static final int SHOWN = 300;

    private final ReviewedImage image;
    private final String name;
    private final @Nullable Digest resolved;
    private final @Nullable Digest verified;

    RunnableImage(ReviewedImage image, String name, @Nullable Digest resolved, @Nullable Digest verified) {
        this.image = image;
        this.name = name;
        this.resolved = resolved;
        this.verified = verified;
    }

    /** {@return the image as written, with its position} */
    public ReviewedImage image() {
        return image;
    }

    /**
     * {@return the name that was checked: as written, unless the decision {@linkplain Decision#mutations() rewrote or pinned} it} A name
     * without a digest can mean another image when it is pulled.
     */
    public String name() {
        return name;
    }

    /** {@return the digest that was looked up for the {@linkplain #name() name}; empty if none was, or it is not known} */
    public Optional<ResolvedDigest> resolved() {
        return Optional.ofNullable(resolved).map(ResolvedDigest::new);
    }

    /**
     * {@return the digest that signatures or attestations prove} It is there if at least one rule on signatures or attestations applied
     * to this image at this position and was satisfied by what the signers that it names signed for exactly this digest.
     *
     * <p>It is empty where such a rule was violated and only warned or audited, where an exception or break-glass covered it, where it
     * did not apply or was not checked, as for an image that an update keeps, and where something else decided: another
     * alternative of {@code any}, or the violation of a rule under {@code not}. A rule written in Java verifies nothing by itself.
     */
    public Optional<VerifiedDigest> verified() {
        return Optional.ofNullable(verified).map(VerifiedDigest::new);
    }

    /**
     * {@return the image by its digest: the one that is verified or resolved, or that the name has; empty if none is known, never the
     * name alone}
     */
    public Optional<ImageReference> pinned() {
        return ImageReference.tryParse(name).map(this::withDigest).filter(ImageReference::hasDigest);
    }

    private ImageReference withDigest(ImageReference reference) {
        Digest known = verified == null ? resolved : verified;
        return known == null ? reference : reference.withDigest(known);
    }

    /**
     * {@return the image by its digest, as {@link #pinned()} has it}
     *
     * @throws IllegalStateException if no digest is known; the message names the image
     */
    public ImageReference requirePinned() {
        return pinned().orElseThrow(() -> new IllegalStateException(
                subject() + ": its digest is not known: no rule looked it up, and the name has none"));
    }

    /**
     * {@return the image by its {@linkplain #verified() verified} digest}
     *
     * @throws IllegalStateException if no digest is verified; the message names the image
     */
    public ImageReference requireVerified() {
        if (verified == null) {
            throw new IllegalStateException(
                    subject() + ": it is not verified: no rule was satisfied by a signature or attestation of it");
        }
        return requirePinned();
    }

    private String subject() {
        return "image " + SafeText.quote(name, SHOWN) + " (" + image.place() + ")";
    }

    /** {@return the name, the position and the digests, for logs and debuggers} */
    @Override
    public String toString() {
        return "RunnableImage[" + subject() + ", resolved=" + resolved + ", verified=" + verified + "]";
    }
}
