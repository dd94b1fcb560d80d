package io.imagegate.kubernetes;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request of an {@code AdmissionReview} of {@code admission.k8s.io/v1}, sent to a validating webhook. Immutable.
 *
 * @param uid names the request; the answer must repeat it
 * @param operation {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code CONNECT}; empty if it is missing
 * @param kind kind of the object; for a subresource it may be another than that of the resource, such as {@code Scale}
 * @param subresource such as {@code ephemeralcontainers}; empty for a request about the resource itself
 * @param namespace namespace of the object; empty if its kind is cluster-scoped
 * @param name name of the object; empty if the API server will generate it
 * @param user name of the user who sent the request; empty if it is unknown
 * @param groups groups of that user; null if they are unknown
 * @param dryRun whether nothing is stored; the decision is the same
 * @param object the object as it will be; null on DELETE
 * @param oldObject the object as it is; null on CREATE
 * @since 0.1
 */
public record AdmissionRequest(
        String uid,
        String operation,
        ObjectKind kind,
        String subresource,
        String namespace,
        String name,
        String user,
        @Nullable List<String> groups,
        boolean dryRun,
        @Nullable KubernetesObject object,
        @Nullable KubernetesObject oldObject)
        implements ReviewRequest {

    /**
     * Refuses nulls other than objects.
     *
     * @param uid names the request
     * @param operation what is done with the object
     * @param kind kind of the object
     * @param subresource subresource, or empty
     * @param namespace namespace of the object, or empty
     * @param name name of the object, or empty
     * @param user name of the user who sent the request; empty if it is unknown
     * @param groups groups of that user; null if they are unknown
     * @param dryRun whether nothing of the request will be kept
     * @param object the object as it will be, or null
     * @param oldObject the object as it is, or null
     */
    public AdmissionRequest {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subresource, "subresource");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(user, "user");
        groups = groups == null ? null : List.copyOf(groups);
    }

    /**
     * The request that would create an object, as a command line asks about a manifest.
     *
     * @param object the object
     * @param defaultNamespace the namespace, if the object names none
     * @return the request, without a uid
     */
    public static AdmissionRequest creating(KubernetesObject object, String defaultNamespace) {
        String namespace = object.namespace().isEmpty() ? defaultNamespace : object.namespace();
        String name = object.isNameGenerated() ? "" : object.name();
        return new AdmissionRequest("", "CREATE", object.kind(), "", namespace, name, "", null, false, object, null);
    }
}
