package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page of static/, word for word: its files are there before kubeadm starts the control plane. */
@ResourceLock("cluster")
@Tag("nightly")
class StaticManifestsIT {

    private static final String IMAGE = "127.0.0.1:5000/imagegate:built";
    private static final Path FILES = Path.of("/etc/imagegate");

    /** Blocks that come before kubeadm. */
    private static final int BEFORE = 2;

    private static final String DENIED = "admission webhook \"images.imagegate.static.k8s.io\" denied the request";

    /** Runs until the file {@code stop} is there. */
    private static final String ASK = """
            (
              while [ ! -e stop ] && [ -e /etc/kubernetes/.lab ]; do
                [ ! -e /etc/kubernetes/admin.conf ] \\
                  || kubectl --kubeconfig /etc/kubernetes/admin.conf create deployment early --image=nginx >> early 2>&1 || true
                sleep 0.1
              done
            ) < /dev/null > /dev/null 2>&1 &
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @DisplayName(
            "the webhook holds from the start, cannot be deleted, sees image volumes, and a static pod runs all the same")
    void printsWhatThePageSays() throws Exception {
        BuiltImage image = BuiltImage.get();
        Machine.needs("sudo", "runc");
        try (Delivery delivery = Delivery.copy()) {
            Path page = delivery.folder();
            makeCertificates(page);
            Path pod = page.resolve("kubeadm/imagegate.yaml");
            Files.writeString(pod, Files.readString(pod).replace("registry.example/imagegate:0.1.0", IMAGE));
            List<Tutorial.Step> steps =
                    Tutorial.read(page.resolve("static/README.md")).steps("bash cluster");
            Map<String, String> settings = Map.of(
                    "BEFORE",
                    "bash " + before(page, steps, image),
                    "PATCHES",
                    page.resolve("static/patches").toString());
            try (Cluster cluster = Cluster.start("kubeadm.sh", settings)) {
                asksFromTheStart(page);
                for (Tutorial.Step step : steps.subList(BEFORE, steps.size())) {
                    cluster.take(page, step);
                }
                staysWhenItIsNotInTheApi(cluster, page);
            } finally {
                Cluster.delete(FILES);
            }
        }
    }

    private static void makeCertificates(Path page) throws Exception {
        String jar = System.getProperty("imagegate.jar");
        Command.Result made = Command.run(
                page, List.of("java", "-jar", jar, "certs", "--out", "certificates", "--host", "127.0.0.1"));
        assertThat(made.status()).as(made.output()).isZero();
    }

    private Path before(Path page, List<Tutorial.Step> steps, BuiltImage image) throws IOException {
        StringBuilder script = new StringBuilder("set -euo pipefail\n[ ! -e " + FILES + " ]\ncd " + page + "\n");
        steps.subList(0, BEFORE).forEach(step -> script.append(step.commands()));
        script.append("skopeo copy --quiet --dest-tls-verify=false oci:%s:imagegate docker://%s\n"
                .formatted(image.layout(), IMAGE));
        return Files.writeString(folder.resolve("before.sh"), script + ASK);
    }

    private static void asksFromTheStart(Path page) throws Exception {
        // The control plane may be ready before the kubelet has started Imagegate.
        for (int waited = 0;
                waited < 120 && !Files.readString(page.resolve("early")).contains(DENIED);
                waited++) {
            Thread.sleep(1_000);
        }
        Files.createFile(page.resolve("stop"));
        List<String> answers = Files.readAllLines(page.resolve("early"));
        assertThat(answers).noneMatch(answer -> answer.contains("created")).anyMatch(answer -> answer.contains(DENIED));
        // Before that, there was no API server, or it knew no namespace and no user.
        assertThat(answers).allMatch(answer -> answer.startsWith("error: failed to create deployment: "));
    }

    private static void staysWhenItIsNotInTheApi(Cluster cluster, Path page) throws Exception {
        assertThat(cluster.fail(
                        page, "kubectl create -f certificates/imagegate.yaml --validate=false 2>&1 | grep reserved"))
                .contains("reserved for static manifest-based configurations and cannot be managed via the API");
        cluster.succeed(page, "kubectl run app --image=127.0.0.1:5000/app:1");
        cluster.succeed(page, "kubectl wait --for=condition=Ready pod/app --timeout=3m");
        // Without Imagegate nothing is admitted.
        cluster.succeed(page, """
                rm /etc/kubernetes/manifests/imagegate.yaml
                while kubectl run other --image=127.0.0.1:5000/app:1 --dry-run=server > /dev/null 2>&1; do sleep 0.5; done
                """);
        assertThat(cluster.fail(page, "kubectl run other --image=127.0.0.1:5000/app:1"))
                .contains("failed calling webhook \"images.imagegate.static.k8s.io\"");
    }
}
