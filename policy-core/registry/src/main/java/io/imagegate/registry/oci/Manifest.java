package io.imagegate.registry.oci;

import io.imagegate.reference.Digest;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.text.Copies;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A manifest of an image or artifact, or an index of manifests, whose bytes have its digest. Immutable.
 *
 * @param digest hash of its bytes
 * @param sha256 its digest by SHA-256, which is the same unless it was named by another algorithm
 * @param mediaType its type, which the registry and the manifest agree on
 * @param size its length in bytes
 * @param artifactType type of an artifact
 * @param config configuration of an image or artifact
 * @param layers layers of an image, or blobs of an artifact
 * @param manifests content of an index
 * @param subject the manifest that this one refers to
 * @param annotations its annotations
 * @since 0.1
 */
public record Manifest(
        Digest digest,
        Digest sha256,
        String mediaType,
        long size,
        Optional<String> artifactType,
        Optional<Descriptor> config,
        List<Descriptor> layers,
        List<Descriptor> manifests,
        Optional<Descriptor> subject,
        Map<String, String> annotations) {

    /**
     * Copies the collections.
     *
     * @param digest hash of its bytes
     * @param sha256 its digest by SHA-256
     * @param mediaType its type
     * @param size its length in bytes
     * @param artifactType type of an artifact
     * @param config configuration of an image or artifact
     * @param layers layers of an image, or blobs of an artifact
     * @param manifests content of an index
     * @param subject the manifest that this one refers to
     * @param annotations its annotations
     */
    public Manifest {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(mediaType, "mediaType");
        layers = List.copyOf(layers);
        manifests = List.copyOf(manifests);
        annotations = Copies.of(annotations);
    }

    /** {@return whether this lists other manifests} */
    public boolean isIndex() {
        return MediaTypes.INDEXES.contains(mediaType);
    }
}
