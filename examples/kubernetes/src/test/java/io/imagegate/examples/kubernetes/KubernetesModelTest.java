package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file is what Kubernetes expects, and the check would notice if it were not. */
class KubernetesModelTest {

    static Stream<Manifest> everyFile() throws IOException {
        Stream.Builder<Manifest> found = Stream.builder();
        for (Path file : Manifests.yamlFiles(Manifests.FOLDER)) {
            // A kustomization and a JSON patch are no objects of the cluster; kubectl reads them in other tests. The
            // patch of an overlay is half an object and is seen when the overlay is built.
            if (!file.endsWith("kustomization.yaml")
                    && !file.toString().contains("patches")
                    && !file.endsWith("inject-ca.yaml")) {
                Manifests.file(file).all().forEach(found);
            }
        }
        return found.build();
    }

    @ParameterizedTest
    @MethodSource("everyFile")
    void takes(Manifest manifest) {
        KubernetesModel.check(manifest);
    }

    @Test
    void findsTheFiles() throws IOException {
        assertThat(everyFile().map(Manifest::kind))
                .contains(
                        "ValidatingWebhookConfiguration",
                        "MutatingWebhookConfiguration",
                        "Deployment",
                        "Service",
                        "PodDisruptionBudget",
                        "NetworkPolicy",
                        "ServiceAccount",
                        "Namespace",
                        "ServiceMonitor",
                        "PrometheusRule",
                        "Certificate",
                        "Issuer",
                        "AdmissionConfiguration",
                        "Config",
                        "Pod",
                        "ImagePolicy",
                        "Cluster",
                        "ImageRegistries",
                        "Secret");
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "base/deployment.yaml, automountServiceAccountToken, automountServiceAccountTokens",
        "base/deployment.yaml, failureThreshold: 3, failureThreshold: many",
        "base/deployment.yaml, whenUnsatisfiable, whenUnsatisfied",
        "base/deployment.yaml, readOnlyRootFilesystem, readOnlyRootFileSystem",
        "base/service.yaml, port: 443, prot: 443",
        "base/networkpolicy.yaml, podSelector:, podSelect:",
        "base/poddisruptionbudget.yaml, minAvailable, minAvailble",
        "base/validatingwebhookconfiguration.yaml, sideEffects: None, reinvocationPolicy: Never",
        "base/validatingwebhookconfiguration.yaml, matchPolicy, matchPolcy",
        "components/monitoring/servicemonitor.yaml, interval, intervall",
        "components/monitoring/prometheusrule.yaml, expr:, expression:",
        "overlays/cert-manager/certificate.yaml, renewBefore, renewBeforehand",
        "overlays/cert-manager/certificate.yaml, secretName, secret",
        "kubeadm/admission.yaml, defaultAllow, allowByDefault",
        "kubeadm/webhook.kubeconfig, client-key:, client-keys:",
        "kubeadm/imagegate.yaml, hostNetwork, hostNetworks",
        "kubeadm/no-image-volumes.yaml, validations:, validation:",
        "kubeadm/no-image-volumes.yaml, validationActions, actions",
        "components/mutation/mutatingwebhookconfiguration.yaml, reinvocationPolicy:, reinvocation:",
        "components/mutation/mutatingwebhookconfiguration.yaml, expression:, expresion:",
        "components/registries/networkpolicy.yaml, ipBlock, ipblock",
        "components/registries/registries.yaml, dockerConfig, dockerconfig",
        "components/cluster-check/cronjob.yaml, backoffLimit, backoffLimits",
        "components/cluster-check/rbac.yaml, roleRef, roleReference",
        "components/policy-reports/rbac.yaml, verbs, verb",
        "components/trusted-root/cronjob.yaml, concurrencyPolicy, concurrencyPolice",
        "components/trusted-root/rbac.yaml, resourceNames, resourceName",
        "base/policy.yaml, rules:, rule:",
        "static/admission.yaml, staticManifestsDir, staticManifestDir",
        "static/manifests/imagegate.yaml, caBundle:, ca:",
        "static/webhook.kubeconfig, client-certificate:, certificate:",
        "kind/cluster.yaml, extraMounts, extraMount",
        "kind/cluster.yaml, containerPath, mountPath",
        "kind/cluster.yaml, readOnly: true, readOnly: yes",
        "kind/cluster.yaml, role: control-plane, role: master",
        "kind/cluster.yaml, kubeadmConfigPatches, kubeadmConfigPatch",
        "kind/cluster.yaml, extraVolumes, extraVolume",
        "kind/cluster.yaml, pathType: Directory, pathType: Folder",
        "kind/cluster.yaml, - name: enable-admission-plugins, - flag: enable-admission-plugins",
        "kind/cluster.yaml, v1beta4, v1beta3",
        "kind/cluster.yaml, v1beta3, v1beta4",
        "kind/cluster.yaml, ClusterConfiguration, ClusterConfig"
    })
    void refuses(String file, String right, String wrong) throws IOException {
        String text = Files.readString(Manifests.FOLDER.resolve(file));
        assertThat(text).contains(right);
        Manifests broken = Manifests.parse(file, text.replace(right, wrong));
        assertThatThrownBy(() -> broken.all().forEach(KubernetesModel::check)).isInstanceOf(AssertionError.class);
    }
}
