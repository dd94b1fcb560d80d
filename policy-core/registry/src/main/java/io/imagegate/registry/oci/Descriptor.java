package io.imagegate.registry.oci;

import io.imagegate.reference.Digest;
import io.imagegate.text.Copies;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a manifest says of some other content. Immutable.
 *
 * @param mediaType type of the content
 * @param digest hash of the content
 * @param size length of the content in bytes
 * @param artifactType type of the artifact, as the descriptor has it. Some clients write a wrong one, so it decides nothing
 * @param platform platform of an image in an index, such as {@code linux/arm64/v8}
 * @param annotations annotations of the descriptor
 * @since 0.1
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Optional<String> artifactType,
        Optional<String> platform,
        Map<String, String> annotations) {

    /**
     * Copies the annotations.
     *
     * @param mediaType type of the content
     * @param digest hash of the content
     * @param size length of the content in bytes
     * @param artifactType type of the artifact
     * @param platform platform of an image in an index
     * @param annotations annotations of the descriptor
     */
    public Descriptor {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(digest, "digest");
        annotations = Copies.of(annotations);
    }
}
