package io.imagegate.signature.search;

import io.imagegate.reference.Digest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A manifest in a registry, whose bytes have its digest. Immutable.
 *
 * @param digest hash of its bytes
 * @param mediaType its type
 * @param size its length in bytes
 * @param layers what it consists of
 * @param subject the manifest that it refers to
 * @param artifactType type of the artifact, or of its configuration; empty if it has neither
 * @since 0.1
 */
public record StoredManifest(
        Digest digest,
        String mediaType,
        long size,
        List<StoredDescriptor> layers,
        Optional<Digest> subject,
        String artifactType) {

    /**
     * Copies the list.
     *
     * @param digest hash of its bytes
     * @param mediaType its type
     * @param size its length
     * @param layers what it consists of
     * @param subject the manifest that it refers to
     * @param artifactType type of the artifact, or of its configuration
     */
    public StoredManifest {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(artifactType, "artifactType");
        layers = List.copyOf(layers);
    }
}
