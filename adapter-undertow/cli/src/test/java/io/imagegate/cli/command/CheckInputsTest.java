package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} takes for an image, a file or a folder, what it reads in them, and what it refuses. */
@Isolated("It sets System.in.")
class CheckInputsTest {

    private static final String DENIED = "kind: Pod\napiVersion: v1\nspec: {containers: [{image: nginx}]}\n";
    private static final String ALLOWED = DENIED.replace("nginx", "nginx:1");

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int check(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(arguments));
        return ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private int checkOn(byte[] standardInput, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(standardInput));
        try {
            return check(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private int checkOn(String standardInput, String... arguments) {
        return checkOn(standardInput.getBytes(UTF_8), arguments);
    }

    private String file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content).toString();
    }

    @Test
    void aKustomizationOnStandardInputIsRefusedWithWhatToDo() {
        String text =
                "# a\n---\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n";
        assertThat(checkOn(text, "-")).isEqualTo(2);
        assertThat(err.toString())
                .contains("standard input:1:1: a kustomization is a file named")
                .contains("kubectl kustomize DIR | imagegate check");
        checkOn(ALLOWED.replace("v1", "kustomize.toolkit.fluxcd.io/v1"), "-");
        assertThat(err.toString()).doesNotContain("kustomization");
        assertThat(checkOn(ALLOWED + "---\n" + text, "-")).as(err.toString()).isZero();
    }

    @Test
    void whatAShellMakesOfAStarIsReadFileByFile() throws IOException {
        String a = file("a.yaml", ALLOWED);
        String b = file("b.yaml", DENIED);
        assertThat(check("-f", a, b)).isEqualTo(1);
        assertThat(out.toString()).contains("b.yaml:3:29  nginx").contains("2 images checked");
        assertThat(check("-f", a, "-f", b, "nginx:1")).isEqualTo(1);
        assertThat(out.toString()).contains("3 images checked");
        assertThat(check(a)).isZero();
    }

