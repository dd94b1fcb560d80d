package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.TerminalPicture;
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

/**
 * What quickstart writes for kind starts a control plane of kubeadm: its files stand where kind mounts them, kubeadm gets
 * the patch, and the image is imported when the cluster runs. Commands and output are those of the tutorial.
 */
@ResourceLock("cluster")
@Tag("nightly")
class KindClusterIT {

    private static final String IMAGE = "registry.example/imagegate:0.1.0";
    private static final Path FILES = Path.of("/etc/imagegate");
    private static final Path PICTURE = Manifests.FOLDER.resolve("kind/first-decision.svg");

    /** The name of the node. */
    private static final String NODE = "imagegate-control-plane";

    /** As kind does it in the node. */
    private static final String LOAD = """
            ctr --address "$PWD/target/cluster/containerd.sock" --namespace=k8s.io \\
              images import --all-platforms --digests --snapshotter=native FILE
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @DisplayName("the pages type what the program prints, and show what the cluster answers")
    void printsWhatThePageSays() throws Exception {
        BuiltImage image = BuiltImage.get();
        Machine.needs("runc");
        List<Tutorial.Step> steps = steps("TUTORIAL.md");
        assertThat(steps("TUTORIAL.zh-CN.md")).isEqualTo(steps);
        Command.Result written = Command.run(
                folder, List.of("bash", "-c", steps.get(0).commands().replace("imagegate.jar", jar())));
        assertThat(written.output()).isEqualTo(steps.get(0).output());
        try (Cluster cluster = Cluster.start("kubeadm.sh", Map.of("BEFORE", "bash " + before()))) {
            try {
                followsThePage(cluster, steps, image);
            } finally {
                Cluster.delete(FILES);
            }
        }
    }

    private void followsThePage(Cluster cluster, List<Tutorial.Step> steps, BuiltImage image) throws Exception {
        assertThat(cluster.fail(folder, "kubectl run early --image=nginx:1.17.1"))
                .as("until Imagegate answers")
                .startsWith("Error from server (Forbidden): pods \"early\" is forbidden: Post ")
                .contains("connection refused");
        Path archive = folder.resolve("imagegate.tar");
        image.push("docker-archive:" + archive + ":" + IMAGE);
        cluster.succeed(Manifests.FOLDER, LOAD.replace("FILE", archive.toString()));

        StringBuilder seen = new StringBuilder(steps.get(0).output());
        for (Tutorial.Step step : steps.subList(1, steps.size())) {
            cluster.take(
                    folder,
                    new Tutorial.Step(
                            step.commands().replace(NODE, "node"), step.output().replace(NODE, "node")));
            seen.append("\n")
                    .append(TerminalPicture.prompt(step.commands().strip()))
                    .append("\n")
                    .append(step.output());
        }
        isRecorded(TerminalPicture.of(
                "quickstart --kind writes a folder; in the cluster, the image nginx is denied and nginx:1.17.1 allowed",
                steps.get(0).commands().strip(),
                seen.toString()));
        usesAChangedPolicy(cluster);
        assertThat(Files.readString(Manifests.FOLDER.resolve("target/cluster/kubeadm.log")))
                .doesNotContain("unknown field");
    }

    private static void isRecorded(String picture) throws IOException {
        if (System.getProperty("imagegate.reports", "").equals("accept")) {
            Files.writeString(PICTURE, picture);
        }
        assertThat(picture)
                .as(PICTURE + " (-Dimagegate.reports=accept writes it)")
                .isEqualTo(Files.readString(PICTURE));
    }

    private void usesAChangedPolicy(Cluster cluster) throws Exception {
        Path policy = FILES.resolve("policy.yaml");
        Files.writeString(policy, Files.readString(policy).replace("spec:\n", "spec:\n  locale: zh-CN\n"));
        cluster.succeed(folder, """
                until { kubectl run other --image=nginx 2>&1 || true; } | grep 镜像没有标签; do sleep 0.5; done
                """);
    }

    /** An ordinary user of the host has written the files. */
    private Path before() throws IOException {
        KindFiles kind = KindFiles.read(folder.resolve("demo/cluster.yaml"));
        return Files.writeString(
                folder.resolve("before.sh"),
                "[ ! -e " + FILES + " ]\nchown -R 1000:1000 '" + folder.resolve("demo") + "'\n"
                        + kind.commands(folder.resolve("demo")));
    }

    private static List<Tutorial.Step> steps(String page) throws IOException {
        return Tutorial.read(Manifests.FOLDER.resolve(page)).steps("bash kind");
    }

    private static String jar() {
        return System.getProperty("imagegate.jar");
    }
}
