package io.imagegate.input.kustomize;

import java.util.Set;

/** Which kinds have no namespace in kustomize: targets find their objects by another word. */
final class KustomizeScope {

    /** What kustomize takes for the namespace of objects of these kinds, whichever they have. */
    static final String NONE = "_non_namespaceable_";

    /** Kinds without one in the schemas of all versions of kustomize. */
    private static final Set<String> CERTAIN = Set.of(
            "v1 Namespace",
            "v1 Node",
            "v1 PersistentVolume",
            "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration",
            "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration",
            "apiextensions.k8s.io/v1 CustomResourceDefinition",
            "apiregistration.k8s.io/v1 APIService",
            "networking.k8s.io/v1 IngressClass",
            "node.k8s.io/v1 RuntimeClass",
            "rbac.authorization.k8s.io/v1 ClusterRole",
            "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
            "scheduling.k8s.io/v1 PriorityClass",
            "storage.k8s.io/v1 CSIDriver",
            "storage.k8s.io/v1 StorageClass");

    /** Kinds without one in some version. */
    private static final Set<String> POSSIBLE = Set.of(
            "APIService",
            "CSIDriver",
            "CSINode",
            "CertificateSigningRequest",
            "ClusterRole",
            "ClusterRoleBinding",
            "ClusterTrustBundle",
            "ComponentStatus",
            "CustomResourceDefinition",
            "DeviceClass",
            "FlowSchema",
            "IPAddress",
            "IngressClass",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "NodeProxyOptions",
            "PersistentVolume",
            "PodSecurityPolicy",
            "PriorityClass",
            "PriorityLevelConfiguration",
            "ResourceSlice",
            "RuntimeClass",
            "ServiceCIDR",
            "StorageClass",
            "StorageVersion",
            "StorageVersionMigration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "VolumeAttachment",
            "VolumeAttributesClass");

    private KustomizeScope() {}

    static boolean hasNone(KustomizeId id) {
        return CERTAIN.contains(id.apiVersion() + " " + id.kind());
    }

    static boolean mayHaveNone(KustomizeId id) {
        return POSSIBLE.contains(String.valueOf(id.kind()));
    }
}
