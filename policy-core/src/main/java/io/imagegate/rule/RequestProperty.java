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
     * Tests whether the value of an image in a review matches.
     *
     * @param name key of the label or annotation; empty for other properties
     */
    Coverage coverage(String name, GlobSet values, ImageReview review, ReviewedImage image) {
        return switch (this) {
            case KIND -> one(review.kind(), values);
            case NAME -> one(review.name(), values);
            case LABEL ->
                review.labels().map(labels -> entry(labels, name, values)).orElse(Coverage.UNKNOWN);
            case ANNOTATION ->
                review.tellsPodAnnotation(name) ? entry(review.podAnnotations(), name, values) : Coverage.UNKNOWN;
            case OPERATION -> one(review.operation(), values);
            case USER -> one(review.user(), values);
            case GROUP -> review.groups().map(groups -> any(groups, values)).orElse(Coverage.UNKNOWN);
            case CONTAINER_TYPE -> one(image.containerType().map(ContainerType::key), values);
            case CONTAINER_NAME -> one(image.containerName().filter(text -> !text.isEmpty()), values);
        };
    }

    private static Coverage one(Optional<String> known, GlobSet values) {
        return known.isEmpty() ? Coverage.UNKNOWN : Coverage.of(values.matches(known.get()));
    }

    private static Coverage any(List<String> known, GlobSet values) {
        return Coverage.of(known.stream().anyMatch(values::matches));
    }

    private static Coverage entry(Map<String, String> known, String name, GlobSet values) {
        String value = known.get(name);
        return Coverage.of(value != null && values.matches(value));
    }
}
