package io.imagegate.examples.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of a kind for which no library has a class. It knows the fields that are used here and those that must be
 * there, so a slip of the pen is found; it is no full schema.
 *
 * @param required paths that must be there
 * @param optional paths that may be there; below a path that ends in {@code .*} nothing is checked
 */
record Shape(Set<String> required, Set<String> optional) {

    private static final Set<String> OBJECT =
            Set.of("apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace", "metadata.labels");

    private static final Map<String, Shape> SHAPES = Map.of(
            "cert-manager.io/v1 Issuer",
            new Shape(Set.of("metadata.name", "spec"), Set.of("spec.selfSigned", "spec.ca", "spec.ca.secretName")),
            "cert-manager.io/v1 Certificate",
            new Shape(
                    Set.of("metadata.name", "spec.secretName", "spec.issuerRef", "spec.issuerRef.name"),
                    Set.of(
                            "spec",
                            "spec.isCA",
                            "spec.commonName",
                            "spec.dnsNames",
                            "spec.duration",
                            "spec.renewBefore",
                            "spec.usages",
                            "spec.privateKey",
                            "spec.privateKey.algorithm",
                            "spec.privateKey.size",
                            "spec.privateKey.rotationPolicy",
                            "spec.issuerRef.kind",
                            "spec.issuerRef.group")),
            "apiserver.config.k8s.io/v1 AdmissionConfiguration",
            new Shape(
                    Set.of("plugins", "plugins.name"),
                    Set.of(
                            "plugins.path",
                            "plugins.configuration",
                            "plugins.configuration.imagePolicy",
                            "plugins.configuration.imagePolicy.kubeConfigFile",
                            "plugins.configuration.imagePolicy.allowTTL",
                            "plugins.configuration.imagePolicy.denyTTL",
                            "plugins.configuration.imagePolicy.retryBackoff",
                            "plugins.configuration.imagePolicy.defaultAllow",
                            "plugins.configuration.apiVersion",
                            "plugins.configuration.kind",
                            "plugins.configuration.kubeConfigFile",
                            "plugins.configuration.staticManifestsDir")),
            "v1 Config",
            new Shape(
                    // That of an admission webhook has users alone; KubeadmTest reads the rest of the other one.
                    Set.of("users"),
                    Set.of(
                            "clusters",
                            "contexts",
                            "current-context",
                            "clusters.name",
                            "clusters.cluster",
                            "clusters.cluster.certificate-authority",
                            "clusters.cluster.server",
                            "users.name",
                            "users.user",
                            "users.user.client-certificate",
                            "users.user.client-key",
                            "contexts.name",
                            "contexts.context",
                            "contexts.context.cluster",
                            "contexts.context.user")),
            "argoproj.io/v1alpha1 Application",
            new Shape(
                    Set.of(
                            "metadata.namespace",
                            "spec.project",
                            "spec.source",
                            "spec.source.repoURL",
                            "spec.source.targetRevision",
                            "spec.source.path",
                            "spec.source.helm.valuesObject",
                            "spec.destination",
                            "spec.destination.server",
                            "spec.destination.namespace"),
                    Set.of(
                            "spec",
                            "spec.source.helm",
                            "spec.source.helm.releaseName",
                            "spec.source.helm.valuesObject.*",
                            "spec.syncPolicy",
                            "spec.syncPolicy.automated",
                            "spec.syncPolicy.automated.prune",
                            "spec.syncPolicy.automated.selfHeal",
                            "spec.syncPolicy.syncOptions",
                            "spec.syncPolicy.managedNamespaceMetadata",
                            "spec.syncPolicy.managedNamespaceMetadata.labels",
                            "spec.syncPolicy.managedNamespaceMetadata.labels.*",
                            "spec.syncPolicy.retry",
                            "spec.syncPolicy.retry.limit")),
            "helm.toolkit.fluxcd.io/v2 HelmRelease",
            new Shape(
                    Set.of(
                            "metadata.namespace",
                            "spec.interval",
                            "spec.chart",
                            "spec.chart.spec.chart",
                            "spec.chart.spec.sourceRef.kind",
                            "spec.chart.spec.sourceRef.name",
                            "spec.values"),
                    Set.of(
                            "spec",
                            "spec.releaseName",
                            "spec.chart.spec",
                            "spec.chart.spec.sourceRef",
                            "spec.chart.spec.sourceRef.namespace",
                            "spec.dependsOn",
                            "spec.dependsOn.name",
                            "spec.dependsOn.namespace",
                            "spec.install",
                            "spec.install.remediation",
                            "spec.install.remediation.retries",
                            "spec.upgrade",
                            "spec.upgrade.remediation",
                            "spec.upgrade.remediation.retries",
                            "spec.values.*")),
            "imagegate.io/v1alpha1 ImagePolicy",
            new Shape(
                    Set.of("metadata.name", "spec", "spec.rules"),
                    Set.of("spec.rules.*", "spec.signers", "spec.signers.*")),
            "imagegate.io/v1alpha1 ImageRegistries",
            new Shape(
                    Set.of("metadata.name", "spec", "spec.registries", "spec.registries.host"),
                    Set.of("spec.registries.credentials", "spec.registries.credentials.dockerConfig")));

    static Shape of(String kind) {
        Shape shape = SHAPES.get(kind);
        if (shape == null) {
            throw new AssertionError("no model knows " + kind);
        }
        return shape;
    }

    void check(Manifest manifest) {
        Set<String> found = new TreeSet<>();
        collect("", manifest.tree(), found);
        Set<String> missing = new TreeSet<>(required);
        missing.removeAll(found);
        Set<String> unknown = new TreeSet<>(found);
        unknown.removeIf(path -> OBJECT.contains(path)
                || path.startsWith("metadata.labels.")
                || required.contains(path)
                || allowed(path));
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new AssertionError(manifest + ": missing " + missing + ", unknown " + unknown);
        }
    }

    private boolean allowed(String path) {
        return optional.contains(path)
                || optional.stream()
                        .anyMatch(any -> any.endsWith(".*") && path.startsWith(any.substring(0, any.length() - 1)));
    }

    private static void collect(String path, Object here, Set<String> found) {
        if (here instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String child = path.isEmpty() ? key.toString() : path + "." + key;
                found.add(child);
                collect(child, value, found);
            });
        } else if (here instanceof List<?> list) {
            list.forEach(entry -> collect(path, entry, found));
        }
    }
}
