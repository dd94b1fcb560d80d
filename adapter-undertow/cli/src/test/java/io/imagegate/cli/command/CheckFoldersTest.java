package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} leaves out of a folder, and what it says of that. */
class CheckFoldersTest extends CommandTest {

    private static final String POD = "kind: Pod\napiVersion: v1\nspec: {containers: [{image: nginx:1}]}\n";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void files() throws IOException {
        for (String name : new String[] {
            "a.yaml",
            "a.tmp.yaml",
            ".github/b.yaml",
            ".git/c.yaml",
            "web/node_modules/x/d.yaml",
            "web/.git/e.yaml",
            "charts/api/tests/f.yaml",
            "charts/api/g.yaml",
            "charts/web/tests/h.yaml",
            "tests/i.yaml",
        }) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, POD);
        }
    }

    @Test
    void theFoldersOfGitAndNodeAreLeftOutAndCounted() {
        assertThat(run("check", folder.toString())).as(err.toString()).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        "allowed: 7 images checked, 0 denied, left out: 2 .git folders," + " 1 node_modules folder\n");
        assertThat(run("check", "-o", "json", folder.toString())).isZero();
        assertThat(out.toString()).contains("\"leftOut\":{\".git folder\":2,\"node_modules folder\":1}");
        assertThat(run("check", folder + "/.git", folder + "/web/node_modules"))
                .as("folders that are named")
                .isZero();
        assertThat(out.toString()).isEqualTo("allowed: 2 images checked, 0 denied\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.tmp.yaml    | 6 | 1 excluded file",
                "tests         | 4 | 3 excluded folders",
                "charts/*/tests | 5 | 2 excluded folders",
                "/tests        | 6 | 1 excluded folder",
                "./tests/      | 6 | 1 excluded folder",
                "tests/        | 6 | 1 excluded folder",
                "charts/api/*  | 5 | 1 excluded file, 1 excluded folder",
                ".github       | 6 | 1 excluded folder",
                "charts/web    | 6 | 1 excluded folder",
                "api/tests     | 7 | ''",
                "a             | 7 | ''",
                "A.yaml        | 7 | ''",
            })
    void globsLeaveOutNamesAndWithASlashPaths(String glob, int images, String leftOut) {
        String git = "left out: 2 .git folders, ";
        for (String argument : new String[] {folder.toString(), folder + "/", folder + "/web/.."}) {
            assertThat(run("check", "--exclude", glob, argument))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString())
                    .startsWith("allowed: " + images + " images checked")
                    .contains(git + (leftOut.isEmpty() ? "" : leftOut + ", ") + "1 node_modules folder\n");
        }
    }

    @Test
    void filesAreCalledAsTheArgumentIsWritten() throws IOException {
        Path here = Files.createTempDirectory(Path.of("target"), "written");
        Files.createDirectories(here.resolve("base"));
        Files.createDirectories(here.resolve("prod"));
        String denied = POD.replace("nginx:1", "nginx").replace("kind: Pod", "kind: Pod\nmetadata: {name: %s}");
        Files.writeString(here.resolve("a.yaml"), denied.formatted("a"));
        Files.writeString(here.resolve("base/b.yaml"), denied.formatted("b"));
        Files.writeString(here.resolve("base/kustomization.yaml"), "resources: [b.yaml]\n");
        Files.writeString(here.resolve("prod/kustomization.yaml"), "resources: [../base]\n");
        Files.writeString(here.resolve("broken.yaml"), "kind: [\n");
        Files.writeString(here.resolve("compose.yaml"), "services: {c: {extends: {file: ./x.yml, service: x}}}\n");
        Files.writeString(here.resolve("x.yml"), "services: {x: {image: nginx}}\n");
        for (String name :
                List.of(here.toString(), here.toAbsolutePath().toString(), here + "/../" + here.getFileName())) {
            String start = name.startsWith("/") ? name : "./" + name;
            for (String argument : List.of(start, start + "/")) {
                assertThat(run("check", argument)).isEqualTo(2);
                assertThat(err.toString()).startsWith("imagegate check: " + start + "/broken.yaml:");
                assertThat(out.toString())
                        .contains("denied  " + start + "/a.yaml:4:")
                        .contains("denied  " + start + "/base/b.yaml:4:")
                        .contains("denied  " + start + "/x.yml:1:")
                        .doesNotContain(" " + name + "/base/kustomization.yaml");
            }
        }
        String written = here.resolve("baseline.json").toString();
        Files.delete(here.resolve("broken.yaml"));
        assertThat(run("check", "--write-baseline", written, here + "/")).isZero();
        for (String name :
                List.of("./" + here, here.toAbsolutePath().toString(), here + "/../" + here.getFileName() + "/")) {
            assertThat(run("check", "--baseline", written, name)).as(name).isZero();
        }
    }

    @Test
    void severalGlobsAddUp() {
        assertThat(run("check", "--exclude", "charts", "--exclude", "tests", "--exclude", "*.tmp.*", folder.toString()))
                .isZero();
        assertThat(out.toString()).contains("2 images checked", "1 excluded file, 2 excluded folders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "../a", "a/../b", "/", "./"})
    void aGlobThatCanNeverMatchIsRefused(String glob) {
        assertThat(run("check", "--exclude", glob, folder.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate check: --exclude: expected ")
                .hasLineCount(1);
    }

    @Test
    void ignoredKindsThatMatchNothingAreNamed() throws IOException {
        String widget = Files.writeString(
                        folder.resolve("widget.yaml"), "kind: Widget\napiVersion: example.com/v1\nspec: {image: a}\n")
                .toString();
        assertThat(run("check", "--ignore-kind", "Widget", widget)).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("imagegate check: --ignore-kind Widget matched no object (did you mean"
                        + " Widget.example.com?)\n");
        assertThat(run("check", "--ignore-kind", "Widget.example.com", "--ignore-kind", "*.x.io", widget, "nginx:1"))
                .isZero();
        assertThat(err.toString()).isEqualTo("imagegate check: --ignore-kind *.x.io matched no object\n");
        String policy = Files.writeString(folder.resolve("policy.yml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: fixed, tag: {required: true}}]}
                """).toString();
        for (String location : List.of(policy, "builtin:fixed-tags")) {
            assertThat(run("check", "-p", location, widget)).isEqualTo(1);
            assertThat(out.toString())
                    .contains("add {kind: Widget.example.com, images: [\"spec.image\"]} to spec.workloads")
                    .contains("add Widget.example.com to ignoredKinds, or check with --ignore-kind");
            assertThat(err.toString()).isEmpty();
        }
    }

    @Test
    void explainOfAFileAsksForAnImage() throws IOException {
        String file = folder.resolve("a.yaml").toString();
        assertThat(run("explain", file)).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("imagegate explain: " + file + ": an existing file, expected the name of an image; imagegate"
                        + " check checks files and folders\n");
        assertThat(run("explain", folder + "/")).isEqualTo(2);
        assertThat(run("explain", folder + "/none.yaml"))
                .as("an invalid reference")
                .isEqualTo(1);
        Path here = Files.writeString(Path.of("check-folders-test.yaml"), POD);
        try {
            assertThat(run("explain", here.toString())).isEqualTo(2);
            assertThat(err.toString())
                    .contains("an existing file, expected the name of an image, such as"
                            + " docker.io/library/check-folders-test.yaml;");
        } finally {
            Files.delete(here);
        }
        assertThat(run("explain", "src"))
                .as("a folder that an image could be named like")
                .isEqualTo(1);
        assertThat(out.toString()).contains("docker.io/library/src\n");
    }
}
