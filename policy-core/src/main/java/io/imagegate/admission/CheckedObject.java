package io.imagegate.admission;

import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.kubernetes.ReviewReader;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Names;
import io.imagegate.text.SafeText;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Object outside of a cluster, whose creation is decided on, or a recorded review. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class CheckedObject {

    private static final int LONGEST_VARIABLE = 100;

    private final @Nullable KubernetesObject object;
    private final @Nullable ReviewRequest recorded;

    private CheckedObject(@Nullable KubernetesObject object, @Nullable ReviewRequest recorded) {
        this.object = object;
        this.recorded = recorded;
    }

    /**
     * {@return an object, whose images are unknown where something else will be written}
     *
     * @param object the object as it is written
     */
    public static CheckedObject of(KubernetesObject object) {
        boolean custom = !object.kind().isWorkload();
        return new CheckedObject(
                object.withImages(image -> {
                    Optional<String> replaced =
                            custom ? Placeholders.parameter(image.text()) : Placeholders.variable(image.text());
                    return replaced.isEmpty()
                            ? image
                            : image.withUnknown(SafeText.cut(replaced.get(), LONGEST_VARIABLE));
                }),
                null);
    }

    /**
     * {@return a recorded review}
     *
     * @param request its request
     */
    public static CheckedObject recorded(ReviewRequest request) {
        return new CheckedObject(request instanceof AdmissionRequest admission ? admission.object() : null, request);
    }

    /** {@return whether this is a recorded review, which may be about another operation than CREATE} */
    public boolean isReview() {
        return recorded != null;
    }

    /** {@return the object in which images have places; empty for a review without one} */
    public Optional<KubernetesObject> object() {
        return Optional.ofNullable(object);
    }

    /** {@return the kind and its API group; of an AdmissionReview that of the object reviewed} */
    public String kind() {
        if (recorded instanceof AdmissionRequest admission) {
            return admission.kind().toString();
        }
        return (object == null
                        ? ObjectKind.of(ReviewReader.IMAGE_REVIEW_VERSION, ReviewReader.IMAGE_REVIEW)
                        : object.kind())
                .toString();
    }

    /** {@return the namespace; empty if there is none} */
    public String namespace() {
        return review("").namespace();
    }

    /** {@return the name, or the prefix from which the API server generates it; empty if there is neither} */
    public String name() {
        return review("").name().orElse(object == null ? "" : object.name());
    }

    /** {@return every image in the object} */
    public List<ReviewedImage> images() {
        if (recorded instanceof ImageReviewRequest imageReview) {
            return imageReview.review().images();
        }
        return object == null ? List.of() : object.images();
    }

    /** {@return kind without API group, namespace and name, such as {@code Pod shop/web}} */
    public String title() {
        String kind = kind();
        int group = kind.indexOf('.');
        return ((group < 0 ? kind : kind.substring(0, group)) + " " + fullName()).strip();
    }

    /**
     * {@return the review of the images that are checked: a recorded review as it is, otherwise the creation of the object}
     *
     * @param defaultNamespace the namespace of an object that names none
     */
    public ImageReview review(String defaultNamespace) {
        return checkedImages(defaultNamespace).review();
    }

    /**
     * {@return the decision; waits for facts as {@link ImageGate#decide(ImageReview)} does}
     *
     * @param gate decides on the images
     * @param defaultNamespace the namespace of an object that names none
     */
    public Decision decide(ImageGate gate, String defaultNamespace) {
        return checkedImages(defaultNamespace).decide(gate);
    }

    /**
     * {@return the decision, as {@link ImageGate#decideAsync} makes it: no thread waits while facts are looked up}
     *
     * @param gate decides on the images
     * @param defaultNamespace the namespace of an object that names none
     * @param limit how long to wait for facts
     */
    public CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit) {
        return checkedImages(defaultNamespace).decideAsync(gate, limit);
    }

    private CheckedImages checkedImages(String defaultNamespace) {
        return CheckedImages.of(
                request(defaultNamespace), recorded == null ? ReviewStage.MANIFEST : ReviewStage.VALIDATING);
    }

    /**
     * {@return the recorded request as it is, or else the creation of the object}
     *
     * @param defaultNamespace the namespace of an object that names none
     */
    public ReviewRequest request(String defaultNamespace) {
        return recorded != null
                ? recorded
                : AdmissionRequest.creating(Objects.requireNonNull(object), Names.requireNamespace(defaultNamespace));
    }

    private String fullName() {
        String namespace = namespace();
        return (namespace.isEmpty() ? "" : namespace + "/") + name();
    }

    /** {@return kind, namespace and name} */
    @Override
    public String toString() {
        return kind() + " " + fullName();
    }
}
