package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems with files in baselines: nothing changes behind them, and nothing that was not read is in one. */
class BaselineProblemsTest extends CommandTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec: {containers: [{name: a, image: "nginx:1"}]}
            """;

    private static final String BROKEN = POD + "---\napiVersion: v1\nkind: [\n";
    private static final String CHANGED =
            "; what is read for the file has changed since the baseline was written; leave it out with --exclude ";

    @TempDir
    Path temporary = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("repository"));
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private String baseline() {
        return temporary.resolve("baseline.json").toString();
    }

    private int write() {
        return run("check", "--write-baseline", baseline(), folder.toString());
    }

    private int check(String... options) {
        String[] all = new String[options.length + 4];
        System.arraycopy(options, 0, all, 4, options.length);
        System.arraycopy(new String[] {"check", "--baseline", baseline(), folder.toString()}, 0, all, 0, 4);
        return run(all);
    }

    private void assertNew(String file) {
        assertThat(check()).as(out.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(CHANGED + file);
    }

    @Test
    void aBrokenFileDoesNotCountAsLongAsNoByteOfItChanges() throws IOException {
        file("pod.yaml", POD);
        Path broken = file("test/broken.yaml", BROKEN);
        assertThat(run("check", folder.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate check: " + broken + ":8:1: ")
                .endsWith("; leave it out with --exclude test/broken.yaml\n")
                .hasLineCount(1);
        assertThat(write()).isZero();
        assertThat(err.toString()).endsWith("wrote " + baseline() + ", findings: 0, problems: 1\n");
        assertThat(Path.of(baseline()))
                .content()
                .matches("(?s)\\{\"version\": 1, \"findings\": \\[\n], \"problems\": \\[\n  \\{\"code\": \"malformed\","
                        + " \"version\": \"[^\"]+\", \"file\": \"[^\"]*test/broken.yaml\","
                        + " \"digest\": \"sha256:[0-9a-f]{64}\"}\n]}\n");
        assertThat(check()).isZero();
        assertThat(out.toString()).isEqualTo("allowed: 2 images checked, 0 denied, 1 known problem\n");
        assertThat(err.toString()).isEmpty();
        assertThat(check("--verbose")).isZero();
        assertThat(out.toString()).contains("\n  known problem: " + broken + ":8:1: ");

        for (String other : List.of(BROKEN + "\n", BROKEN.replace("nginx:1", "nginx:2"), BROKEN.replace("[", "{"))) {
            Files.writeString(broken, other);
            assertNew("test/broken.yaml");
        }
        Files.writeString(broken, BROKEN);
        assertThat(check()).isZero();
    }

    @Test
    void imagesBesideAProblemAreJudged() throws IOException {
        file("broken.yaml", BROKEN.replace("nginx:1", "nginx"));
        assertThat(write()).isZero();
        String both = Files.readString(Path.of(baseline()));
        Files.writeString(Path.of(baseline()), both.replaceFirst("(?s)\"findings\": \\[.*?\n]", "\"findings\": []"));
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).startsWith("denied: 1 image checked, 1 denied, 1 known problem\n");
    }

    @Test
    void anotherFileWithTheSameBytesIsNew() throws IOException {
        file("broken.yaml", BROKEN);
        assertThat(write()).isZero();
        file("other.yaml", BROKEN);
        assertThat(check()).isEqualTo(2);
        assertThat(out.toString()).contains(", 1 problem, 1 known problem");
        assertThat(err.toString())
                .startsWith("imagegate check: " + folder + "/other.yaml:")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"version, 9.9.9", "code, missing", "digest, sha256:00", "file, other.yaml"})
    void anotherValueIsAnotherProblem(String key, String value) throws IOException {
        file("broken.yaml", BROKEN);
        assertThat(write()).isZero();
        String entry = Files.readString(Path.of(baseline()));
        Files.writeString(
                Path.of(baseline()), entry.replaceFirst("(\"" + key + "\": \")[^\"]*(\", |\"})", "$1" + value + "$2"));
        assertThat(check()).isEqualTo(2);
        if (key.equals("version")) {
            assertThat(err.toString()).contains("; version 9.9.9 wrote the baseline; leave it out");
        }
    }

    @Test
    void aMendedFileIsToldAndOneThatWasNotReadIsNot() throws IOException {
        file("pod.yaml", POD);
        Path broken = file("broken.yaml", BROKEN);
        assertThat(write()).isZero();
        assertThat(run("check", "--baseline", baseline(), folder + "/pod.yaml")).isZero();
        assertThat(out.toString()).contains("1 finding of the baseline not looked for");
        Files.writeString(broken, POD.replace("name: web", "name: b"));
        assertThat(check("--verbose")).isZero();
        assertThat(out.toString())
                .contains("1 finding of the baseline no longer found:\n    problem malformed: " + broken);
    }

    /** A link that leads nowhere hides nothing, until what it leads to appears. */
    @Test
    void whatIsMissingMayNotAppear() throws IOException {
        file("pod.yaml", POD);
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("nowhere.txt"));
        assertThat(write()).isZero();
        assertThat(check()).isZero();
        Files.writeString(folder.resolve("nowhere.txt"), BROKEN);
        assertThat(check()).isEqualTo(2);
        assertThat(out.toString()).contains(", 1 problem").doesNotContain("known problem");
        Files.writeString(folder.resolve("nowhere.txt"), POD.replace("nginx:1", "nginx"));
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).contains("denied  " + link + ":4:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overlay/kustomization.yaml",
                "overlay/patch.yaml",
                "overlay/kustomization.yml",
                "overlay/late.yaml",
                "base/kustomization.yaml",
                "base/Kustomization",
                "base/broken.yaml",
                "base/behind.yaml",
                "base/absent.yaml",
                "base/data.properties",
                "part/kustomization.yaml"
            })
    void ofAKustomizationNothingMayChange(String changed) throws IOException {
        file("overlay/kustomization.yaml", """
                resources: [../base, late.yaml]
                components: ["../part"]
                patches: [{path: patch.yaml}]
                """);
        file("overlay/patch.yaml", POD);
        file("base/kustomization.yaml", """
                resources: [broken.yaml, behind.yaml, absent.yaml]
                configMapGenerator: [{name: c, files: [key=data.properties]}]
                """);
        file("base/broken.yaml", BROKEN);
        file("base/behind.yaml", POD);
        file("base/data.properties", "a=b\n");
        file("part/kustomization.yaml", "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n");
        assertThat(write()).as(err.toString()).isZero();
        assertThat(check()).isZero();
        Path file = folder.resolve(changed);
        Files.writeString(file, (Files.exists(file) ? Files.readString(file) : "") + "# changed\n");
        assertThat(check()).as(out.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(CHANGED);
    }

    @Test
    void aKustomizationThatIncludesABrokenOneIsNew() throws IOException {
        file("base/kustomization.yaml", "resources: [broken.yaml]\n");
        file("base/broken.yaml", BROKEN);
        assertThat(write()).isZero();
        file("prod/kustomization.yaml", "resources: [../base]\n");
        assertThat(check()).isEqualTo(2);
        assertThat(out.toString()).contains(", 1 problem,").doesNotContain("known problem");
        assertThat(err.toString()).endsWith("; leave it out with --exclude prod/kustomization.yaml\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compose.yaml",
                "common.yml",
                "sub/other.yaml",
                ".env",
                "sub/.env",
                "app/Dockerfile",
                "app/dockerfile",
                "app/Prod.Dockerfile"
            })
    void ofAComposeFileNothingMayChange(String changed) throws IOException {
        file("compose.yaml", """
                include: [{path: sub/other.yaml}]
                services:
                  a: {extends: {file: ./common.yml, service: none}}
                  b: {build: {context: app, dockerfile: Prod.Dockerfile}}
                """);
        file("common.yml", "services: {x: {image: \"nginx:1\"}}\n");
        file("sub/other.yaml", "services: {y: {image: \"nginx:1\"}}\n");
        file("app/Prod.Dockerfile", "FROM nginx:1\n");
        assertThat(write()).as(err.toString()).isZero();
        assertThat(check()).isZero();
        Path file = folder.resolve(changed);
        Files.createDirectories(file.getParent());
        Files.writeString(file, (Files.exists(file) ? Files.readString(file) : "FROM nginx:1\n") + "# changed\n");
        assertThat(check()).as(out.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(CHANGED + "./compose.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {".gitlab-ci.yml", "ci/jobs.yml", "ci/absent.yml", "ci/more.yml", "ci/child.yml"})
    void ofAPipelineNothingMayChange(String changed) throws IOException {
        file(".gitlab-ci.yml", """
                include: [/ci/jobs.yml, {local: ci/absent.yml}]
                start: {trigger: {include: [{local: ci/child.yml}]}}
                """);
        file("ci/jobs.yml", "include: {local: ci/more.yml}\na: {image: \"nginx:1\", script: [a]}\n");
        file("ci/more.yml", "b: {image: \"nginx:1\", script: [a]}\n");
        file("ci/child.yml", "c: {image: \"nginx:1\", script: [a]}\n");
        assertThat(write()).as(err.toString()).isZero();
        assertThat(check()).isZero();
        Path file = folder.resolve(changed);
        Files.writeString(
                file,
                (Files.exists(file) ? Files.readString(file) : "d: {image: nginx, script: [a]}\n") + "# changed\n");
        assertThat(check("--allow-empty")).as(out.toString()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kustomization.yaml | resources: [broken.yaml, 'github.com/acme/base?ref=v1'] | "github.com/acme/base?ref=v1" is elsewhere
            kustomization.yaml | resources: [broken.yaml, 'https://example.com/a.yaml'] | "https://example.com/a.yaml" is elsewhere
            kustomization.yaml | {resources: [broken.yaml], patches: [{path: 'https://example.com/p.yaml'}]} | "https://example.com/p.yaml" is elsewhere
            kustomization.yaml | {resources: [broken.yaml], helmCharts: [{name: a}]} | it is not known what helmCharts reads
            kustomization.yaml | {resources: [broken.yaml], transformers: [t.yaml]} | it is not known what transformers reads
            kustomization.yaml | {resources: [broken.yaml, flux.yaml]} | flux.yaml may have objects of Flux, Argo CD or k3s, which deploy other files
            kustomization.yaml | {resources: [broken.yaml, set.yaml]} | set.yaml may have objects of Flux, Argo CD or k3s, which deploy other files
            kustomization.yaml | {resources: [broken.yaml, escaped.yaml]} | escaped.yaml may have objects of Flux, Argo CD or k3s, which deploy other files
            kustomization.yaml | {resources: [../outside]} | is read for it and is not checked: check a folder that has both
            kustomization.yaml | resources: [ | not YAML
            compose.yaml | {include: ['https://example.com/a.git'], services: {a: {extends: none}}} | is elsewhere, or has a variable
            compose.yaml | {services: {a: {extends: {file: '${DIR}/a.yml', service: b}}}} | is elsewhere, or has a variable
            compose.yaml | {services: {a: {build: '${DIR}'}, b: {extends: none}}} | is elsewhere, or has a variable
            compose.yaml | {include: [{path: common.yml, project_directory: x}], services: {b: {extends: none}}} | it includes files with a project_directory
            compose.yaml | {services: {b: {extends: {file: ../outside/x.yml, service: none}}}} | is read for it and is not checked: check a folder that has both
            .gitlab-ci.yml | {include: [{remote: 'https://example.com/a.yml'}, {local: none.yml}]} | what it includes by remote is elsewhere
            .gitlab-ci.yml | {include: [{local: 'ci/*.yml'}, {local: none.yml}]} | is elsewhere, or has a variable or *
            .gitlab-ci.yml | {include: [{local: '$DIR/a.yml'}, {local: none.yml}]} | is elsewhere, or has a variable or *
            """)
    void whatWasNotReadCannotEnter(String name, String content, String why) throws IOException {
        file(name, content + "\n");
        file("pod.yaml", POD);
        file("broken.yaml", BROKEN);
        file("flux.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {path: ./x}\n");
        file("set.yaml", "apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nspec: {resources: []}\n");
        file("escaped.yaml", "apiVersion: \"kustomize.toolkit.flux\\x63d.io/v1\"\nkind: Kustomization\n");
        file("common.yml", "services: {x: {image: \"nginx:1\"}}\n");
        Files.createDirectory(temporary.resolve("outside"));
        Files.writeString(temporary.resolve("outside/kustomization.yaml"), "resources: [absent.yaml]\n");
        Files.writeString(temporary.resolve("outside/x.yml"), "services: {x: {image: \"nginx:1\"}}\n");
        assertThat(write()).isEqualTo(2);
        assertThat(err.toString())
                .contains("; it can be in no baseline: ")
                .contains(why)
                .contains("; leave it out with --exclude ./" + name + "\n");
        assertThat(Path.of(baseline())).doesNotExist();
    }

    @Test
    void aFileBesideANamedOneIsNotRead() throws IOException {
        String compose = file("compose.yaml", "services: {a: {extends: {file: b.yml, service: none}}}\n")
                .toString();
        file("b.yml", "services: {x: {image: \"nginx:1\"}}\n");
        assertThat(run("check", "--write-baseline", baseline(), compose)).isEqualTo(2);
        assertThat(err.toString())
                .endsWith("; it can be in no baseline: b.yml is read for it and is not checked: check a folder that has"
                        + " both\n");
        assertThat(run("check", "--write-baseline", baseline(), folder + "/none.yaml", "nginx:1"))
                .isEqualTo(2);
        assertThat(err.toString())
                .endsWith("none.yaml: no such file or folder; it can be in no baseline: it was not read\n");
    }

    @Test
    void reportsHaveKnownProblems() throws IOException {
        file("pod.yaml", POD);
        Path broken = file("broken.yaml", BROKEN);
        assertThat(write()).isZero();
        String start = broken + ":8:1: ";
        assertThat(check("-o", "json")).isZero();
        assertThat(out.toString()).contains("\"knownProblems\":[\"" + start).contains("\"allowed\":true");
        assertThat(check("-o", "junit")).isZero();
        assertThat(out.toString())
                .contains("<testsuite name=\"input\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\">")
                .contains("<skipped message=\"the baseline has it\"");
        assertThat(check("-o", "sarif")).isZero();
        assertThat(out.toString())
                .contains("\"executionSuccessful\":true")
                .contains("{\"level\":\"note\",\"message\":{\"text\":\"the baseline has it: " + start);
        assertThat(check("-o", "markdown")).isZero();
        assertThat(out.toString()).contains("1 known problem.\n").contains("Problems that the baseline has:\n\n- ");
        assertThat(check("-o", "github")).isZero();
        assertThat(out.toString()).isEqualTo("allowed: 2 images checked, 0 denied, 1 known problem\n");
        assertThat(check("-o", "policyreport")).isZero();
        assertThat(out.toString()).contains("readable-input").contains("\"result\":\"skip\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ["malformed"]                                | an object with code, version, file, digest
            {"code": "a", "version": "1", "file": "b"}   | digest is missing
            {"code": 1, "version": "1", "file": "b", "digest": "c"} | code as text
            {"code": "a", "images": "*"}                 | unknown key
            """)
    void mistakesInABaselineAreTold(String problem, String expected) throws IOException {
        file("pod.yaml", POD);
        Files.writeString(
                Path.of(baseline()), "{\"version\": 1, \"findings\": [], \"problems\": [\n" + problem + "\n]}\n");
        assertThat(check()).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate check: --baseline: " + baseline() + ":2:")
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b.yaml", "it's.yaml", "$(touch x).yaml", "-p.yaml", "a/b c/d.yaml", "&.yaml", "\"q\".yaml"})
    void aShellTakesTheOptionThatLeavesAFileOut(String name) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "/bin/sh");
        file("pod.yaml", POD);
        file("x/pod.yaml", POD);
        file(name, BROKEN);
        file("x/" + name, POD);
        assertThat(run("check", folder.toString())).isEqualTo(2);
        String line = err.toString().lines().findFirst().orElseThrow();
        String hint = line.substring(line.indexOf("--exclude "));
        Process shell = new ProcessBuilder("/bin/sh", "-c", "printf '%s\\n' " + hint).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        List<String> words = printed.lines().toList();
        assertThat(words).hasSize(2);
        assertThat(run("check", words.get(0), words.get(1), folder.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("3 images checked", "left out: 1 excluded file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb.yaml", "\u001b[31m.yaml", "*.yaml", "a\\b.yaml", "\u202e.yaml"})
    void noOptionIsOfferedForNamesThatItCannotHave(String name) throws IOException {
        file(name, BROKEN);
        assertThat(run("check", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("--exclude").hasLineCount(1);
    }

    @Test
    void filesThatShareAProblemAreLeftOutTogether() throws IOException {
        file("base/kustomization.yaml", "resources: [broken.yaml]\n");
        file("base/broken.yaml", BROKEN);
        file("prod/kustomization.yaml", "resources: [../base]\n");
        file("pod.yaml", POD);
        assertThat(run("check", folder.toString())).isEqualTo(2);
        assertThat(err.toString())
                .endsWith("; leave it out with --exclude base/kustomization.yaml --exclude prod/kustomization.yaml\n")
                .hasLineCount(1);
    }
}