    @Test
    void anArgumentThatCouldBeImageAndFileIsRefused() throws IOException {
        Path here = Path.of("check-inputs-test");
        Files.writeString(here, DENIED);
        try {
            assertThat(check(here.toString())).isEqualTo(2);
            assertThat(err.toString())
                    .isEqualTo("imagegate check: check-inputs-test: an image and an existing file: write"
                            + " ./check-inputs-test or --image check-inputs-test\n");
            assertThat(check("./" + here)).isEqualTo(1);
            assertThat(out.toString()).contains("check-inputs-test:3:29  nginx");
            assertThat(check("--image", here.toString())).isEqualTo(1);
            assertThat(out.toString()).contains("denied  check-inputs-test\n  fixed-tag: ");
        } finally {
            Files.delete(here);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nginx", "a b", "nginx:", "Web.yam"})
    void whatIsNeitherImageNorFileSaysBoth(String argument) {
        assertThat(check(argument, "nginx:1")).isEqualTo(2);
        assertThat(err.toString())
                .contains("image \"" + argument + "\": ")
                .endsWith("; and there is no file of this name\n")
                .hasLineCount(1);
        assertThat(out.toString()).doesNotContain("allowed").contains("1 image checked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.yaml", "none.yml", "none.json", "./none", "/none", "none/"})
    void whatLooksLikeAPathIsOne(String argument) {
        assertThat(check(argument)).isEqualTo(2);
        assertThat(err.toString()).contains(argument + ": no such file or folder");
    }

    @Test
    void aFolderIsSearchedForManifests() throws IOException {
        file("x/A.YAML", ALLOWED);
        file("x/y/b.Json", "{\"kind\":\"Pod\",\"spec\":{\"containers\":[{\"image\":\"redis\"}]}}");
        file("x/.github/c.yml", "on: push\n---\n- a\n");
        file("x/values.yaml", "image: nginx\n");
        file("x/datasource.yaml", "apiVersion: 1\nmetadata: [a]\nspec: b\n");
        file("x/notes.txt", DENIED);
        String x = folder.resolve("x").toString();
        for (List<String> arguments : List.of(List.of(x), List.of("-f", x), List.of(x + "/"))) {
            assertThat(check(arguments.toArray(String[]::new))).isEqualTo(1);
            assertThat(out.toString())
                    .contains("b.Json:1:46  redis", "values.yaml:1:8  nginx")
                    .contains("3 images checked");
            assertThat(out.toString()).contains(", left out: 3 other files\n");
            assertThat(err.toString()).isEmpty();
        }
        assertThat(check("--verbose", x)).isEqualTo(1);
        assertThat(err.toString())
                .hasLineCount(3)
                .contains(".github/c.yml: not read: no object with a kind")
                .contains("notes.txt: not read: its name is that of no format");
        assertThat(check("-f", x + "/datasource.yaml", "nginx:1")).isEqualTo(2);
        assertThat(err.toString()).contains("datasource.yaml:1:13: apiVersion: expected a string, got a number");
    }

    @Test
    void aFileInAFolderThatDoesNotParseOrHasOnlySomeKindsIsUnusable() throws IOException {
        file("x/a.yaml", "kind: a: b\n");
        file("x/b.yaml", ALLOWED);
        assertThat(check(folder.resolve("x").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("a.yaml:1:8: not YAML").hasLineCount(1);
        assertThat(out.toString()).contains("1 image checked").doesNotContain("allowed");
        file("y/a.yaml", "a: b\n---\n" + ALLOWED);
        assertThat(check(folder.resolve("y").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("a.yaml:2:1: expected an object with a kind");
    }

    @Test
    void namesOfFilesAreShownEscaped() throws IOException {
        file("x/a\n\u001b[2Jb.yaml", "kind: [");
        file("x/c\u202e.yaml", "a: b\n");
        assertThat(check("--verbose", folder.resolve("x").toString(), "nginx:1"))
                .isEqualTo(2);
        assertThat(err.toString())
                .hasLineCount(2)
                .contains("a\\u000a\\u001b[2Jb.yaml:1:")
                .contains("c\\u202e.yaml: not read");
    }

    @Test
    void aScanOfNothingIsNoSuccess() throws IOException {
        String service = file("service.yaml", "kind: Service\napiVersion: v1\n");
        Files.createDirectory(folder.resolve("empty"));
        for (String nothing :
                List.of(service, file("empty.yaml", ""), folder.resolve("empty").toString())) {
            assertThat(check(nothing)).isEqualTo(2);
            assertThat(err.toString())
                    .isEqualTo("imagegate check: no image found, expected at least one (--allow-empty allows none)\n");
            assertThat(out.toString()).startsWith("unusable input: 0 images checked");
            assertThat(check("--allow-empty", nothing)).isZero();
            assertThat(out.toString()).startsWith("allowed: 0 images");
        }
        assertThat(checkOn("", "-")).isEqualTo(2);
        assertThat(checkOn("", "--allow-empty", "-")).isZero();
        assertThat(check("--allow-empty", "-f", folder.resolve("none").toString()))
                .isEqualTo(2);
    }

    @Test
    void aStatusIsNoObject() {
        String status = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":403}";
        assertThat(checkOn(status, "--allow-empty", "-")).isEqualTo(2);
        assertThat(err.toString()).contains("standard input:1: a Status of the API server");
        assertThat(checkOn(status, "-o", "json", "-", "nginx:1")).isEqualTo(2);
        assertThat(out.toString())
                .startsWith("{\"findings\":[],\"errors\":[\"standard input:1: a Status")
                .contains("],\"allowed\":false,\"subjects\":1,\"images\":1,\"denied\":0,");
    }

    @Test
    void anUnknownKindThatCouldNameAnImageIsDeniedUnlessIgnored() throws IOException {
        String spark = file("spark.yaml", "kind: SparkJob\napiVersion: sparkoperator.k8s.io/v1\nspec: {image: a}\n");
        assertThat(check(spark, "nginx:1")).isEqualTo(1);
        assertThat(out.toString()).contains("unknown-kind").contains("ignoredKinds");
        assertThat(check("--ignore-kind", "*.k8s.io", spark, "nginx:1")).isZero();
        assertThat(check("--ignore-kind", "*.example", "--ignore-kind", "Spark*", spark, "nginx:1"))
                .isZero();
        assertThat(check("--ignore-kind", "*", file("pod.yaml", DENIED))).isEqualTo(1);
        String review = file(
                "review.yaml",
                "kind: ImageReview\napiVersion: imagepolicy.k8s.io/v1alpha1\nspec: {containers: [{image: nginx}]}\n");
        assertThat(check("--ignore-kind", "*", review)).isEqualTo(1);
        assertThat(check("--ignore-kind", "", spark)).isEqualTo(2);
        assertThat(check("--ignore-kind", "Pod", spark)).isEqualTo(2);
        assertThat(err.toString()).contains("--ignore-kind: ignored kind \"Pod\": the images of a built-in workload");
        assertThat(check("--ignore-kind", "Pod*", spark)).isEqualTo(1);
        String monitor =
                file("m.yaml", "kind: PodMonitor\napiVersion: monitoring.coreos.com/v1\nspec: {selector: {}}\n");
        assertThat(check(monitor, "nginx:1")).isZero();
    }

    @Test
    void aProblemInAnotherFileNamesBothFilesHoweverTheyAreCalled() throws IOException {
        String app = file(
                "app.yaml",
                "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\n"
                        + "spec: {path: ./app.yaml:2, images: [{name: x, newTag: v1}],"
                        + " sourceRef: {kind: GitRepository, name: flux-system}}\n");
        String other = file("app.yaml:2/kustomization.yaml", "resources: {}\n");
        assertThat(check(folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(app + ": " + other + ":1:");
    }

    @Test
    void imagesAreReadWithCommentsLineEndsAndQuotes() throws IOException {
        String list = file("list", "\uFEFF# ours\r\nnginx:1  # fixed\r\n  # indented\r\n\"redis:7\"\r\n\r\nhttpd:2");
        assertThat(check("-f", list)).isZero();
        assertThat(out.toString()).contains("3 images checked");
        assertThat(check("-f", file("hash", "nginx:1#x\n"))).isEqualTo(1);
        assertThat(checkOn(new byte[] {'a', ':', '1', '\n', (byte) 0xFF}, "-")).isEqualTo(2);
        assertThat(err.toString()).contains("standard input: expected text in UTF-8");
        assertThat(checkOn("x".repeat(9_000), "-")).isEqualTo(2);
        assertThat(err.toString()).contains("standard input:1:1: longer than 8192 characters");
    }

    @Test
    void jsonArraysAndLinesAreRead() {
        String pod = "{\"kind\":\"Pod\",\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}";
        assertThat(checkOn("[" + pod + ",\n" + pod + "]", "-")).isZero();
        assertThat(out.toString()).contains("2 images checked");
        assertThat(checkOn(pod + "\n" + pod + "\n", "-")).isZero();
        assertThat(checkOn("\uFEFF" + pod.replace(",", ",\r\n"), "-")).isZero();
        assertThat(checkOn("[\"nginx:1\"]", "-")).isEqualTo(2);
        assertThat(err.toString()).contains("expected a Kubernetes object, got a string");
    }

    @Test
    void otherEncodingsAreRefusedByName() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(ALLOWED.getBytes(UTF_8));
        }
        assertThat(checkOn(packed.toByteArray(), "-")).isEqualTo(2);
        assertThat(err.toString()).contains("standard input:1:1: compressed by gzip: expected text; unpack it first");
        for (String text : List.of("\uFEFF" + ALLOWED, ALLOWED, "\uFEFFnginx:1\n", "nginx:1\n")) {
            assertThat(checkOn(text.getBytes(UTF_16LE), "-")).isEqualTo(2);
            assertThat(err.toString()).contains("UTF-16").contains("expected").hasLineCount(1);
        }
    }

    @Test
    void aPipeIsAFileAndWhyAFileCannotBeReadIsTold() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, DENIED);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        assertThat(check("-f", pipe.toString())).as(err.toString()).isEqualTo(1);
        writer.join();
        Path secret = Files.writeString(folder.resolve("secret.yaml"), ALLOWED);
        if (secret.toFile().setReadable(false) && !Files.isReadable(secret)) {
            assertThat(check(secret.toString())).isEqualTo(2);
            assertThat(err.toString()).contains("secret.yaml: permission to read it is denied");
        }
    }

    @Test
    void severalPoliciesMustAllAllow() {
        assertThat(check("-p", "builtin:fixed-tags", "nginx:1")).isZero();
        assertThat(check("-p", "builtin:fixed-tags", "-p", "builtin:restricted", "nginx:1"))
                .isEqualTo(1);
        assertThat(check("-o", "json", "-p", "builtin:fixed-tags", "-p", "builtin:none", "nginx:1"))
                .isEqualTo(2);
        assertThat(out.toString())
                .startsWith("{\"findings\":[],\"errors\":[\"builtin:none: there is no such built-in policy")
                .contains("\"allowed\":false");
        assertThat(check("-p", "builtin:fixed-tags", "-p", "builtin:fixed-tags", "nginx:1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is already defined");
    }
}
