package io.imagegate.kubernetes;

import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Copies;
import java.util.HashMap;
import java.util.Map;

/**
 * An image in values of a Helm chart that is written in parts. Immutable and thread-safe.
 *
 * @param parts its parts by their names
 * @param unclear the name of a part that Helm may print in another way; empty if there is none
 * @since 0.1
 */
public record ChartImage(Map<String, Part> parts, String unclear) {

    /** The part with the host. */
    public static final String REGISTRY = "registry";

    /** The part with the name. */
    public static final String REPOSITORY = "repository";

    /** The part with the tag. */
    public static final String TAG = "tag";

    /** The part with the digest. */
    public static final String DIGEST = "digest";

    /** The part with the hash of a digest, of which the chart has the algorithm. */
    public static final String SHA = "sha";

    /** The algorithm of {@link #SHA}, as it stands before its hash. */
    public static final String ALGORITHM = "sha256:";

    /**
     * A part of an image.
     *
     * @param text the part as it is written
     * @param line its line, from 1
     * @param offset where it starts in its text; -1 if that is not known
     * @since 0.1
     */
    public record Part(String text, int line, int offset) {}

    static ChartImage of(Map<String, Part> parts, String unclear) {
        return new ChartImage(Copies.of(parts), unclear);
    }

    private String text(String part) {
        Part found = parts.get(part);
        return found == null ? "" : found.text();
    }

    /** {@return the image as charts make it of its parts} */
    public String text() {
        String registry = text(REGISTRY);
        String tag = text(TAG);
        String digest = digest();
        return (registry.isEmpty() ? "" : registry + "/")
                + text(REPOSITORY)
                + (tag.isEmpty() ? "" : ":" + tag)
                + (digest.isEmpty() ? "" : "@" + digest);
    }

    private String digest() {
        String hash = text(SHA);
        return hash.isEmpty() ? text(DIGEST) : ALGORITHM + hash;
    }

    /** {@return its registry; empty if there is none} */
    String registry() {
        return text(REGISTRY);
    }

    /** {@return this image with another registry, if it has one} */
    ChartImage withRegistry(Part registry) {
        return parts.containsKey(REGISTRY) ? with(REGISTRY, registry) : this;
    }

    /** {@return this image with another part} */
    ChartImage with(String name, Part part) {
        Map<String, Part> others = new HashMap<>(parts);
        others.put(name, part);
        return of(others, unclear);
    }

    /** {@return the image, marked as one that is not known if Helm prints a part in another way, or the chart has a part} */
    ReviewedImage mark(ReviewedImage image) {
        boolean twice = !text(SHA).isEmpty() && !text(DIGEST).isEmpty();
        if (!unclear.isEmpty() || twice) {
            return image.withUnknown(unclear.isEmpty() ? SHA : unclear);
        }
        if (!hasRepository()) {
            return image.withChartDefault(REPOSITORY);
        }
        return text(TAG).isEmpty() && digest().isEmpty() ? image.withChartDefault(TAG) : image;
    }

    boolean hasRepository() {
        return !text(REPOSITORY).isEmpty();
    }

    boolean isEmpty() {
        return parts.values().stream().allMatch(part -> part.text().isEmpty());
    }
}
