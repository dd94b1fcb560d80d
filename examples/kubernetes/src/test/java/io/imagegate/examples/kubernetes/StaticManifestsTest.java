package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of static/ fit each other, the static pod and the validating webhook. */
class StaticManifestsTest {

    private static final Path FOLDER = Manifests.FOLDER.resolve("static");
    private static final String ENDING = ".static.k8s.io";

    private final Manifest configuration = only("static/manifests/imagegate.yaml");
    private final Manifest webhook = configuration.each("webhooks").get(0);

    StaticManifestsTest() throws IOException {}

    @Test
    @DisplayName("checks what the validating webhook checks, in every namespace, and denies without an answer")
    void checksTheSame() throws IOException {
        Manifest base = only("base/validatingwebhookconfiguration.yaml")
                .each("webhooks")
                .get(0);
        for (String same : List.of(
                "rules", "failurePolicy", "matchPolicy", "sideEffects", "timeoutSeconds", "admissionReviewVersions")) {
            assertThat(webhook.get(same)).as(same).isEqualTo(base.get(same));
        }
        assertThat(webhook.get("failurePolicy")).isEqualTo("Fail");
        assertThat(webhook.tree()).doesNotContainKeys("namespaceSelector", "objectSelector", "matchConditions");
    }

    @Test
    @DisplayName("has names that the API server takes from files alone")
    void names() {
        assertThat(configuration.each("webhooks")).hasSize(1);
        assertThat(configuration.name()).endsWith(ENDING);
        assertThat(webhook.text("name")).endsWith(ENDING);
    }

    @Test
    @DisplayName("calls the address on which the static pod listens, with the certificate for it")
    void callsTheStaticPod() throws IOException {
        Manifest container = PodRules.container(
                only("kubeadm/imagegate.yaml").podSpec().findFirst().orElseThrow());
        URI url = URI.create(webhook.text("clientConfig", "url"));
        String address = PodRules.option(container, "--host") + ":" + PodRules.option(container, "--port");
        assertThat(url).hasToString("https://" + address + "/validate");
        List<Manifest> users = only("static/webhook.kubeconfig").each("users");
        assertThat(users).hasSize(1);
        assertThat(users.get(0).text("name")).isEqualTo(address);
        // The API server's own name in the certificate that the tutorial makes.
        assertThat(PodRules.option(container, "--client-name")).isEqualTo("kube-apiserver");
    }

    @Test
    @DisplayName("gets flag and volume by a patch that differs from the tutorial's in the other flag alone")
    void patches() throws IOException {
        List<Object> expected =
                new ArrayList<>(Manifests.list(Manifests.FOLDER.resolve("kubeadm/patches/kube-apiserver0+json.yaml")));
        assertThat(expected).hasSize(4);
        expected.removeIf(operation -> operation.toString().contains("--enable-admission-plugins="));
        assertThat(Manifests.list(FOLDER.resolve("patches/kube-apiserver0+json.yaml")))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isEqualTo(expected)
                .hasSize(3);
        Manifest plugin = only("static/admission.yaml").each("plugins").get(0);
        assertThat(plugin.text("name")).isEqualTo("ValidatingAdmissionWebhook");
        assertThat(plugin.text("configuration", "kubeConfigFile"))
                .isEqualTo("/etc/kubernetes/imagegate/webhook.kubeconfig");
        assertThat(plugin.text("configuration", "staticManifestsDir")).isEqualTo("/etc/kubernetes/imagegate/manifests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    @DisplayName("the page shows the admission configuration as it is, and says that it is beta")
    void showsTheFile(String page) throws IOException {
        List<Tutorial.Block> files = Tutorial.read(FOLDER.resolve(page)).withInfo("yaml ");
        assertThat(files).extracting(Tutorial.Block::info).containsExactly("yaml static/admission.yaml");
        assertThat(Manifests.parse(page, files.get(0).text()).all().get(0).tree())
                .isEqualTo(only("static/admission.yaml").tree());
        assertThat(FOLDER.resolve(page)).content().containsPattern("\\*\\*Beta.*1\\.37");
    }

    @Test
    @DisplayName("both languages have the same blocks")
    void languages() throws IOException {
        assertThat(Tutorial.read(FOLDER.resolve("README.zh-CN.md")).blocks())
                .isEqualTo(Tutorial.read(FOLDER.resolve("README.md")).blocks())
                .hasSizeGreaterThan(10);
    }

    private static Manifest only(String file) throws IOException {
        Manifests manifests = Manifests.file(Manifests.FOLDER.resolve(file));
        assertThat(manifests.all()).hasSize(1);
        return manifests.all().get(0);
    }
}
