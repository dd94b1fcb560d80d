package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The files of the ImagePolicyWebhook variant, which only meet on the machine of a control plane. */
class KubeadmTest {

    private static final Path FOLDER = Manifests.FOLDER.resolve("kubeadm");

    @Test
    void refusesWhenNobodyAnswersAndCountsInTheRightUnits() throws IOException {
        Manifest plugin = only("admission.yaml").each("plugins").get(0);
        assertThat(plugin.text("name")).isEqualTo("ImagePolicyWebhook");
        assertThat(plugin.get("configuration", "imagePolicy", "defaultAllow")).isEqualTo(false);
        // The plugin's own limits: seconds up to half an hour, milliseconds up to five minutes.
        assertThat(plugin.number("configuration", "imagePolicy", "allowTTL")).isBetween(1, 1_800);
        // A denial because of a slow registry must not outlive the look-up.
        assertThat(plugin.number("configuration", "imagePolicy", "denyTTL")).isEqualTo(1);
        assertThat(plugin.number("configuration", "imagePolicy", "retryBackoff"))
                .isBetween(1, 300_000);
    }

    @Test
    void callsTheAddressOnWhichTheStaticPodListens() throws IOException {
        Manifest kubeconfig = only("webhook.kubeconfig");
        Manifest container =
                PodRules.container(only("imagegate.yaml").podSpec().findFirst().orElseThrow());
        URI url = URI.create(kubeconfig.text("clusters", 0, "cluster", "server"));
        assertThat(url.getScheme()).isEqualTo("https");
        assertThat(url.getHost()).isEqualTo(PodRules.option(container, "--host"));
        assertThat(url.getPort()).hasToString(PodRules.option(container, "--port"));
        assertThat(url.getPath()).isEqualTo("/image_policy");
        assertThat(kubeconfig.text("users", 0, "name")).isEqualTo(PodRules.option(container, "--client-name"));
    }

    @Test
    void pointsFromEachToTheNext() throws IOException {
        Manifest kubeconfig = only("webhook.kubeconfig");
        Manifest context = kubeconfig.each("contexts").get(0);
        assertThat(context.text("name")).isEqualTo(kubeconfig.text("current-context"));
        assertThat(context.text("context", "cluster")).isEqualTo(kubeconfig.text("clusters", 0, "name"));
        assertThat(context.text("context", "user")).isEqualTo(kubeconfig.text("users", 0, "name"));
    }

    @Test
    void runsTheStaticPodWithoutTheCluster() throws IOException {
        Manifest pod = only("imagegate.yaml");
        assertThat(pod.get("spec", "hostNetwork")).isEqualTo(true);
        pod.podSpec().forEach(PodRules::check);
        // The kubelet refuses a static pod that refers to objects of the API server.
        for (Manifest volume : pod.each("spec", "volumes")) {
            assertThat(volume.find("configMap")).isNull();
            assertThat(volume.find("secret")).isNull();
        }
        assertThat(pod.find("spec", "serviceAccountName")).isNull();
    }

    @Test
    void patchesTheApiServerOfKubeadm() throws Exception {
        Path apiServer = Manifests.FOLDER.resolve("src/test/resources/kube-apiserver.yaml");
        Path patch = FOLDER.resolve("patches/kube-apiserver0+json.yaml");
        Manifest patched = Manifests.parse(
                        "patched",
                        Kubectl.run(
                                "patch",
                                "--local",
                                "-f",
                                apiServer,
                                "--type=json",
                                "--patch-file",
                                patch,
                                "-o",
                                "yaml"))
                .all()
                .get(0);
        KubernetesModel.check(patched);
        assertThat(patched.texts("spec", "containers", 0, "command"))
                .containsSubsequence(
                        "--enable-admission-plugins=NodeRestriction",
                        "--enable-admission-plugins=ImagePolicyWebhook",
                        "--admission-control-config-file=/etc/kubernetes/imagegate/admission.yaml");
        Manifest container = patched.each("spec", "containers").get(0);
        assertThat(container.each("volumeMounts"))
                .anyMatch(mount -> mount.text("mountPath").equals("/etc/kubernetes/imagegate")
                        && mount.text("name").equals("imagegate"));
        assertThat(patched.each("spec", "volumes"))
                .anyMatch(volume -> volume.text("name").equals("imagegate")
                        && volume.text("hostPath", "path").equals("/etc/kubernetes/imagegate"));
    }

    private static Manifest only(String file) throws IOException {
        Manifests manifests = Manifests.file(FOLDER.resolve(file));
        assertThat(manifests.all()).hasSize(1);
        return manifests.all().get(0);
    }
}
