package io.imagegate.manifest;

import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.kubernetes.ReviewReader;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.review.ReviewedImage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object in a manifest, or a recorded review. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ManifestObject {

    private final String file;
    private final int line;
    private final @Nullable KubernetesObject object;
    private final @Nullable ReviewRequest recorded;

    private ManifestObject(String file, int line, @Nullable KubernetesObject object, @Nullable ReviewRequest recorded) {
        this.file = file;
        this.line = line;
        this.object = object;
        this.recorded = recorded;
    }

    static ManifestObject of(String file, int line, KubernetesObject object) {
        return new ManifestObject(file, line, object, null);
    }

    static ManifestObject recorded(String file, int line, ReviewRequest request) {
        KubernetesObject object = request instanceof AdmissionRequest admission ? admission.object() : null;
        return new ManifestObject(file, line, object, request);
    }

    /** {@return the file, by the name that was given for it} */
    public String file() {
        return file;
    }

    /** {@return the line at which it begins, from 1} */
    public int line() {
        return line;
    }

    /** {@return whether it is a review as an API server sends it, which may be other than the creation of an object} */
    public boolean isReview() {
        return recorded != null;
    }

    /** {@return the kind; of an AdmissionReview that of the object reviewed} */
    public ObjectKind kind() {
        if (recorded instanceof AdmissionRequest admission) {
            return admission.kind();
        }
        return object == null
                ? ObjectKind.of(ReviewReader.IMAGE_REVIEW_VERSION, ReviewReader.IMAGE_REVIEW)
                : object.kind();
    }

    /** {@return the namespace; empty when none is named} */
    public String namespace() {
        return request("") instanceof AdmissionRequest admission
                ? admission.namespace()
                : ((ImageReviewRequest) request("")).review().namespace();
    }

    /** {@return the name, or its beginning where the API server is yet to generate it; empty when there is neither} */
    public String name() {
        return request("") instanceof AdmissionRequest admission ? admission.name() : "";
    }

    /** {@return every image it names} */
    public List<ReviewedImage> images() {
        if (recorded instanceof ImageReviewRequest imageReview) {
            return imageReview.review().images();
        }
        return object == null ? List.of() : object.images();
    }

    /**
     * {@return the line at which an image stands, from 1; of an ImageReview the line at which it begins}
     *
     * @param image position in {@link #images()}
     */
    public int line(int image) {
        return object == null ? line : object.line(image);
    }

    /**
     * {@return the request to judge: a recorded one as it is, or else the creation of the object}
     *
     * @param defaultNamespace the namespace of an object that names none
     */
    public ReviewRequest request(String defaultNamespace) {
        return recorded != null
                ? recorded
                : AdmissionRequest.creating(Objects.requireNonNull(object), defaultNamespace);
    }

    /** {@return file, line, kind, namespace and name} */
    @Override
    public String toString() {
        String namespace = namespace();
        return file + ":" + line + ": " + kind() + " " + (namespace.isEmpty() ? "" : namespace + "/") + name();
    }
}
