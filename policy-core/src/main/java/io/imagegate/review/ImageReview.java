package io.imagegate.review;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Review of images that are about to run, with the namespace, object and user of the request as far as they are known.
 * An empty {@code Optional} means that a value is unknown. Immutable and thread-safe.
 *
 * <pre>{@code
 * Decision decision = policies.decide(ImageReview.of("ghcr.io/acme/api:1.4").inNamespace("prod"));
 * }</pre>
 *
 * <p>{@link #builder()} takes more about a request. Users who create pods choose the name, kind, labels and annotations of
 * an object and the names of its containers, so these alone prove nothing.
 *
 * @since 0.1
 */
public final class ImageReview {

    /** What ImagePolicyWebhook looks for in the key of an annotation. */
    private static final String IMAGE_POLICY = ".image-policy.k8s.io/";

    private final String namespace;
    private final Map<String, String> annotations;
    private final @Nullable Map<String, String> podAnnotations;
    private final boolean onlyImagePolicyAnnotations;
    private final Map<String, Map<String, String>> templates;
    private final List<ReviewedImage> images;
    private final boolean imagesUnchanged;
    private final @Nullable ImageReview before;
    private final boolean controlled;
    private final @Nullable String operation;
    private final @Nullable String kind;
    private final @Nullable String name;
    private final @Nullable Map<String, String> labels;
    private final @Nullable String user;
    private final @Nullable List<String> groups;

    ImageReview(ImageReviewBuilder builder) {
        this.namespace = builder.namespace;
        this.annotations = builder.annotations;
        this.podAnnotations = builder.podAnnotations;
        this.onlyImagePolicyAnnotations = builder.onlyImagePolicyAnnotations;
        this.templates = builder.templates;
        this.images = builder.images;
        this.imagesUnchanged = builder.imagesUnchanged;
        this.before = builder.before;
        this.controlled = builder.controlled;
        this.operation = builder.operation;
        this.kind = builder.kind;
        this.name = builder.name;
        this.labels = builder.labels;
        this.user = builder.user;
        this.groups = builder.groups;
    }

    /**
     * Makes a review of images, such as {@code ImageReview.of("nginx").inNamespace("prod")}. They are those of
     * {@code containers[0]}, {@code containers[1]} and so on; everything else is unknown.
     *
     * @param images the images as typed
     * @return the review
     */
    public static ImageReview of(String... images) {
        return builder().images(images).build();
    }

    /** {@return a builder of a review without images; everything else is unknown} */
    public static ImageReviewBuilder builder() {
        return new ImageReviewBuilder();
    }

    /** {@return a builder with the values of this review} */
    public ImageReviewBuilder toBuilder() {
        return new ImageReviewBuilder(this);
    }

    /**
     * {@return a copy with a namespace}
     *
     * @param other namespace of the pod; empty if it is unknown
     * @throws IllegalArgumentException if no namespace can have this name
     */
    public ImageReview inNamespace(String other) {
        return toBuilder().namespace(other).build();
    }

    /** {@return the namespace of the pod; empty if the object has none or it is unknown} */
    public String namespace() {
        return namespace;
    }

    /** {@return the annotations of the object itself; unmodifiable; empty also if they are unknown} */
    public Map<String, String> annotations() {
        return annotations;
    }

    /**
     * {@return the annotations of the pods, as far as they are {@linkplain #tellsPodAnnotation told}: of a workload, those of its pod
     * template; unmodifiable}
     */
    public Map<String, String> podAnnotations() {
        return podAnnotations == null ? Map.of() : podAnnotations;
    }

    /**
     * {@return whether {@link #podAnnotations} would have an annotation if the pods have it} Otherwise it is unknown.
     *
     * @param key key of the annotation
     */
    public boolean tellsPodAnnotation(String key) {
        return podAnnotations != null && (!onlyImagePolicyAnnotations || isImagePolicyAnnotation(key));
    }

    /**
     * {@return whether ImagePolicyWebhook tells the annotations with a key}
     *
     * @param key key of the annotation, such as {@code ticket.image-policy.k8s.io/break-glass}
     */
    public static boolean isImagePolicyAnnotation(String key) {
        return key.contains(IMAGE_POLICY);
    }

    /**
     * {@return the annotations of the templates in the object, by path such as {@code spec.template}; unmodifiable. The
     * pods that the object creates have these}
     */
    public Map<String, Map<String, String>> templates() {
        return templates;
    }

    /** {@return all images, in the order of the request; unmodifiable} */
    public List<ReviewedImage> images() {
        return images;
    }

    /**
     * {@return whether this is an update that changes no image; a policy may then allow it without a check}
     */
    public boolean imagesUnchanged() {
        return imagesUnchanged;
    }

    /**
     * {@return the object as it is before an update: its images, annotations and templates; empty if the review is of no update
     * or does not tell}
     */
    public Optional<ImageReview> before() {
        return Optional.ofNullable(before);
    }

    /** {@return whether one of the owners of the object is its controller; users who write the object choose its owners} */
    public boolean isControlled() {
        return controlled;
    }

    /** {@return the operation on the object, such as {@code CREATE}} */
    public Optional<String> operation() {
        return Optional.ofNullable(operation);
    }

    /** {@return the kind of the object and its API group, such as {@code Deployment.apps} or {@code Pod}} */
    public Optional<String> kind() {
        return Optional.ofNullable(kind);
    }

    /** {@return the name of the object; empty also if the API server will generate it} */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /**
     * {@return the labels of the object, or of its pod template if it has one; unmodifiable; empty also if a label is no text or
     * there are more than 1,000}
     */
    public Optional<Map<String, String>> labels() {
        return Optional.ofNullable(labels);
    }

    /** {@return the name of the user who sent the request} */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** {@return the groups of that user; unmodifiable; empty also if there are more than 1,000} */
    public Optional<List<String>> groups() {
        return Optional.ofNullable(groups);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageReview that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    /** {@return the known values by their names; of annotations the keys alone, since a value can be the password of break-glass} */
    @Override
    public String toString() {
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("images", images);
        if (!namespace.isEmpty()) {
            known.put("namespace", namespace);
        }
        operation().ifPresent(value -> known.put("operation", value));
        kind().ifPresent(value -> known.put("kind", value));
        name().ifPresent(value -> known.put("name", value));
        labels().ifPresent(value -> known.put("labels", value));
        user().ifPresent(value -> known.put("user", value));
        groups().ifPresent(value -> known.put("groups", value));
        known.put("annotations", annotations.keySet());
        if (podAnnotations != null) {
            known.put("podAnnotations", podAnnotations.keySet());
        }
        if (!templates.isEmpty()) {
            known.put("templates", templates.keySet());
        }
        known.put("imagesUnchanged", imagesUnchanged);
        known.put("controlled", controlled);
        before().ifPresent(value -> known.put("before", value));
        return "ImageReview" + known;
    }

    @Nullable
    Map<String, String> knownPodAnnotations() {
        return podAnnotations;
    }

    boolean tellsOnlyImagePolicyAnnotations() {
        return onlyImagePolicyAnnotations;
    }

    private List<@Nullable Object> values() {
        return Arrays.asList(
                namespace,
                annotations,
                podAnnotations,
                onlyImagePolicyAnnotations,
                templates,
                images,
                imagesUnchanged,
                before,
                controlled,
                operation,
                kind,
                name,
                labels,
                user,
                groups);
    }
}
