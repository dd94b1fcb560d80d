package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The steps of the tutorial that need the machine of a control plane, word for word on one that kubeadm made. Only the
 * image in kubeadm/imagegate.yaml is set, as step 6 says. The cluster starts while the image is built.
 */
@Order(1)
@ResourceLock("cluster")
@Tag("full")
class TutorialClusterIT {

    private static final String IMAGE = "127.0.0.1:5000/imagegate:built";
    private static final Path FILES = Path.of("/etc/imagegate");
    private static final String POLICY = "kubectl apply -f kubeadm/no-image-volumes.yaml\n";

    private static final String VOLUME = """
            kubectl create -f - <<'EOF'
            apiVersion: v1
            kind: Pod
            metadata: {name: vol}
            spec:
              containers: [{name: app, image: "127.0.0.1:5000/app:1"}]
              volumes: [{name: image, image: {reference: "127.0.0.1:5000/app:latest"}}]
            EOF
            """;

    @Test
    void printsWhatThePageSays() throws Exception {
        follows(delivery -> setImage(delivery.folder().resolve("kubeadm/imagegate.yaml")));
    }

    @Test
    @Tag("nightly")
    void printsTheSameWithTheFilesOfTheChart() throws Exception {
        follows(TutorialClusterIT::printFilesOfTheChart);
    }

    private interface Preparation {
        void prepare(Delivery delivery) throws IOException, InterruptedException;
    }

    private static void follows(Preparation files) throws Exception {
        BuiltImage.needs();
        Machine.needs("sudo", "pgrep", "runc");
        try (Cluster cluster = Cluster.start("kubeadm.sh");
                Delivery delivery = Delivery.copy()) {
            // Not before this cluster's turn: another run of this test may have them.
            Machine.needs(Files.notExists(FILES), "a machine without " + FILES);
            try {
                files.prepare(delivery);
                followsThePage(cluster, delivery.folder());
            } finally {
                Cluster.delete(FILES);
            }
        }
    }

    private static void setImage(Path pod) throws IOException {
        Files.writeString(pod, Files.readString(pod).replace("registry.example/imagegate:0.1.0", IMAGE));
    }

    /** Puts what the page of the chart prints in the place of the files that the tutorial copies. */
    private static void printFilesOfTheChart(Delivery delivery) throws IOException, InterruptedException {
        Map<String, String> places = Map.of(
                "pod", "kubeadm/imagegate.yaml",
                "policy", "base/policy.yaml",
                "admission", "kubeadm/admission.yaml",
                "kubeconfig", "kubeadm/webhook.kubeconfig",
                "no-image-volumes", "kubeadm/no-image-volumes.yaml");
        for (Map.Entry<String, String> place : places.entrySet()) {
            String printed = Helm.template(
                    "imagegate",
                    "imagegate",
                    "--set",
                    "form=imagePolicyWebhook,image.repository=127.0.0.1:5000/imagegate,image.tag=built",
                    "--show-only",
                    "templates/control-plane/" + place.getKey() + ".yaml");
            Files.writeString(delivery.folder().resolve(place.getValue()), printed);
        }
    }

    private static void followsThePage(Cluster cluster, Path page) throws Exception {
        BuiltImage.get().push("docker://" + IMAGE);
        cluster.succeed(page, certificates());
        Iterator<Tutorial.Step> steps = steps("TUTORIAL.md").iterator();
        Tutorial.Step step = steps.next();
        for (; !step.commands().equals(POLICY); step = steps.next()) {
            cluster.take(page, step);
        }
        runsATagAndAnyImageAsAVolume(cluster, page);
        cluster.take(page, step);
        refusesImageVolumes(cluster, page);
        cluster.take(page, steps.next());
        assertThat(steps).isExhausted();
        assertThat(cluster.succeed(page, "kubectl run unchecked --image=nginx")).isEqualTo("pod/unchecked created\n");
        kubeadmTakesThePatchFromItsConfiguration(cluster, page);
    }

    private static void kubeadmTakesThePatchFromItsConfiguration(Cluster cluster, Path page) throws Exception {
        Tutorial tutorial = Tutorial.read(Manifests.FOLDER.resolve("TUTORIAL.md"));
        String configuration = tutorial.withInfo("yaml").stream()
                .filter(block -> block.info().equals("yaml"))
                .findFirst()
                .orElseThrow()
                .text()
                .replace("/path/to", page.toString());
        // Otherwise it asks the Internet.
        String version = """
                ---
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: ClusterConfiguration
                kubernetesVersion: v1.37.2
                """;
        Files.writeString(page.resolve("kubeadm.yaml"), configuration + version);
        Files.createDirectory(page.resolve("dry-run"));
        cluster.succeed(page, """
                KUBEADM_INIT_DRYRUN_DIR=dry-run kubeadm init phase control-plane apiserver --dry-run --config kubeadm.yaml
                grep -e =ImagePolicyWebhook dry-run/kube-apiserver.yaml
                """);
        assertThat(cluster.fail(page, "kubeadm init --config kubeadm.yaml --patches kubeadm/patches"))
                .startsWith("can not mix '--config' with arguments [patches]");
    }

    private static String certificates() throws IOException {
        String command = Tutorial.read(Manifests.FOLDER.resolve("TUTORIAL.md"))
                .steps()
                .get(0)
                .commands();
        assertThat(command).contains(" certs ");
        return command.replace("imagegate.jar", System.getProperty("imagegate.jar"));
    }

    private static List<Tutorial.Step> steps(String page) throws IOException {
        return Tutorial.read(Manifests.FOLDER.resolve(page)).steps("bash cluster");
    }

    private static void runsATagAndAnyImageAsAVolume(Cluster cluster, Path page) throws Exception {
        cluster.succeed(page, "kubectl run app --image=127.0.0.1:5000/app:1");
        cluster.succeed(page, "kubectl wait --for=condition=Ready pod/app --timeout=3m");
        cluster.succeed(page, VOLUME);
        cluster.succeed(page, "kubectl wait --for=condition=Ready pod/vol --timeout=3m");
        cluster.succeed(page, "kubectl delete pod vol --now");
    }

    private static void refusesImageVolumes(Cluster cluster, Path page) throws Exception {
        // The API server takes up a new policy after a moment.
        cluster.succeed(
                page,
                "while " + VOLUME.replace("kubectl create", "kubectl create --dry-run=server") + "do sleep 0.2; done");
        assertThat(cluster.fail(page, VOLUME))
                .isEqualTo("Error from server (Forbidden): error when creating \"STDIN\": pods \"vol\" is forbidden: "
                        + "ValidatingAdmissionPolicy 'no-image-volumes.imagegate.io' with binding "
                        + "'no-image-volumes.imagegate.io' denied request: image volumes are not allowed: the image policy "
                        + "webhook does not see their images\n");
        cluster.succeed(page, "kubectl run other --image=127.0.0.1:5000/app:2");
        cluster.succeed(page, "kubectl wait --for=condition=Ready pod/other --timeout=3m");
    }

    @Test
    void hasTheSameCommandsInBothLanguages() throws IOException {
        assertThat(steps("TUTORIAL.zh-CN.md"))
                .extracting(Tutorial.Step::commands)
                .isEqualTo(steps("TUTORIAL.md").stream()
                        .map(Tutorial.Step::commands)
                        .toList());
    }
}
