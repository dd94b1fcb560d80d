package io.imagegate.signature;

import io.imagegate.reference.Digest;
import io.imagegate.signature.format.KnownArtifact;
import java.util.Objects;

/**
 * What must have been signed: an image by its digest, or any content. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Artifact {

    private final KnownArtifact known;

    private Artifact(KnownArtifact known) {
        this.known = known;
    }

    /**
     * {@return an artifact of which only the digest is known}
     *
     * @param digest of an image, or of other content
     */
    public static Artifact of(Digest digest) {
        return new Artifact(KnownArtifact.of(Objects.requireNonNull(digest, "digest")));
    }

    /**
     * {@return a manifest or an index} Signatures of Notation are about all of these.
     *
     * @param digest of the manifest
     * @param mediaType of the manifest
     * @param size its length in bytes
     */
    public static Artifact manifest(Digest digest, String mediaType, long size) {
        Objects.requireNonNull(mediaType, "mediaType");
        return new Artifact(KnownArtifact.manifest(Objects.requireNonNull(digest, "digest"), mediaType, size));
    }

    /**
     * {@return an artifact}
     *
     * @param content its bytes
     */
    public static Artifact of(byte[] content) {
        return new Artifact(KnownArtifact.of(content.clone()));
    }

    KnownArtifact known() {
        return known;
    }

    /** {@return the digest, or the length of the content, for messages, logs and debuggers} */
    @Override
    public String toString() {
        return known.toString();
    }
}
