package io.imagegate.testkit;

import java.util.List;
import java.util.Objects;

/**
 * A Kubernetes manifest and what is in it, so that a test knows what a reader of manifests should find. Immutable.
 *
 * @param kind kind of the object, such as {@code Deployment}
 * @param namespace namespace of the object; empty when it names none
 * @param images every image in it, in the order of the text
 * @param text the manifest, in YAML
 * @since 0.1
 */
public record Manifest(String kind, String namespace, List<String> images, String text) {

    /**
     * Copies the images and refuses nulls.
     *
     * @param kind kind of the object
     * @param namespace namespace of the object; empty when it names none
     * @param images every image in it
     * @param text the manifest, in YAML
     */
    public Manifest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(namespace, "namespace");
        images = List.copyOf(images);
        Objects.requireNonNull(text, "text");
    }

    /** {@return the text} */
    @Override
    public String toString() {
        return text;
    }
}
