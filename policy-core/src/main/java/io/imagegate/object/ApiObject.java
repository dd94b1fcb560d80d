package io.imagegate.object;

import io.imagegate.admission.CheckedObject;
import io.imagegate.policy.Decision;
import io.imagegate.policy.Gates;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Object of the Kubernetes API that a program holds, or a recorded review. {@link ObjectParser} makes it. Immutable and thread-safe.
 *
 * <pre>{@code
 * Map<String, Object> pod = Map.of("apiVersion", "v1", "kind", "Pod", "spec", Map.of("containers", List.of()));
 * Decision decision = ObjectParser.of(policies.workloads()).parse(pod).decide(policies, "default");
 * }</pre>
 *
 * @since 0.1
 */
public final class ApiObject {

    private final int line;
    private final CheckedObject object;

    ApiObject(int line, CheckedObject object) {
        this.line = line;
        this.object = object;
    }

    /** {@return whether this is a recorded review, which may be about another operation than CREATE} */
    public boolean isReview() {
        return object.isReview();
    }

    /**
     * {@return the kind and its API group, such as {@code Deployment.apps} or {@code Pod}; of an AdmissionReview that of
     * the object reviewed}
     */
    public String kind() {
        return object.kind();
    }

    /** {@return the namespace; empty if there is none} */
    public String namespace() {
        return object.namespace();
    }

    /** {@return the name, or the prefix from which the API server generates it; empty if there is neither} */
    public String name() {
        return object.name();
    }

    /** {@return every image in the object} */
    public List<ReviewedImage> images() {
        return object.images();
    }

    /**
     * {@return the review of the images that are checked: a recorded review as it is, otherwise the creation of the object}
     *
     * @param defaultNamespace the namespace of an object that names none
     */
    public ImageReview review(String defaultNamespace) {
        return object.review(defaultNamespace);
    }

    /**
     * {@return the decision, as behind webhooks that also rewrite and pin images. An object of an unknown kind is denied unless
     * every policy ignores its kind, or none of its fields could name an image}
     *
     * @param policies the policies
     * @param defaultNamespace the namespace of an object that names none
     */
    public Decision decide(PolicySet policies, String defaultNamespace) {
        return decide(ImageGate.of(policies), defaultNamespace);
    }

    /**
     * {@return the decision, as {@link #decide(PolicySet, String)} makes it; waits for facts as
     * {@link ImageGate#decide(ImageReview)} does}
     *
     * @param gate decides on the images
     * @param defaultNamespace the namespace of an object that names none
     */
    public Decision decide(ImageGate gate, String defaultNamespace) {
        return object.decide(gate, defaultNamespace);
    }

    /**
     * {@return the decision, as {@link #decide(ImageGate, String)} makes it}
     *
     * @param gates decide on the images by the policies without a name
     * @param defaultNamespace the namespace of an object that names none
     */
    public Decision decide(Gates gates, String defaultNamespace) {
        return decide(gates.gate(), defaultNamespace);
    }

    /**
     * {@return the decision, as {@link ImageGate#decideAsync} makes it: no thread waits while facts are looked up}
     *
     * @param gate decides on the images
     * @param defaultNamespace the namespace of an object that names none
     * @param limit how long to wait for facts
     */
    public CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit) {
        return object.decideAsync(gate, defaultNamespace, limit);
    }

    /** {@return the line in its text, kind, namespace and name} */
    @Override
    public String toString() {
        return "object:" + line + ": " + object;
    }
}
