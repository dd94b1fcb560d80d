package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Program;
import io.imagegate.server.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("quickstart --kind")
class KindQuickstartTest extends CommandTest {

    /** Of Linux, in bytes. */
    private static final int LONGEST_PATH = 4_095;

    @TempDir
    Path folder = Path.of("");

    private Path demo() {
        return folder.resolve("demo");
    }

    private int write(Path to, String... more) {
        return run(Stream.concat(Stream.of("quickstart", "--kind", to.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private static Map<String, String> modes(Path root) throws IOException {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                modes.put(
                        root.relativize(file).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return modes;
    }

    @Test
    @DisplayName("writes a folder that its owner can enter alone, with the keys that each side needs and no other")
    void files() throws IOException {
        assertThat(write(demo())).as(err.toString()).isZero();
        Map<String, String> modes = modes(demo());
        assertThat(modes.keySet())
                .containsExactly(
                        "",
                        "cluster.yaml",
                        "imagegate",
                        "imagegate.yaml",
                        "imagegate/ca.pem",
                        "imagegate/policy.yaml",
                        "imagegate/webhook-key.pem",
                        "imagegate/webhook.pem",
                        "kubernetes",
                        "kubernetes/admission.yaml",
                        "kubernetes/apiserver-client-key.pem",
                        "kubernetes/apiserver-client.pem",
                        "kubernetes/ca.pem",
                        "kubernetes/webhook.kubeconfig");
        assertThat(modes)
                .containsEntry("", "rwx------")
                .containsEntry("imagegate", "rwxr-xr-x")
                .containsEntry("imagegate/policy.yaml", "rw-r--r--")
                .containsEntry("imagegate/webhook-key.pem", "rw-r--r--")
                .containsEntry("kubernetes/apiserver-client-key.pem", "rw-------");
    }

    @Test
    @DisplayName("makes certificates for the address that the API server calls, for as long as kubeadm's")
    void certificates() throws Exception {
        write(demo());
        X509Certificate server = TlsFiles.identity(
                        demo().resolve("imagegate/webhook.pem"), demo().resolve("imagegate/webhook-key.pem"))
                .certificate();
        X509Certificate client = TlsFiles.identity(
                        demo().resolve("kubernetes/apiserver-client.pem"),
                        demo().resolve("kubernetes/apiserver-client-key.pem"))
                .certificate();
        assertThat(server.getSubjectAlternativeNames())
                .containsExactly(List.of(7, "127.0.0.1"), List.of(2, "localhost"));
        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=kube-apiserver");
        for (Path file : List.of(demo().resolve("imagegate/ca.pem"), demo().resolve("kubernetes/ca.pem"))) {
            X509Certificate authority = TlsFiles.certificates(file).get(0);
            for (X509Certificate issued : List.of(server, client)) {
                issued.verify(authority.getPublicKey());
                assertThat(Duration.between(Instant.now(), issued.getNotAfter().toInstant()))
                        .isBetween(Duration.ofDays(364), Duration.ofDays(365));
            }
        }
    }

    @Test
    @DisplayName("writes the policy that its denial comes from, and a static pod with the image that was named")
    void image() throws IOException {
        write(demo(), "--kind-image", "registry.internal:5000/gate@sha256:" + "a".repeat(64));
        String printed = out.toString();
        String policy = demo().resolve("imagegate/policy.yaml").toString();
        assertThat(run("check", "--policy", policy, "nginx")).isEqualTo(1);
        assertThat(run("check", "--policy", policy, "nginx:1.17.1")).isZero();
        String pod = Files.readString(demo().resolve("imagegate.yaml"));
        assertThat(pod)
                .contains("      image: registry.internal:5000/gate@sha256:" + "a".repeat(64) + "\n")
                .doesNotContain("registry.example");
        assertThat(printed).contains("save --output imagegate.tar registry.internal:5000/gate@sha256:");

        write(folder.resolve("other"));
        assertThat(Files.readString(folder.resolve("other/imagegate.yaml")))
                .isEqualTo(pod.replaceFirst("      image: .*", "      image: " + KindFolder.IMAGE));
        assertThat(out.toString()).contains("imagegate.tar " + KindFolder.IMAGE + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "imagegate | it has no tag, so it means",
                "registry.example/imagegate:latest | the tag \"latest\" is not allowed",
                "a b | it is not a valid reference",
                "'x:1\n      command: [sh]' | it is not a valid reference",
            })
    @DisplayName("refuses an image that the written policy denies, which could never run")
    void imageThatIsDenied(String image, String reason) {
        assertThat(write(demo(), "--kind-image", image)).isEqualTo(2);
        assertThat(err.toString()).contains("expected an image that the policy in the folder allows", reason);
        assertThat(demo()).doesNotExist();
    }

    @Test
    @DisplayName("never overwrites: a second run, a folder, a file and a link are left as they are")
    void overwritesNothing() throws IOException {
        write(demo());
        Map<String, String> before = contents(demo());
        assertThat(write(demo())).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("imagegate quickstart: --kind " + demo()
                        + ": exists already, and nothing was written; expected the name of a new folder\n");
        assertThat(contents(demo())).isEqualTo(before);

        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path file = Files.writeString(folder.resolve("file"), "content");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        for (Path taken : List.of(empty, file, link, folder.resolve("."), Path.of("/"))) {
            assertThat(write(taken)).as(taken.toString()).isEqualTo(2);
            assertThat(err.toString()).contains("exists already");
        }
        assertThat(write(file.resolve("in"))).isEqualTo(2);
        assertThat(err.toString()).contains(file + " exists already");
        assertThat(file).hasContent("content");
        assertThat(empty).isEmptyDirectory();
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    private static Map<String, String> contents(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            Map<String, String> contents = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file));
            }
            return contents;
        }
    }

    @Test
    @DisplayName("leaves nothing of a folder that it could not fill")
    void failsAsAWhole() throws IOException {
        Path parent = folder;
        while (parent.toString().length() < LONGEST_PATH - 200) {
            parent = parent.resolve("d".repeat(100));
        }
        Files.createDirectories(parent);
        int left = LONGEST_PATH - parent.toString().length() - 1;
        // The folder can be made and so can its first files; the last ones have longer names than Linux takes.
        Path demo = parent.resolve("d".repeat(left - "/kubernetes/apiserver-client.pem.new".length()));
        assertThat(write(demo)).isEqualTo(2);
        assertThat(err.toString()).contains("cannot be written: ").contains("File name too long");
        assertThat(parent).isEmptyDirectory();
        assertThat(write(parent.resolve("d"))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"a:b, a:b", "a:b/demo, a:b", "'a\u001b[31m', a\\u001b[31m", "'a\nb/demo', a\\nb"})
    @DisplayName("refuses a path that Docker cannot mount, or that does things to a terminal")
    void unmountable(String name, String part) throws IOException {
        assertThat(write(folder.resolve(name))).isEqualTo(2);
        assertThat(err.toString())
                .contains("\"" + part + "\" has a colon or a control character")
                .hasLineCount(1)
                .doesNotContain("\u001b");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "a b",
                "it's",
                "-rf",
                "$HOME",
                "`id`",
                "a\"b",
                "a\\b",
                "~",
                "*",
                "#a",
                "é 中",
                "a;b",
                "x/y/demo"
            })
    @DisplayName("prints a command that enters the folder, whatever its name")
    void entersTheFolder(String name) throws Exception {
        Path written = folder.resolve(name);
        Files.createDirectories(written);
        String steps = KindSteps.of(Path.of(name), "i:1", Map.of()).text();
        String enter = steps.lines().filter(line -> line.startsWith("  cd ")).collect(Collectors.joining());
        Program.Result entered = Program.run(List.of("sh", "-c", "cd '" + folder + "' &&" + enter + " && pwd -P"));
        assertThat(entered.out()).as(enter + entered.err()).isEqualTo(written.toRealPath() + "\n");
    }

    @ParameterizedTest
    @CsvSource({"C:\\Users\\Ann Lee\\demo, \"C:\\Users\\Ann Lee\\demo\"", "demo, demo", "it's, \"it's\""})
    @DisplayName("quotes for a shell of Windows there")
    void windows(String name, String shown) {
        assertThat(new KindSteps(Path.of(name), "i:1", "docker", true).text()).contains("  cd " + shown + "\n");
    }

    @Test
    @DisplayName("names podman when it runs in one of its containers")
    void engine() {
        assertThat(KindSteps.of(demo(), "i:1", Map.of("container", "podman")).text())
                .contains("  podman save --output imagegate.tar i:1\n")
                .doesNotContain("docker");
        assertThat(KindSteps.of(demo(), "i:1", Map.of("container", "lxc")).text())
                .contains("  docker save --output imagegate.tar i:1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--kind-image a:1 | --kind-image a:1: expected --kind DIR",
                "--kind demo --once | --once: expected no --kind",
                "--kind demo --port 0 | --port: expected no --kind",
                "--kind | expected --kind DIR",
            })
    @DisplayName("refuses options that say nothing beside the others")
    void options(String arguments, String message) {
        assertThat(run(("quickstart " + arguments).split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate quickstart: " + message)
                .hasLineCount(1);
        assertThat(Path.of("demo")).doesNotExist();
    }
}
