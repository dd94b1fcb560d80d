package io.imagegate.fact;

import io.imagegate.reference.Digest;
import io.imagegate.text.Copies;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The image of one platform: what its manifest and its configuration say. Immutable and thread-safe; the {@code with…}
 * methods make changed copies.
 *
 * @since 0.1
 */
public final class PlatformImage {

    private final Digest digest;
    private final String platform;
    private final @Nullable Long size;
    private final @Nullable Instant created;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;

    private PlatformImage(
            Digest digest,
            String platform,
            @Nullable Long size,
            @Nullable Instant created,
            Map<String, String> labels,
            Map<String, String> annotations) {
        this.digest = digest;
        this.platform = platform;
        this.size = size;
        this.created = created;
        this.labels = labels;
        this.annotations = annotations;
    }

    /**
     * {@return an image of which nothing else is said}
     *
     * @param digest of its manifest
     * @param platform operating system, architecture and, if there is one, variant: {@code linux/arm64/v8}
     */
    public static PlatformImage of(Digest digest, String platform) {
        return new PlatformImage(
                Objects.requireNonNull(digest, "digest"),
                Objects.requireNonNull(platform, "platform"),
                null,
                null,
                Map.of(),
                Map.of());
    }

    /**
     * {@return a copy with a size}
     *
     * @param bytes of the manifest, the configuration and the layers, compressed as they are pulled
     * @throws IllegalArgumentException if it is negative
     */
    public PlatformImage withSize(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("size of an image: expected a number of bytes, got " + bytes);
        }
        return new PlatformImage(digest, platform, bytes, created, labels, annotations);
    }

    /**
     * {@return a copy with a date}
     *
     * @param when the image was made, by its own account
     */
    public PlatformImage withCreated(Instant when) {
        return new PlatformImage(digest, platform, size, when, labels, annotations);
    }

    /**
     * {@return a copy with labels}
     *
     * @param labels of the configuration
     */
    public PlatformImage withLabels(Map<String, String> labels) {
        return new PlatformImage(digest, platform, size, created, Copies.of(labels), annotations);
    }

    /**
     * {@return a copy with annotations}
     *
     * @param annotations of its manifest
     */
    public PlatformImage withAnnotations(Map<String, String> annotations) {
        return new PlatformImage(digest, platform, size, created, labels, Copies.of(annotations));
    }

    /** {@return the digest of its manifest} */
    public Digest digest() {
        return digest;
    }

    /** {@return operating system, architecture and, if there is one, variant: {@code linux/arm64/v8}} */
    public String platform() {
        return platform;
    }

    /** {@return the bytes of manifest, configuration and layers, compressed as they are pulled; empty if unknown} */
    public OptionalLong size() {
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** {@return when the image was made, by its own account} */
    public Optional<Instant> created() {
        return Optional.ofNullable(created);
    }

    /** {@return the labels of its configuration} */
    public Map<String, String> labels() {
        return labels;
    }

    /** {@return the annotations of its manifest} */
    public Map<String, String> annotations() {
        return annotations;
    }

    /** {@return platform and digest, for logs and debuggers} */
    @Override
    public String toString() {
        return platform + " " + digest;
    }
}
