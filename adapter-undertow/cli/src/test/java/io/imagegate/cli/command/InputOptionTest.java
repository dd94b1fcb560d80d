package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The option {@code --input}, and what {@code check} says of files that it does not read. */
class InputOptionTest extends CommandTest {

    private static final String POD = "kind: Pod\napiVersion: v1\nspec: {containers: [{image: nginx:1}]}\n";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void files() throws IOException {
        file("pod.yaml", POD);
        file("kustomization.yaml", "resources: [pod.yaml]\nimages: [{name: nginx, newTag: \"2\"}]\n");
        file("readme.txt", "nginx:3\n");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    @DisplayName("a folder is read as all formats, or as the one that is named; the rest is counted")
    void folder() {
        assertThat(run("check", "-o", "json", "--verbose", folder.toString())).isZero();
        assertThat(out.toString())
                .contains("\"images\":1,")
                .contains("\"judgedAsPart\":{\"file\":1},\"leftOut\":{\"other file\":1}");
        assertThat(err.toString())
                .isEqualTo("imagegate check: " + folder.resolve("readme.txt")
                        + ": not read: its name is that of no format\n");
        assertThat(run("check", "--input", "kustomize", folder.toString())).isZero();
        assertThat(out.toString()).isEqualTo("allowed: 1 image checked, 0 denied, left out: 2 other files\n");
        assertThat(err.toString()).isEmpty();
        assertThat(run("check", "--input", "list", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no image found");
        assertThat(out.toString()).contains("left out: 3 other files");
    }

    @Test
    @DisplayName("a file that is named has the format, whatever its name and content tell")
    void named() throws IOException {
        String list = file("images.yaml", "nginx:1\nredis\n");
        assertThat(run("check", list)).isEqualTo(2);
        assertThat(run("check", "--input", "list", list)).isEqualTo(1);
        assertThat(out.toString()).contains("images.yaml:2:1  redis", "2 images checked");
        String pod = file("pod.txt", POD);
        assertThat(run("check", "--input", "kubernetes", pod)).isZero();
        assertThat(run("check", "--input", "list", pod)).isEqualTo(1);
        assertThat(run("check", "--input", "kustomize", pod, "nginx:1")).isEqualTo(2);
        assertThat(err.toString()).contains("pod.txt:1:1: a kustomization is a file named kustomization.yaml or ");
        assertThat(out.toString()).contains("1 image checked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernets", "Kubernetes", ""})
    @DisplayName("another format is refused, with those that there are")
    void unknown(String format) {
        for (String command : new String[] {"check", "pin"}) {
            assertThat(run(command, "--input", format, folder.toString())).isEqualTo(2);
            assertThat(err.toString()).contains("--input: ", "expected one of kustomize, ", "kubernetes");
        }
    }

    @Test
    @DisplayName("images of a format that cannot be written are a problem of pin, and nothing is written")
    void notWritten() throws IOException {
        String policy = file("policy.yml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  mutate: {rewrite: [{from: "docker.io/library/**", to: "mirror.example/hub/**"}]}
                  rules: [{name: fixed, tag: {required: true}}]
                """);
        String list = file("images.txt", "nginx:1\n");
        assertThat(run("check", "-p", policy, "--write", "--input", "list", list))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("images.txt:1: images of this format cannot be replaced", "nothing is written");
    }

    @Test
    @DisplayName("a linked folder of a folder is counted, not followed")
    void linked(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("a.yaml"), POD.replace("nginx:1", "nginx"));
        Files.createSymbolicLink(folder.resolve("link"), other);
        assertThat(run("check", folder.toString())).isZero();
        assertThat(out.toString())
                .contains("not judged: 1 linked folder, judged only as a part: 1 file, left out: 1 other file\n");
    }

    @Test
    @DisplayName("a file that cannot be parsed is exit 2, and the rest is judged")
    void rest() throws IOException {
        file("broken.yaml", "kind: [\n");
        file("denied.yaml", POD.replace("nginx:1", "nginx"));
        assertThat(run("check", folder.toString())).isEqualTo(2);
        assertThat(out.toString()).contains("denied.yaml:3:29  nginx", "2 images checked, 1 denied, 1 problem");
    }
}
