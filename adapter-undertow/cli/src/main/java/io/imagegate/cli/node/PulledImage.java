package io.imagegate.cli.node;

import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.SafeText;
import java.util.List;

/**
 * Image that a node pulls, by the name that containerd was given and the digest that it resolved. Nothing else is told: no
 * namespace, no object, no container. Immutable.
 */
public final class PulledImage {

    /** Where the image stands, for reasons: a node sees no object. */
    private static final String PLACE = "node";

    private static final String IMPLIED_TAG = "latest";
    private static final int SHOWN = 300;

    private final ImageReference reference;

    private PulledImage(ImageReference reference) {
        this.reference = reference;
    }

    /**
     * Reads what containerd passes.
     *
     * @param name the full name: {@code REPOSITORY:TAG}, or {@code REPOSITORY@DIGEST} where the pod has a digest
     * @param digest what containerd resolved, and pulls
     * @return the image at that digest
     * @throws IllegalArgumentException if one of them is malformed, the name has another digest, or containerd would pull it from
     *     another repository than the name stands for in pods
     */
    public static PulledImage of(String name, String digest) {
        ImageReference named = ImageReference.parse(name);
        Digest resolved = Digest.parse(digest);
        requireFull(named);
        named.digest().filter(written -> !written.equals(resolved)).ifPresent(other -> {
            throw new IllegalArgumentException("the name " + quote(name) + " has another digest than " + resolved
                    + ", which was resolved; expected the same");
        });
        return new PulledImage(named.hasDigest() ? named : tagged(named).withDigest(resolved));
    }

    /**
     * containerd takes the first part of a name for the host, whatever it looks like: it pulls {@code acme/api:1} from the host
     * {@code acme}, where pods mean Docker Hub. The kubelet passes full names.
     */
    private static void requireFull(ImageReference named) {
        if (named.hasRegistry() && !named.canonical().equals(named.text())) {
            throw new IllegalArgumentException("the name " + quote(named.text())
                    + " has no registry or is abbreviated; expected it in full: " + quote(named.canonical()));
        }
    }

    /** The tag that is meant, so that rules against latest see it beside the digest. */
    private static ImageReference tagged(ImageReference named) {
        return named.hasTag() ? named : named.withTag(IMPLIED_TAG);
    }

    private static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }

    /** {@return the review of this image, which tells nothing but the image} */
    public ImageReview review() {
        return ImageReview.builder()
                .images(List.of(ReviewedImage.of(reference.text(), PLACE, 0).withPath(PLACE)))
                .build();
    }

    /** {@return the image with its digest} */
    @Override
    public String toString() {
        return reference.text();
    }
}
