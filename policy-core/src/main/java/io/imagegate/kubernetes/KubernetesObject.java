package io.imagegate.kubernetes;

import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Copies;
import io.imagegate.workload.Workload;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Object of the Kubernetes API with the images in it. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class KubernetesObject {

    private final ObjectKind kind;
    private final String namespace;
    private final String name;
    private final boolean generated;
    private final Map<String, String> annotations;
    private final @Nullable Map<String, String> labels;
    private final @Nullable Map<String, String> podAnnotations;
    private final Map<String, Map<String, String>> templates;
    private final boolean beingDeleted;
    private final boolean controlled;
    private final String uid;
    private final String controllerUid;
    private final List<ReviewedImage> images;
    private final List<FoundImage> places;
    private final @Nullable Workload workload;
    private final String suggestion;
    private final @Nullable UnreadField unread;
    private final boolean withoutImages;

    KubernetesObject(
            ObjectKind kind,
            ObjectMetadata metadata,
            PodMetadata pods,
            Map<String, Map<String, String>> templates,
            List<FoundImage> images,
            @Nullable Workload workload,
            String suggestion,
            @Nullable UnreadField unread) {
        this.kind = kind;
        this.namespace = metadata.namespace;
        this.generated = metadata.name.isEmpty();
        this.name = generated ? metadata.generateName : metadata.name;
        this.annotations = Copies.of(metadata.annotations);
        this.labels = pods.labels() == null ? null : Collections.unmodifiableMap(pods.labels());
        this.podAnnotations = pods.annotations() == null ? null : Collections.unmodifiableMap(pods.annotations());
        this.templates = Collections.unmodifiableMap(templates);
        this.beingDeleted = !metadata.deletionTimestamp.isEmpty();
        this.controlled = metadata.controlled;
        this.uid = metadata.uid;
        this.controllerUid = metadata.controllerUid;
        this.images = images.stream().map(FoundImage::reviewed).toList();
        this.places = images;
        this.workload = workload;
        this.suggestion = suggestion;
        this.unread = unread;
        this.withoutImages = false;
    }

    private KubernetesObject(
            KubernetesObject object, List<ReviewedImage> images, List<FoundImage> places, boolean withoutImages) {
        this.kind = object.kind;
        this.namespace = object.namespace;
        this.name = object.name;
        this.generated = object.generated;
        this.annotations = object.annotations;
        this.labels = object.labels;
        this.podAnnotations = object.podAnnotations;
        this.templates = object.templates;
        this.beingDeleted = object.beingDeleted;
        this.controlled = object.controlled;
        this.uid = object.uid;
        this.controllerUid = object.controllerUid;
        this.images = images;
        this.places = places;
        this.workload = object.workload;
        this.suggestion = object.suggestion;
        this.unread = object.unread;
        this.withoutImages = withoutImages;
    }

    /** {@return a copy that is known to have no images} */
    public KubernetesObject withoutImages() {
        return new KubernetesObject(this, List.of(), List.of(), true);
    }

    /**
     * {@return a copy with other images at the same places}
     *
     * @param change makes of each image another
     */
    public KubernetesObject withImages(UnaryOperator<ReviewedImage> change) {
        return new KubernetesObject(this, images.stream().map(change).toList(), places, withoutImages);
    }

    /** {@return the kind} */
    public ObjectKind kind() {
        return kind;
    }

    /** {@return the namespace in its metadata; empty if there is none} */
    public String namespace() {
        return namespace;
    }

    /** {@return the name, or the prefix from which the API server generates it; empty if there is neither} */
    public String name() {
        return name;
    }

    /** {@return whether the API server generates the name, or there is none} */
    public boolean isNameGenerated() {
        return generated;
    }

    /**
     * {@return the annotations of the object itself, {@code metadata.annotations}, without those of its pod template}
     */
    public Map<String, String> annotations() {
        return annotations;
    }

    /**
     * {@return the labels of the pods: those of its pod template, or its own if it has none; unmodifiable; null if they are
     * unknown, because they are over a limit or not all of them are texts, or several templates have different ones}
     */
    public @Nullable Map<String, String> labels() {
        return labels;
    }

    /**
     * {@return the annotations of the pods: those of its pod template, or its own if it has none; unmodifiable; null if they are
     * unknown, because they are over a limit or not all of them are texts, or several templates have different ones}
     */
    public @Nullable Map<String, String> podAnnotations() {
        return podAnnotations;
    }

    /**
     * {@return the annotations of the templates in the object, by path such as {@code spec.template}, the outer one
     * first; unmodifiable}
     */
    public Map<String, Map<String, String>> templates() {
        return templates;
    }

    /** {@return whether it has a {@code deletionTimestamp}} */
    public boolean isBeingDeleted() {
        return beingDeleted;
    }

    /** {@return whether one of its owners is its controller, which would undo a change of it} */
    public boolean isControlled() {
        return controlled;
    }

    /** {@return the uid of an object that an API server lists; else empty} */
    public String uid() {
        return uid;
    }

    /** {@return the uid of the owner that is the controller of an object that an API server lists; else empty} */
    public String controllerUid() {
        return controllerUid;
    }

    /**
     * {@return every image in the object; empty if it is {@linkplain #workload() not known} where its images stand}
     */
    public List<ReviewedImage> images() {
        return images;
    }

    /** {@return where the images stand that were read; empty if its kind is unknown} */
    public Optional<Workload> workload() {
        return Optional.ofNullable(workload);
    }

    /**
     * {@return where the images of an object of an unknown kind may stand, as a policy would name it, such as {@code podSpec:
     * spec.template.spec}; empty if nothing suggests a place}
     */
    public String suggestion() {
        return suggestion;
    }

    /** {@return a field that may name an image that is not read; empty if there is none} */
    public Optional<UnreadField> unread() {
        return Optional.ofNullable(unread);
    }

    /**
     * {@return whether the object is known to have no images although its kind is unknown; false for an object in a
     * review, because its kind was registered for the webhook}
     */
    public boolean isWithoutImages() {
        return withoutImages;
    }

    /**
     * {@return the line of an image, from 1}
     *
     * @param image position in {@link #images()}
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public int line(int image) {
        return places.get(image).line;
    }

    /**
     * {@return the column of an image, from 1; 1 if there are no columns}
     *
     * @param image position in {@link #images()}
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public int column(int image) {
        return places.get(image).column;
    }

    /**
     * {@return where the value of an image starts in its text, as {@link io.imagegate.syntax.Cursor#offset} counts; -1 if it has none}
     *
     * @param image position in {@link #images()}
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public int offset(int image) {
        return places.get(image).offset;
    }

    /** {@return kind, namespace and name: {@code Pod default/web}} */
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
