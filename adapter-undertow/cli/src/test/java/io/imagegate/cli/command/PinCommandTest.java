package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code pin} and {@code check --write} write, and when they write nothing. */
@Isolated("It sets System.in.")
class PinCommandTest extends CommandTest {

    private static final String DEPLOYMENT = """
            # pinned by CI: HOST/app:1
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, annotations: {from: "HOST/app:1"}}
            spec:
              template:
                spec:
                  initContainers: [{name: i, image: 'HOST/app:1'}]   # quoted
                  containers:
                    - name: a
                      image:   HOST/app     # latest
                    - {name: b, image: "HOST/app:1@DIGEST"}
                  volumes:
                    - name: v
                      image: {reference: HOST/app:1}
            """;

    @TempDir
    Path folder = Path.of("");

    private final SmallRegistry registry;
    private String registries = "";
    private String digest = "";

    PinCommandTest() throws IOException {
        registry = new SmallRegistry();
    }

    @BeforeEach
    void images() throws IOException {
        digest = registry.addManifest("app", "1", "latest");
        Path other = Files.createDirectory(folder.resolve("other"));
        registries = registry.configuration(other);
        Files.createDirectory(folder.resolve("deploy"));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve("deploy").resolve(name), text(content));
    }

    private String text(String template) {
        return template.replace("HOST", registry.host()).replace("DIGEST", digest);
    }

    private static String pod(String image) {
        return "kind: Pod\napiVersion: v1\nspec:\n  containers:\n    - {name: a, image: " + image + "} # x\n";
    }

    private String policy(String rules, String mutate) throws IOException {
        return Files.writeString(
                        folder.resolve("other/policy.yaml"),
                        text(
                                "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicy\nmetadata: {name: p}\nspec:\n  rules: ["
                                        + rules + "]\n" + mutate))
                .toString();
    }

    @Test
    @DisplayName(
            "pins every image in place; comments, quotes, layout and permissions stay; a second run changes nothing")
    void inPlace() throws IOException {
        Path file = file("web.yaml", DEPLOYMENT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(run(
                        "pin",
                        "--registries",
                        registries,
                        folder.resolve("deploy").toString()))
                .as(err.toString())
                .isZero();
        String pinned = text(DEPLOYMENT
                .replace("'HOST/app:1'", "'HOST/app:1@DIGEST'")
                .replace("HOST/app  ", "HOST/app:latest@DIGEST  ")
                .replace("HOST/app:1}", "HOST/app:1@DIGEST}"));
        assertThat(file).content().isEqualTo(pinned);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualTo("imagegate pin: wrote " + file + ": 3 images\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        Object inode = Files.getAttribute(file, "unix:ino");
        assertThat(run("pin", "--registries", registries, file.toString())).isZero();
        assertThat(file).content().isEqualTo(pinned);
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
        assertThat(err.toString()).isEmpty();
        assertThat(folder.resolve("deploy")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    @DisplayName("if one image cannot be replaced where it is, nothing is written, unless --partial")
    void notInOnePiece() throws IOException {
        String text = "ARG TAG=1\nFROM HOST/app:$TAG\nFROM HOST/app:1\n".replace("HOST", registry.host());
        Path file = Files.writeString(folder.resolve("Dockerfile"), text);
        assertThat(run("pin", "--registries", registries, file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(file + ":2:", "is not written here as a whole", "nothing is written");
        assertThat(file).hasContent(text);
        assertThat(run("pin", "--partial", "--registries", registries, file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).contains(file + ":2:", "wrote " + file + ": 1 image");
        assertThat(file).hasContent(text.replace("app:1\n", "app:1@" + digest + "\n"));
    }

    @Test
    @DisplayName("if one digest is not found nothing is written in any file, unless --partial")
    void notFound() throws IOException {
        Path good = file("a.yaml", pod("HOST/app:1"));
        Path bad = file("b.yaml", pod("HOST/app:1") + "    - image: HOST/app:none\n");
        String path = folder.resolve("deploy").toString();
        assertThat(run("pin", "--registries", registries, path)).isEqualTo(2);
        assertThat(err.toString())
                .contains("imagegate pin: " + bad + ":6:14: " + registry.host() + "/app:none: it must get a digest")
                .endsWith("imagegate pin: nothing is written\n")
                .hasLineCount(2);
        assertThat(good).content().isEqualTo(text(pod("HOST/app:1")));
        assertThat(run("pin", "--partial", "--registries", registries, path)).isZero();
        assertThat(err.toString()).contains("b.yaml:6:14: ", "wrote " + good, "wrote " + bad);
        assertThat(good).content().isEqualTo(text(pod("HOST/app:1@DIGEST")));
        assertThat(bad).content().isEqualTo(text(pod("HOST/app:1@DIGEST") + "    - image: HOST/app:none\n"));
    }

    @Test
    @DisplayName("--diff prints a unified diff and writes nothing")
    void diff() throws IOException {
        Path file = file("a.yaml", pod("HOST/app:1"));
        assertThat(run("pin", "--diff", "--registries", registries, file.toString()))
                .isZero();
        assertThat(out.toString())
                .isEqualTo(text("--- " + file + "\n+++ " + file + "\n@@ -2,4 +2,4 @@\n"
                        + " apiVersion: v1\n spec:\n   containers:\n-    - {name: a, image: HOST/app:1} # x\n"
                        + "+    - {name: a, image: HOST/app:1@DIGEST} # x\n"));
        assertThat(file).content().isEqualTo(text(pod("HOST/app:1")));
    }

    @Test
    @DisplayName("standard input is printed with its new images; with a problem nothing is printed")
    void standardInput() {
        InputStream before = System.in;
        try {
            System.setIn(
                    new ByteArrayInputStream(text("# é\r\n" + pod("HOST/app:1")).getBytes(UTF_8)));
            assertThat(run("pin", "--registries", registries, "-")).isZero();
            assertThat(out.toString()).isEqualTo(text("# é\r\n" + pod("HOST/app:1@DIGEST")));
            System.setIn(new ByteArrayInputStream(text(pod("HOST/app:2")).getBytes(UTF_8)));
            assertThat(run("pin", "--registries", registries, "-")).isEqualTo(2);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString()).contains("standard input:5:24: ");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    @DisplayName("with --policy images are rewritten and pinned as mutate says, whatever its rules say")
    void byPolicy() throws IOException {
        String policy = policy(
                "{name: never, deny: [\"**\"]}",
                "  mutate: {rewrite: [{from: \"old.example/**\", to: \"HOST/**\"}], pin: [\"HOST/*:1\"]}\n");
        Path file = file("a.yaml", pod("old.example/app:1") + "    - image: old.example/b/c:2\n");
        assertThat(run("pin", "-p", policy, "--registries", registries, file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(file).content().isEqualTo(text(pod("HOST/app:1@DIGEST") + "    - image: HOST/b/c:2\n"));
        assertThat(run("pin", "-p", "builtin:baseline", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no policy has mutate").hasLineCount(1);
    }

    @Test
    @DisplayName("check --write writes the same if everything is allowed, and nothing otherwise")
    void checkWrite() throws IOException {
        String mutate = "  mutate: {pin: [\"HOST/**\"]}\n";
        Path file = file("a.yaml", pod("HOST/app:1"));
        String[] check = {
            "check", "--write", "--registries", registries, "-p", policy("{name: n, deny: [\"**/app:1\"]}", mutate), ""
        };
        check[check.length - 1] = file.toString();
        assertThat(run(check)).isEqualTo(1);
        assertThat(file).content().isEqualTo(text(pod("HOST/app:1")));
        policy("{name: n, digest: {required: true}}", mutate);
        Files.writeString(folder.resolve("deploy/bad.yaml"), "kind: [");
        assertThat(run("check", "--write", "--registries", registries, "-p", check[5], folder.resolve("deploy") + "/"))
                .isEqualTo(2);
        assertThat(file).content().isEqualTo(text(pod("HOST/app:1")));
        assertThat(run("check", "--write", "--diff", "--registries", registries, "-p", check[5], file.toString()))
                .isZero();
        assertThat(out.toString()).contains("+    - {name: a, image: " + text("HOST/app:1@DIGEST} # x\n"));
        assertThat(file).content().isEqualTo(text(pod("HOST/app:1")));
        assertThat(run(check)).as(err.toString()).isZero();
        assertThat(file).content().isEqualTo(text(pod("HOST/app:1@DIGEST")));
        assertThat(run("check", "--write", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no policy has mutate");
        assertThat(run("check", "--diff", file.toString())).isEqualTo(2);
        assertThat(run("check", "--write", "--registries", registries, "-p", check[5], "-"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nginx:1", "", "foo_bar.com/app", "a b", "{{x}}"})
    @DisplayName("an invalid reference is exit 2 with file and line, and nothing is written")
    void invalid(String image) throws IOException {
        String content = pod("HOST/app:1") + "    - image: \"" + image + "\"\n";
        Path file = file("a.yaml", content);
        assertThat(run("pin", "--partial", "--registries", registries, file.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("imagegate pin: " + file + ":6:14: ")
                .endsWith("nothing is written\n");
        assertThat(file).content().isEqualTo(text(content));
    }

    @Test
    @DisplayName("a file that is a link, a device, missing, no manifest or without images is exit 2")
    void unusable() throws IOException {
        Path file = file("a.yaml", pod("HOST/app:1"));
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
        Path list = file("images.txt", "HOST/app:1\n");
        Path none = file("none.yaml", "kind: ConfigMap\napiVersion: v1\n");
        for (Object path : new Object[] {link, "/dev/null", "/dev/zero", folder.resolve("missing.yaml"), list, none}) {
            assertThat(run("pin", "--registries", registries, path.toString()))
                    .as(path.toString())
                    .isEqualTo(2);
            assertThat(err.toString().lines().findFirst().orElse("")).startsWith("imagegate pin: ");
        }
        assertThat(file).content().isEqualTo(text(pod("HOST/app:1")));
    }

    @Test
    @DisplayName("in a folder links are skipped and unknown kinds are named; a file named twice is written once")
    void folders() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.yaml"), text(pod("HOST/app:1")));
        Path file = file("a.yaml", pod("HOST/app:1") + "---\nkind: Crd\napiVersion: x.example/v1\nspec: {image: x}\n");
        Files.createSymbolicLink(folder.resolve("deploy/link.yaml"), outside);
        String deploy = folder.resolve("deploy").toString();
        assertThat(run("pin", "--registries", registries, file.toString(), deploy, deploy + "/../deploy"))
                .isZero();
        assertThat(err.toString())
                .contains("link.yaml: skipped: symbolic links are not written", "a.yaml:7: ", "left as it is")
                .containsOnlyOnce("wrote ");
        assertThat(outside).content().isEqualTo(text(pod("HOST/app:1")));
        assertThat(file).content().startsWith(text(pod("HOST/app:1@DIGEST")));
    }

    @Test
    @DisplayName("without --registries each image's own host is contacted; if one does not answer, nothing is written")
    void ownHosts() throws IOException {
        registry.add("new", Instant.now());
        Path file = file("a.yaml", pod("HOST/app:1") + "    - image: 127.0.0.1:1/app:1\n");
        assertThat(run("pin", file.toString())).isEqualTo(2);
        assertThat(registry.requests()).isPositive();
        assertThat(err.toString())
                .contains("a.yaml:6:14: ", "nothing is written")
                .doesNotContain("a.yaml:5: ");
        assertThat(file).content().contains(text("HOST/app:1}"));
    }
}
