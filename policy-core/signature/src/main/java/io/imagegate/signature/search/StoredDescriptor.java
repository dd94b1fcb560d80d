package io.imagegate.signature.search;

import io.imagegate.reference.Digest;
import io.imagegate.text.Copies;
import java.util.Map;
import java.util.Objects;

/**
 * What a manifest says of other content in a registry. Immutable.
 *
 * @param mediaType type of the content
 * @param digest hash of the content
 * @param size length of the content in bytes
 * @param annotations annotations of the descriptor
 * @since 0.1
 */
public record StoredDescriptor(String mediaType, Digest digest, long size, Map<String, String> annotations) {

    /**
     * Copies the annotations.
     *
     * @param mediaType type of the content
     * @param digest hash of the content
     * @param size length of the content
     * @param annotations annotations of the descriptor
     */
    public StoredDescriptor {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(digest, "digest");
        annotations = Copies.of(annotations);
    }

    /** {@return whether a manifest of its digest has its size and media type} */
    boolean describes(StoredManifest manifest) {
        return manifest.size() == size && manifest.mediaType().equals(mediaType);
    }
}
