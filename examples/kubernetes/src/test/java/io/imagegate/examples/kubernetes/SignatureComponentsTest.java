package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.signer.Signer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The components for signatures: policy and key come together, and a trusted root is renewed where the server reads it. */
class SignatureComponentsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @DisplayName("the policy on signatures is loaded beside the base's, with its key from the same ConfigMap")
    void policyAndKey() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build("own-certificates", "registries", "signatures");
            built.all().forEach(KubernetesModel::check);
            Manifest pod = pod(built);
            Map<String, String> files = built.one(
                            "ConfigMap", named(pod.each("volumes"), "policy").text("configMap", "name"))
                    .labels("data");
            assertThat(files).containsOnlyKeys("policy.yaml", "signatures.yaml", "cosign.pub");
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            assertThat(PodRules.option(PodRules.container(pod), "--policy"))
                    .isEqualTo(named(PodRules.container(pod).each("volumeMounts"), "policy")
                            .text("mountPath"));
            PolicySet loaded = new PolicyDocuments().withSignatures(root -> {}).load(List.of(folder.toString()));
            assertThat(loaded.policies()).extracting(Policy::name).containsExactly("cluster", "signatures");
            assertThat(loaded.policies().get(1).signers())
                    .extracting(Signer::name)
                    .containsExactly("release");
        }
    }

    @Test
    @DisplayName("the CronJob writes the ConfigMap that the server mounts, and may write no other")
    void trustedRoot() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build("own-certificates", "registries", "trusted-root");
            built.all().forEach(KubernetesModel::check);
            Manifest job = built.one("CronJob", "imagegate-trusted-root");
            String renewal = job.each("spec", "jobTemplate", "spec", "template", "spec", "volumes").stream()
                    .filter(volume -> volume.text("name").equals("renewal"))
                    .map(volume -> volume.text("configMap", "name"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(
                    folder.resolve("kustomization.yaml"),
                    built.one("ConfigMap", renewal).text("data", "kustomization.yaml"));
            Files.writeString(folder.resolve("trusted_root.json"), "{}");
            Manifest written =
                    Kubectl.kustomize("renewal", folder).ofKind("ConfigMap").get(0);
            String name = written.name();
            assertThat(written.labels("data")).containsOnlyKeys("trusted_root.json");
            assertThat(written.text("metadata", "namespace")).isEqualTo("imagegate");
            assertThat(named(pod(built).each("volumes"), "trusted-root").text("configMap", "name"))
                    .isEqualTo(name);
            Manifest role =
                    built.one("Role", "imagegate-trusted-root").each("rules").get(0);
            assertThat(role.texts("resourceNames")).containsExactly(name);
        }
    }

    private static Manifest pod(Manifests built) {
        return built.one("Deployment", "imagegate").podSpec().findFirst().orElseThrow();
    }

    private static Manifest named(List<Manifest> all, String name) {
        return all.stream()
                .filter(one -> one.text("name").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
