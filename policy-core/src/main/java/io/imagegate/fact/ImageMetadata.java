package io.imagegate.fact;

import io.imagegate.reference.Digest;
import io.imagegate.text.Copies;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What manifest and configuration of an image say. An index stands for the images of several platforms; any other
 * manifest is that of one. Immutable and thread-safe; the {@code with…} methods make changed copies.
 *
 * @since 0.1
 */
public final class ImageMetadata {

    private static final int SHOWN_PLATFORMS = 3;

    private final Digest digest;
    private final List<PlatformImage> images;
    private final Map<String, String> annotations;
    private final Set<Digest> contents;

    private ImageMetadata(
            Digest digest, List<PlatformImage> images, Map<String, String> annotations, Set<Digest> contents) {
        this.digest = digest;
        this.images = images;
        this.annotations = annotations;
        this.contents = contents;
    }

    /**
     * {@return metadata without annotations}
     *
     * @param digest of the manifest or index that the reference stands for
     * @param images the images, at least one; entries of an index that carry attestations are left out
     * @throws IllegalArgumentException if there is no image
     */
    public static ImageMetadata of(Digest digest, List<PlatformImage> images) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("metadata of an image: expected at least one image, got none");
        }
        Set<Digest> contents = new LinkedHashSet<>();
        contents.add(Objects.requireNonNull(digest, "digest"));
        images.forEach(image -> contents.add(image.digest()));
        return new ImageMetadata(digest, List.copyOf(images), Map.of(), Copies.of(contents));
    }

    /**
     * {@return a copy with annotations}
     *
     * @param annotations of the manifest or index that the reference stands for
     */
    public ImageMetadata withAnnotations(Map<String, String> annotations) {
        return new ImageMetadata(digest, images, Copies.of(annotations), contents);
    }

    /**
     * {@return a copy with other digests of its content}
     *
     * @param contents SHA-256 digests of the manifest or index and of all that it lists, whatever algorithm it was named by
     */
    public ImageMetadata withContents(Set<Digest> contents) {
        return new ImageMetadata(digest, images, annotations, Copies.of(contents));
    }

    /** {@return the digest of the manifest or index that the reference stands for} */
    public Digest digest() {
        return digest;
    }

    /** {@return the images, at least one, in the order of the index} */
    public List<PlatformImage> images() {
        return images;
    }

    /** {@return the annotations of the manifest or index that the reference stands for} */
    public Map<String, String> annotations() {
        return annotations;
    }

    /** {@return the digests of the manifest or index and of all that it lists} */
    public Set<Digest> contents() {
        return contents;
    }

    /** {@return the first platforms, for logs: {@code for linux/amd64, linux/arm64, linux/s390x and 3 more}} */
    @Override
    public String toString() {
        int more = images.size() - SHOWN_PLATFORMS;
        return images.stream()
                .limit(SHOWN_PLATFORMS)
                .map(PlatformImage::platform)
                .collect(Collectors.joining(", ", "for ", more > 0 ? " and " + more + " more" : ""));
    }
}
