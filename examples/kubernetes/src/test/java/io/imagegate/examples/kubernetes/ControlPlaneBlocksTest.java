package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.WrittenProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The blocks of the tutorial that write to the machine of a control plane, pasted into a shell that goes on after a
 * failed line. A folder stands for the machine, and scripts for sudo and kubectl.
 */
class ControlPlaneBlocksTest {

    private static final String MANIFEST = "etc/kubernetes/manifests/kube-apiserver.yaml";
    private static final String BEFORE = "etc/kubernetes/kube-apiserver.before-imagegate.yaml";

    /** A fenced block, which in a list is indented. */
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```bash.*?^ *```$");

    private static final String OLD = """
            apiVersion: v1
            kind: Pod
            spec:
              containers:
              - command:
                - kube-apiserver
                - --secure-port=6443
            """;

    private static final String PATCHED = OLD + """
                - --enable-admission-plugins=ImagePolicyWebhook
                volumeMounts:
                - mountPath: /etc/kubernetes/imagegate
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path machine;

    @BeforeEach
    void installsTheOldManifest() throws Exception {
        Files.createDirectories(machine.resolve(MANIFEST).getParent());
        Files.writeString(machine.resolve(MANIFEST), OLD);
        program("sudo", "exec \"$@\"");
        program("pgrep", "exit 1");
        program("curl", "echo ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TUTORIAL.md", "TUTORIAL.zh-CN.md"})
    @DisplayName("a manifest with flags and volume is installed, and the old one is kept")
    void installs(String page) throws Exception {
        program("kubectl", "cat > read.yaml; cat <<'EOF'\n" + PATCHED + "EOF\n");
        assertThat(paste(page, "kubectl patch").status()).isZero();
        assertThat(file("read.yaml")).isEqualTo(OLD);
        assertThat(file(MANIFEST)).isEqualTo(machinePaths(PATCHED));
        assertThat(file(BEFORE)).isEqualTo(OLD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            it fails                         | exit 1
            it is not there                  | exit 127
            it prints nothing                | exit 0
            it prints a part, and fails      | cat; exit 1
            it prints the manifest unchanged | cat
            """)
    @DisplayName("kubectl gives no patched manifest, so none is installed:")
    void installsNothingElse(String what, String kubectl) throws Exception {
        program("kubectl", kubectl);
        for (String page : List.of("TUTORIAL.md", "TUTORIAL.zh-CN.md")) {
            assertThat(paste(page, "kubectl patch").status()).as(what).isNotZero();
            assertThat(file(MANIFEST)).as(what).isEqualTo(OLD);
        }
    }

    @Test
    @DisplayName("a second run does not take the patched manifest for the old one")
    void keepsTheOldManifest() throws Exception {
        program("kubectl", "cat > read.yaml; cat <<'EOF'\n" + PATCHED + "EOF\n");
        assertThat(paste("TUTORIAL.md", "kubectl patch").status()).isZero();
        Command.Result again = paste("TUTORIAL.md", "kubectl patch");
        assertThat(again.status()).isOne();
        assertThat(again.output()).contains("the API server has the flags already");
        assertThat(file(BEFORE)).isEqualTo(OLD);
    }

    @Test
    @DisplayName("the undo installs a kept manifest, and nothing where there is none")
    void restores() throws Exception {
        program("kubectl", "exit 0");
        assertThat(paste("TUTORIAL.md", "while sudo pgrep").status()).isNotZero();
        assertThat(file(MANIFEST)).isEqualTo(OLD);
        Files.writeString(machine.resolve(BEFORE), "");
        assertThat(paste("TUTORIAL.md", "while sudo pgrep").status()).isNotZero();
        assertThat(file(MANIFEST)).isEqualTo(OLD);
        Files.writeString(machine.resolve(BEFORE), OLD);
        Files.writeString(machine.resolve(MANIFEST), PATCHED);
        assertThat(paste("TUTORIAL.md", "while sudo pgrep").status()).isZero();
        assertThat(file(MANIFEST)).isEqualTo(OLD);
    }

    @Test
    @DisplayName("the static pod is installed only when its image was set")
    void setsTheImage() throws Exception {
        Path pod = Files.createDirectory(machine.resolve("kubeadm")).resolve("imagegate.yaml");
        Path installed = machine.resolve("etc/kubernetes/manifests/imagegate.yaml");
        String text = Files.readString(Manifests.FOLDER.resolve("kubeadm/imagegate.yaml"));
        Files.writeString(pod, text);
        assertThat(paste("TUTORIAL.md", "manifests/imagegate.yaml").output()).contains("set your image");
        assertThat(installed).doesNotExist();
        Files.writeString(pod, text.replace("registry.example/imagegate", "127.0.0.1:5000/imagegate"));
        assertThat(paste("TUTORIAL.md", "manifests/imagegate.yaml").status()).isZero();
        assertThat(installed).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TUTORIAL.md", "TUTORIAL.zh-CN.md"})
    @DisplayName("where a certificate is missing, nothing is copied")
    void checksCertificates(String page) throws Exception {
        assertThat(paste(page, "certificates/webhook.pem").status()).isNotZero();
        assertThat(machine.resolve("etc/imagegate")).doesNotExist();
        assertThat(machine.resolve("etc/kubernetes/imagegate")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TUTORIAL.md",
                "TUTORIAL.zh-CN.md",
                "static/README.md",
                "static/README.zh-CN.md",
                "../../README.md"
            })
    @DisplayName("every block that writes there stops at its first failure")
    void stopsAtTheFirstFailure(String page) throws Exception {
        List<String> writing = BLOCK.matcher(Files.readString(Manifests.FOLDER.resolve(page)))
                .results()
                .map(MatchResult::group)
                .filter(block -> block.contains("sudo install"))
                .toList();
        assertThat(writing)
                .isNotEmpty()
                .allSatisfy(block -> assertThat(block).containsPattern("```bash.*\\n *\\(\\n *set -e"));
    }

    private Command.Result paste(String page, String part) throws IOException, InterruptedException {
        List<String> blocks = Tutorial.read(Manifests.FOLDER.resolve(page)).steps("bash cluster").stream()
                .map(Tutorial.Step::commands)
                .filter(commands -> commands.contains(part))
                .toList();
        assertThat(blocks).hasSize(1);
        return Command.run(
                machine,
                Map.of("PATH", machine + ":/usr/bin:/bin"),
                List.of("bash", "-c", machinePaths(blocks.get(0))));
    }

    private String machinePaths(String text) {
        return text.replace("/etc/", machine + "/etc/");
    }

    private String file(String name) throws IOException {
        return Files.readString(machine.resolve(name));
    }

    private void program(String name, String body) throws IOException, InterruptedException {
        WrittenProgram.write(machine.resolve(name), "#!/bin/bash\n" + machinePaths(body) + "\n");
    }
}
