package io.imagegate.registry;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what an image says of itself from its manifest and its configuration. */
final class MetadataReader {

    /** Most images of an index. */
    static final int IMAGES = 32;

    /** Largest configuration of an image. */
    static final long CONFIG = 4 << 20;

    /** How an index names what is no image but an attestation. */
    private static final String UNKNOWN = "unknown/unknown";

    private MetadataReader() {}

    /** {@return what an index lists, without attestations} */
    static List<Descriptor> images(Manifest index) {
        List<Descriptor> images = index.manifests().stream()
                .filter(image -> !image.platform().equals(Optional.of(UNKNOWN)))
                .toList();
        if (images.isEmpty()) {
            throw Failure.undecidable("the index lists no image");
        }
        if (images.size() > IMAGES) {
            throw Failure.undecidable("the index lists " + images.size() + " images, expected at most " + IMAGES);
        }
        if (images.stream().anyMatch(image -> MediaTypes.INDEXES.contains(image.mediaType()))) {
            throw nested();
        }
        return images;
    }

    private static Failure nested() {
        return Failure.undecidable("the index lists another index");
    }

    /** {@return the configuration of an image, which is not an index} */
    static Descriptor config(Manifest manifest) {
        if (manifest.isIndex()) {
            throw nested();
        }
        return manifest.config()
                .filter(config -> MediaTypes.IMAGE_CONFIGS.contains(config.mediaType()))
                .orElseThrow(() -> Failure.undecidable("this is not an image: its configuration is of the type "
                        + ManifestReader.shown(
                                manifest.config().map(Descriptor::mediaType).orElse(""))));
    }

    /** Checks that what was found is what a descriptor says. */
    static Manifest matching(Descriptor descriptor, Manifest manifest) {
        if (manifest.size() != descriptor.size() || !manifest.mediaType().equals(descriptor.mediaType())) {
            throw Failure.undecidable(
                    "the index gives " + descriptor.digest() + " another size or media type than it has");
        }
        return manifest;
    }

    /** {@return what must exist, because an index or image names it} */
    static <T> T part(Lookup<T> found) {
        if (found.status() == Lookup.Status.ABSENT) {
            throw Failure.undecidable(found.reason() + ", but is part of the image");
        }
        return found.orThrow();
    }

    static PlatformImage image(Manifest manifest, byte[] config) {
        Json json = Json.read("the configuration of the image", config);
        return new PlatformImage(
                manifest.digest(),
                ManifestReader.platform(json),
                json.text("created").flatMap(MetadataReader::instant),
                size(manifest),
                json.object("config").map(inner -> inner.texts("Labels")).orElse(Map.of()),
                manifest.annotations());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long size(Manifest manifest) {
        try {
            long size = manifest.config().map(Descriptor::size).orElse(0L);
            for (Descriptor layer : manifest.layers()) {
                size = Math.addExact(size, layer.size());
            }
            return size;
        } catch (ArithmeticException e) {
            throw Failure.undecidable("the layers of the image are larger than any disk");
        }
    }

    /** {@return the image as an index names its platform, since that is what a runtime goes by} */
    static PlatformImage named(Descriptor descriptor, PlatformImage image) {
        return descriptor
                .platform()
                .map(platform -> new PlatformImage(
                        image.digest(), platform, image.created(), image.size(), image.labels(), image.annotations()))
                .orElse(image);
    }
}
