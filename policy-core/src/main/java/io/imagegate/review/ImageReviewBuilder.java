package io.imagegate.review;

import io.imagegate.text.Copies;
import io.imagegate.text.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link ImageReview}. Values that are not set are unknown. Collections are copied. Not thread-safe.
 *
 * <pre>{@code
 * ImageReview review = ImageReview.builder()
 *         .images("ghcr.io/acme/api:1.4")
 *         .namespace("prod")
 *         .kind("Deployment.apps")
 *         .name("api")
 *         .user("alice")
 *         .groups(List.of("developers"))
 *         .build();
 * }</pre>
 *
 * @since 0.1
 */
public final class ImageReviewBuilder {

    String namespace = "";
    Map<String, String> annotations = Map.of();
    Map<String, Map<String, String>> templates = Map.of();
    List<ReviewedImage> images = List.of();
    boolean imagesUnchanged;
    boolean controlled;

    @Nullable
    ImageReview before;

    boolean onlyImagePolicyAnnotations;

    @Nullable
    Map<String, String> podAnnotations;

    @Nullable
    String operation;

    @Nullable
    String kind;

    @Nullable
    String name;

    @Nullable
    Map<String, String> labels;

    @Nullable
    String user;

    @Nullable
    List<String> groups;

    ImageReviewBuilder() {}

    ImageReviewBuilder(ImageReview review) {
        this.namespace = review.namespace();
        this.annotations = review.annotations();
        this.podAnnotations = review.knownPodAnnotations();
        this.onlyImagePolicyAnnotations = review.tellsOnlyImagePolicyAnnotations();
        this.templates = review.templates();
        this.images = review.images();
        this.imagesUnchanged = review.imagesUnchanged();
        this.before = review.before().orElse(null);
        this.controlled = review.isControlled();
        this.operation = review.operation().orElse(null);
        this.kind = review.kind().orElse(null);
        this.name = review.name().orElse(null);
        this.labels = review.labels().orElse(null);
        this.user = review.user().orElse(null);
        this.groups = review.groups().orElse(null);
    }

    /**
     * Sets the images by their texts; they are those of {@code containers[0]}, {@code containers[1]} and so on.
     *
     * @param texts the images as typed
     * @return this
     */
    public ImageReviewBuilder images(String... texts) {
        List<ReviewedImage> reviewed = new ArrayList<>(texts.length);
        for (int i = 0; i < texts.length; i++) {
            reviewed.add(ReviewedImage.of(texts[i], "containers", i));
        }
        return images(reviewed);
    }

    /**
     * Sets the images.
     *
     * @param reviewed all images, in the order of the request
     * @return this
     */
    public ImageReviewBuilder images(Collection<ReviewedImage> reviewed) {
        this.images = List.copyOf(reviewed);
        return this;
    }

    /**
     * Sets whether the review is of an update that changes no image.
     *
     * @param unchanged whether it is
     * @return this
     */
    public ImageReviewBuilder imagesUnchanged(boolean unchanged) {
        this.imagesUnchanged = unchanged;
        return this;
    }

    /**
     * Sets the object as it is before an update.
     *
     * @param old its images, annotations and templates; nothing else of it is used
     * @return this
     */
    public ImageReviewBuilder before(ImageReview old) {
        this.before = Objects.requireNonNull(old, "before");
        return this;
    }

    /**
     * Sets whether a controller owns the object.
     *
     * @param owned whether one of the owners of the object is its controller
     * @return this
     */
    public ImageReviewBuilder controlled(boolean owned) {
        this.controlled = owned;
        return this;
    }

    /**
     * Sets the namespace.
     *
     * @param podNamespace namespace of the pod; empty if the object has none or it is unknown
     * @return this
     * @throws IllegalArgumentException if no namespace can have this name: it is no label of RFC 1123
     */
    public ImageReviewBuilder namespace(String podNamespace) {
        this.namespace = Names.requireNamespace(podNamespace);
        return this;
    }

    /**
     * Sets the annotations of an object, which are also those of its pods until {@link #podAnnotations} sets others.
     *
     * @param all all annotations of the object
     * @return this
     */
    public ImageReviewBuilder annotations(Map<String, String> all) {
        this.annotations = Copies.of(all);
        this.podAnnotations = annotations;
        this.onlyImagePolicyAnnotations = false;
        return this;
    }

    /**
     * Sets the annotations of a pod as ImagePolicyWebhook tells them. Whether the pod has annotations with other keys is unknown.
     *
     * @param some the annotations of which {@link ImageReview#isImagePolicyAnnotation} is true
     * @return this
     */
    public ImageReviewBuilder imagePolicyAnnotations(Map<String, String> some) {
        annotations(some);
        this.onlyImagePolicyAnnotations = true;
        return this;
    }

    /**
     * Sets the annotations of the pods, if these are not those of the object.
     *
     * @param all all annotations of the pod template; null if they are unknown
     * @return this
     */
    public ImageReviewBuilder podAnnotations(@Nullable Map<String, String> all) {
        this.podAnnotations = all == null ? null : Copies.of(all);
        this.onlyImagePolicyAnnotations = false;
        return this;
    }

    /**
     * Sets the annotations of templates.
     *
     * @param byPath annotations of the templates in the object, by path such as {@code spec.template}
     * @return this
     */
    public ImageReviewBuilder templates(Map<String, Map<String, String>> byPath) {
        this.templates = byPath.isEmpty() ? Map.of() : copy(byPath);
        return this;
    }

    /**
     * Sets the operation.
     *
     * @param requested operation on the object, such as {@code CREATE}; empty if it is unknown
     * @return this
     */
    public ImageReviewBuilder operation(String requested) {
        this.operation = nullIfEmpty(requested);
        return this;
    }

    /**
     * Sets the kind.
     *
     * @param objectKind kind of the object and its API group, such as {@code Deployment.apps}; empty if it is unknown
     * @return this
     */
    public ImageReviewBuilder kind(String objectKind) {
        this.kind = nullIfEmpty(objectKind);
        return this;
    }

    /**
     * Sets the name.
     *
     * @param objectName name of the object; empty if it is unknown
     * @return this
     */
    public ImageReviewBuilder name(String objectName) {
        this.name = nullIfEmpty(objectName);
        return this;
    }

    /**
     * Sets the labels.
     *
     * @param all labels of the object, or of its pod template if it has one
     * @return this
     */
    public ImageReviewBuilder labels(Map<String, String> all) {
        this.labels = Copies.of(all);
        return this;
    }

    /**
     * Sets the user.
     *
     * @param userName name of the user who sent the request; empty if it is unknown
     * @return this
     */
    public ImageReviewBuilder user(String userName) {
        this.user = nullIfEmpty(userName);
        return this;
    }

    /**
     * Sets the groups of the user.
     *
     * @param all names of the groups
     * @return this
     */
    public ImageReviewBuilder groups(Collection<String> all) {
        this.groups = List.copyOf(all);
        return this;
    }

    /** {@return the review} */
    public ImageReview build() {
        return new ImageReview(this);
    }

    private static Map<String, Map<String, String>> copy(Map<String, Map<String, String>> templates) {
        Map<String, Map<String, String>> copies = new LinkedHashMap<>();
        templates.forEach((path, template) -> copies.put(path, Copies.of(template)));
        return Collections.unmodifiableMap(copies);
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
