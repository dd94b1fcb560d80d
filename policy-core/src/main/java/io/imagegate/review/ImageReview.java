package io.imagegate.review;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The question put to a policy: may these images run in this namespace? Immutable and thread-safe; collections given to
 * it are copied.
 *
 * @param namespace namespace of the pod; empty when the object has none
 * @param annotations annotations of the pod or review. Users write them: presence alone proves nothing
 * @param templates annotations of the templates in the object by the paths of the templates, such as
 *     {@code spec.template}: what the object creates is reviewed with these
 * @param images every image that asks to run, in the order of the request
 * @param imagesUnchanged whether the question is about an update after which the object has the very images it had
 *     before; a policy may then allow it unseen
 * @since 0.1
 */
public record ImageReview(
        String namespace,
        Map<String, String> annotations,
        Map<String, Map<String, String>> templates,
        List<ReviewedImage> images,
        boolean imagesUnchanged) {

    /**
     * Copies its collections and refuses nulls.
     *
     * @param namespace namespace of the pod
     * @param annotations annotations of the pod or review
     * @param templates annotations of the templates in the object by the paths of the templates
     * @param images every image that asks to run, in the order of the request
     * @param imagesUnchanged whether the question is about an update after which the object has the very images it had before
     */
    public ImageReview {
        Objects.requireNonNull(namespace, "namespace");
        annotations = Map.copyOf(annotations);
        Map<String, Map<String, String>> copies = new LinkedHashMap<>();
        templates.forEach((path, template) -> copies.put(path, Map.copyOf(template)));
        templates = Collections.unmodifiableMap(copies);
        images = List.copyOf(images);
    }

    /**
     * Makes a review of images that ask to run now.
     *
     * @param namespace namespace of the pod; empty when the object has none
     * @param annotations annotations of the pod
     * @param images every image that asks to run
     */
    public ImageReview(String namespace, Map<String, String> annotations, List<ReviewedImage> images) {
        this(namespace, annotations, Map.of(), images, false);
    }

    /**
     * Makes a review of images alone, such as {@code ImageReview.of("nginx").inNamespace("prod")}. They are those of
     * {@code containers[0]}, {@code containers[1]} and so on; no namespace is told.
     *
     * @param images the images as typed
     * @return the review
     */
    public static ImageReview of(String... images) {
        List<ReviewedImage> reviewed = new ArrayList<>(images.length);
        for (int i = 0; i < images.length; i++) {
            reviewed.add(new ReviewedImage(images[i], new Place("containers", i, null)));
        }
        return new ImageReview("", Map.of(), reviewed);
    }

    /**
     * {@return a copy with a namespace}
     *
     * @param name namespace of the pod; empty when it is not told
     */
    public ImageReview inNamespace(String name) {
        return new ImageReview(name, annotations, templates, images, imagesUnchanged);
    }
}
