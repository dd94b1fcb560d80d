package io.imagegate.registry.lookup;

import io.imagegate.registry.metadata.ImageConfig;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Estimates the bytes that answers take in memory, so that the cache keeps its limit whatever a registry sends: short texts
 * take many times their length.
 */
final class AnswerMemory {

    /** A digest, or a small answer. */
    static final long DIGEST = 200;

    /** A descriptor without its texts. */
    private static final long DESCRIPTOR = 800;

    /** An entry of a map, with two empty texts. */
    private static final long ENTRY = 120;

    private AnswerMemory() {}

    /** A manifest takes up to three times its text, and more if its annotations are short. */
    static long manifest(Manifest manifest) {
        long annotations = Stream.of(
                        manifest.config().stream(),
                        manifest.subject().stream(),
                        manifest.layers().stream(),
                        manifest.manifests().stream())
                .flatMap(descriptors -> descriptors)
                .mapToLong(descriptor -> descriptor.annotations().size())
                .sum();
        return 3 * manifest.size()
                + ENTRY * (annotations + manifest.annotations().size());
    }

    static long descriptors(List<Descriptor> descriptors) {
        return descriptors.stream().mapToLong(AnswerMemory::descriptor).sum();
    }

    private static long descriptor(Descriptor descriptor) {
        return DESCRIPTOR
                + text(descriptor.mediaType())
                + optional(descriptor.artifactType())
                + optional(descriptor.platform())
                + texts(descriptor.annotations());
    }

    static long config(ImageConfig config) {
        return DIGEST + text(config.platform()) + texts(config.labels());
    }

    private static long texts(Map<String, String> texts) {
        return texts.entrySet().stream()
                .mapToLong(entry -> ENTRY + text(entry.getKey()) + text(entry.getValue()))
                .sum();
    }

    private static long optional(Optional<String> text) {
        return text.map(AnswerMemory::text).orElse(0L);
    }

    private static long text(String text) {
        return 2L * text.length();
    }
}
