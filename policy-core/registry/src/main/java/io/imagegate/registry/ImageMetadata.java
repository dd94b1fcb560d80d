package io.imagegate.registry;

import io.imagegate.reference.Digest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an image says of itself. Immutable.
 *
 * @param digest digest of the manifest or index
 * @param images the image itself, or what an index lists, in its order; entries for {@code unknown/unknown}, which carry
 *     attestations, are left out
 * @param annotations annotations of the manifest or index
 * @since 0.1
 */
public record ImageMetadata(Digest digest, List<PlatformImage> images, Map<String, String> annotations) {

    /**
     * Copies the collections.
     *
     * @param digest digest of the manifest or index
     * @param images the image itself, or what an index lists
     * @param annotations annotations of the manifest or index
     */
    public ImageMetadata {
        Objects.requireNonNull(digest, "digest");
        images = List.copyOf(images);
        annotations = Map.copyOf(annotations);
    }
}
