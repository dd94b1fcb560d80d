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

/** kind itself reads the folder that quickstart writes. A script stands for Docker, and ends it before kubeadm. */
@Tag("full")
class KindProgramIT {

    private static final Path DOCKER = Manifests.FOLDER.resolve("src/test/resources/kind/docker");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @DisplayName("kind mounts the files from a folder with a strange name, and gives kubeadm flags and volume")
    void createsTheNode() throws Exception {
        Machine.needs("kind");
        String name = "it's a $DIR";
        Command.Result written =
                run(Map.of(), "java", "-jar", System.getProperty("imagegate.jar"), "quickstart", "--kind", name);
        assertThat(written.status()).as(written.output()).isZero();
        String steps = written.output();
        String create = steps.substring(steps.indexOf("  cd "), steps.indexOf("  docker save"));

        Path programs = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(programs.resolve("docker"), DOCKER);
        Path stub = Files.createDirectory(folder.resolve("stub"));
        Command.Result created = run(
                Map.of(
                        "PATH", Machine.pathAfter(programs),
                        "STUB", stub.toString(),
                        "VERSION", "v1.32.2",
                        "KUBECONFIG", folder.resolve("kubeconfig").toString()),
                "bash",
                "-c",
                create.replace("create cluster", "create cluster --retain"));

        assertThat(created.output()).contains("failed to init node with kubeadm");
        Path mounted = folder.resolve(name);
        assertThat(Files.readAllLines(stub.resolve("run")))
                .contains(
                        "--volume=" + mounted.resolve("imagegate") + ":/etc/imagegate:ro",
                        "--volume=" + mounted.resolve("kubernetes") + ":/etc/kubernetes/imagegate:ro",
                        "--volume=" + mounted.resolve("imagegate.yaml")
                                + ":/etc/kubernetes/manifests/imagegate.yaml:ro");
        checkConfiguration(Manifests.parse("kubeadm.conf", Files.readString(stub.resolve("kubeadm.conf"))));
    }

    private static void checkConfiguration(Manifests written) throws IOException {
        Manifest configuration = written.ofKind("ClusterConfiguration").get(0);
        // kind 0.27 uses this version for each version of Kubernetes.
        KindFiles kind = KindFiles.read(Manifests.FOLDER.resolve("kind/cluster.yaml"));
        Manifest patch = kind.patch(configuration.apiVersion());
        assertThat(KindFiles.flags(configuration)).containsAllEntriesOf(KindFiles.flags(patch));
        assertThat(configuration.get("apiServer", "extraVolumes")).isEqualTo(patch.get("apiServer", "extraVolumes"));
        // kind's own settings stay.
        assertThat(configuration.texts("apiServer", "certSANs")).contains("localhost");
        assertThat(configuration.text("clusterName")).isEqualTo("imagegate");
    }

    private Command.Result run(Map<String, String> environment, String... words) throws Exception {
        return Command.run(folder, environment, List.of(words));
    }
}
