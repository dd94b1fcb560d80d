package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.RegistryEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component for rules on content: whoever leaves it out gets nothing of it, and its parts fit together. */
class RegistriesComponentTest {

    private static final String OPTION = "--registries";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void isLeftOutUnlessItIsNamed() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build("own-certificates");
            assertThat(built.all()).noneMatch(manifest -> manifest.name().startsWith("imagegate-registries"));
            assertThat(PodRules.container(pod(built)).texts("args")).noneMatch(argument -> argument.startsWith(OPTION));
            assertThat(built.ofKind("NetworkPolicy")).allMatch(policy -> policy.find("spec", "egress") == null);
        }
    }

    @Test
    void mountsTheFileAndTheCredentialsThatItNames() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build("own-certificates", "registries");
            Manifest pod = pod(built);
            Manifest map = built.one("ConfigMap", volume(pod, "registries").text("configMap", "name"));
            assertThat(PodRules.option(PodRules.container(pod), OPTION))
                    .isEqualTo(mount(pod, "registries") + "/registries.yaml");

            Manifest source = volume(pod, "credentials");
            Manifest secret = built.one("Secret", source.text("secret", "secretName"));
            Manifest item = source.each("secret", "items").get(0);
            Path config = folder.resolve("config.json");
            Files.writeString(config, decoded(secret.text("data", item.text("key"))));

            Path file = folder.resolve("registries.yaml");
            String mounted = mount(pod, "credentials") + "/" + item.text("path");
            String text = map.text("data", "registries.yaml");
            assertThat(text).contains("dockerConfig: " + mounted);
            Files.writeString(file, text.replace(mounted, config.toString()));
            assertThat(ImageRegistries.load(file).entries())
                    .extracting(RegistryEntry::host)
                    .containsExactlyInAnyOrder("registry.k8s.io", "docker.io", "ghcr.io");
        }
    }

    @Test
    void opensTheWayToNamesAndRegistriesAndToNothingElse() throws Exception {
        Manifest policy = Manifests.file(Manifests.FOLDER.resolve("components/registries/networkpolicy.yaml"))
                .one("NetworkPolicy", "imagegate-registries");
        assertThat(policy.texts("spec", "policyTypes")).containsExactly("Egress");
        List<Manifest> egress = policy.each("spec", "egress");
        assertThat(egress)
                .flatExtracting(rule -> rule.each("ports"))
                .extracting(port -> port.text("port"))
                .containsExactly("53", "53", "443");
        assertThat(egress).allMatch(rule -> !rule.each("to").isEmpty());
        assertThat(egress.get(1).texts("to", 0, "ipBlock", "except")).contains("169.254.0.0/16", "10.0.0.0/8");
    }

    private static Manifest pod(Manifests built) {
        return built.one("Deployment", "imagegate").podSpec().findFirst().orElseThrow();
    }

    private static Manifest volume(Manifest pod, String name) {
        return named(pod.each("volumes"), name);
    }

    private static String mount(Manifest pod, String name) {
        return named(PodRules.container(pod).each("volumeMounts"), name).text("mountPath");
    }

    private static Manifest named(List<Manifest> all, String name) {
        return all.stream()
                .filter(one -> one.text("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
