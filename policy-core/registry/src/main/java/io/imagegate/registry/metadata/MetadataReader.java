package io.imagegate.registry.metadata;

import io.imagegate.fact.Fact;
import io.imagegate.fact.PlatformImage;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import java.util.List;
import java.util.Optional;

/** Reads the metadata of an image from its manifest and its configuration. */
public final class MetadataReader {

    /** Most images of an index. */
    static final int IMAGES = 32;

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
    public static Descriptor config(Manifest manifest) {
        if (manifest.isIndex()) {
            throw nested();
        }
        return manifest.config()
                .filter(config -> MediaTypes.IMAGE_CONFIGS.contains(config.mediaType()))
                .orElseThrow(() -> Failure.undecidable("this is not an image: its configuration is of the type "
                        + Failure.shown(
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
    public static <T> T part(Fact<T> found) {
        if (found.state() == Fact.State.ABSENT) {
            throw Failure.undecidable(found.reason() + ", but is part of the image");
        }
        return Failure.valueOf(found);
    }

    /** {@return an image; an index may name its platform, which is what a runtime goes by} */
    static PlatformImage image(Manifest manifest, ImageConfig config, Optional<String> platform) {
        PlatformImage image = PlatformImage.of(manifest.digest(), platform.orElse(config.platform()))
                .withSize(size(manifest))
                .withLabels(config.labels())
                .withAnnotations(manifest.annotations());
        return config.created().map(image::withCreated).orElse(image);
    }

    private static long size(Manifest manifest) {
        try {
            long size =
                    manifest.size() + manifest.config().map(Descriptor::size).orElse(0L);
            for (Descriptor layer : manifest.layers()) {
                size = Math.addExact(size, layer.size());
            }
            return size;
        } catch (ArithmeticException e) {
            throw Failure.undecidable("the sizes of the layers add up to more than 2^63 bytes");
        }
    }
}
