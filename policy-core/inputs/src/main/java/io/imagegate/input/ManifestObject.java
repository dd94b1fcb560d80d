package io.imagegate.input;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;

/**
 * A Kubernetes object of a file or of a page of a list, or a recorded review. {@link io.imagegate.object.ApiObject} is one that a
 * program holds. Immutable and thread-safe.
 *
 * <pre>{@code
 * ManifestReader.read("deployment.yaml", in, object -> {
 *     Decision decision = object.decide(policies, "default");
 *     System.out.println(object + ": " + decision);
 * });
 * }</pre>
 *
 * @since 0.1
 */
public interface ManifestObject extends InputObject {

    /** {@return the namespace; empty if there is none} */
    String namespace();

    /** {@return the name, or the prefix from which the API server generates it; empty if there is neither} */
    String name();

    /** {@return the uid of an object on a page of a list; else empty} */
    String uid();

    /**
     * {@return the uid of the owner that is the controller of an object on a page of a list; else empty} Whoever may write an object may
     * also write its owners: that there is such an owner has to be checked.
     */
    String controllerUid();

    /**
     * {@return the decision, as behind webhooks that also rewrite and pin images. An object of an unknown kind is denied unless
     * every policy ignores its kind, or none of its fields could name an image}
     *
     * @param policies the policies
     * @param defaultNamespace the namespace of an object that names none
     */
    default Decision decide(PolicySet policies, String defaultNamespace) {
        return decide(ImageGate.of(policies), defaultNamespace);
    }
}
