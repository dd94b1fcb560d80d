package io.imagegate.rule;

import io.imagegate.reference.GlobSet;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Property of a request, other than its images and its namespace, that a {@link Scope} can depend on. Each constant says who chooses
 * its value and which protocol tells it, so that a scope treats a value that is not told alike everywhere.
 *
 * @since 0.1
 */
public enum RequestProperty {
    /** Kind of the object and its API group, such as {@code Deployment.apps}. */
    KIND("kinds", true, true),
    /** Name of the object. It is not told if the API server generates it. */
    NAME("names", true, false),
    /** A label of the pods: of a workload, that of its pod template. */
    LABEL("labels", true, false),
    /** An annotation of the pods: of a workload, that of its pod template. */
    ANNOTATION("annotations", true, false),
    /** Operation on the object: {@code CREATE} or {@code UPDATE}. */
    OPERATION("operations", true, false),
    /** Name of the user who sent the request. */
    USER("users", false, false),
    /** Groups of that user. */
    GROUP("groups", false, false),
    /** Type of the container, such as {@code init}. */
    CONTAINER_TYPE("containers.types", true, false),
    /** Name of the container. */
    CONTAINER_NAME("containers.names", true, false);

    private final String key;
    private final boolean chosenByAuthor;
    private final boolean inImageReview;

    RequestProperty(String key, boolean chosenByAuthor, boolean inImageReview) {
        this.key = key;
        this.chosenByAuthor = chosenByAuthor;
        this.inImageReview = inImageReview;
    }

    /** {@return the key in policy files, such as {@code kinds}} */
    public String key() {
        return key;
    }

    /** {@return whether the author of the object, who writes the pod, chooses the value} */
    public boolean isChosenByAuthor() {
        return chosenByAuthor;
    }

    /** {@return whether ImagePolicyWebhook tells the value; of annotations it tells those that are meant for it} */
    public boolean isInImageReview() {
        return inImageReview;
    }

    /**
     * {@return the values that an image in a review has; none if it is known to have none, and empty if that is unknown}
     *
     * @param name key of the label or annotation; empty for other properties
     * @param review the review
     * @param image the image
     */
    public Optional<List<String>> values(String name, ImageReview review, ReviewedImage image) {
        return switch (this) {
            case KIND -> review.kind().map(List::of);
            case NAME -> review.name().map(List::of);
            case LABEL -> review.labels().map(labels -> entry(labels, name));
            case ANNOTATION ->
                review.tellsPodAnnotation(name) ? Optional.of(entry(review.podAnnotations(), name)) : Optional.empty();
            case OPERATION -> review.operation().map(List::of);
            case USER -> review.user().map(List::of);
            case GROUP -> review.groups();
            case CONTAINER_TYPE -> image.containerType().map(ContainerType::key).map(List::of);
            case CONTAINER_NAME ->
                image.containerName().filter(text -> !text.isEmpty()).map(List::of);
        };
    }

    private static List<String> entry(Map<String, String> known, String name) {
        String value = known.get(name);
        return value == null ? List.of() : List.of(value);
    }

    /** Tests whether one of the values of an image in a review matches. */
    Coverage coverage(String name, GlobSet globs, ImageReview review, ReviewedImage image) {
        return values(name, review, image)
                .map(values -> Coverage.of(values.stream().anyMatch(globs::matches)))
                .orElse(Coverage.UNKNOWN);
    }
}
