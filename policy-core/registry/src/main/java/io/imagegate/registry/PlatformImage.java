package io.imagegate.registry;

import io.imagegate.reference.Digest;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An image for one platform. Immutable.
 *
 * @param digest digest of its manifest
 * @param platform its platform, such as {@code linux/amd64} or {@code linux/arm64/v8}
 * @param created when it was built, as it says itself; empty if it says nothing that is an instant
 * @param size bytes of its configuration and layers, as they are pulled
 * @param labels its labels
 * @param annotations annotations of its manifest
 * @since 0.1
 */
public record PlatformImage(
        Digest digest,
        String platform,
        Optional<Instant> created,
        long size,
        Map<String, String> labels,
        Map<String, String> annotations) {

    /**
     * Copies the mappings.
     *
     * @param digest digest of its manifest
     * @param platform its platform
     * @param created when it was built
     * @param size bytes of its configuration and layers
     * @param labels its labels
     * @param annotations annotations of its manifest
     */
    public PlatformImage {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(platform, "platform");
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
