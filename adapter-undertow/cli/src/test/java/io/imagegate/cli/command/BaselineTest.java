package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Baselines: findings that were there before do not fail a check. */
class BaselineTest extends CommandTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec:
              containers:
                - {name: a, image: nginx}
                - {name: b, image: redis}
            """;

    @TempDir
    Path folder = Path.of("");

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String written(String... arguments) throws IOException {
        String baseline = folder.resolve("baseline.json").toString();
        assertThat(run(joined("check", "--write-baseline", baseline, arguments)))
                .isZero();
        assertThat(err.toString()).contains("wrote " + baseline + ", findings: ");
        return baseline;
    }

    private static String[] joined(String first, String second, String third, String... others) {
        String[] all = Arrays.copyOf(new String[] {first, second, third}, 3 + others.length);
        System.arraycopy(others, 0, all, 3, others.length);
        return all;
    }

    @Test
    void onlyNewFindingsFail() throws IOException {
        String pod = file("pod.yaml", POD);
        String baseline = written(pod);
        assertThat(run("check", "--baseline", baseline, pod)).isZero();
        assertThat(out.toString()).isEqualTo("allowed: 2 images checked, 0 denied\n  rule fixed-tag: 2 baseline\n");
        assertThat(run("check", "--verbose", "--baseline", baseline, pod)).isZero();
        assertThat(out.toString())
                .startsWith("allowed: 2 images checked, 0 denied\n  rule fixed-tag: 2 baseline\n")
                .contains("\nbaseline  ");
        assertThat(run("check", pod)).isEqualTo(1);

        Files.writeString(Path.of(pod), POD + "    - {name: c, image: httpd}\n");
        assertThat(run("check", "--baseline", baseline, pod)).isEqualTo(1);
        assertThat(out.toString()).contains("rule fixed-tag: 1 denied, 2 baseline");
    }

    @Test
    void linesMayMoveAndOtherObjectsContainersAndImagesAreNew() throws IOException {
        String baseline = written(file("pod.yaml", POD));
        assertThat(run(
                        "check",
                        "--baseline",
                        baseline,
                        file("pod.yaml", "# a comment\n\n" + POD.replace("  ", "    "))))
                .isZero();
        List<String> others = List.of(
                POD.replace("name: web", "name: other"),
                POD.replace("namespace: shop", "namespace: other"),
                POD.replace("name: a", "name: other"),
                POD.replace("image: nginx", "image: other"));
        for (String other : others) {
            assertThat(run("check", "--baseline", baseline, file("pod.yaml", other)))
                    .as(other)
                    .isEqualTo(1);
        }
    }

    @Test
    void ofAnotherRuleOrPolicyItIsNew() throws IOException {
        String policy = """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: %s}
                spec: {rules: [{name: %s, tag: {required: true}}]}
                """;
        String first = file("p.yaml", policy.formatted("p", "tagged"));
        String baseline = written("-p", first, "nginx");
        assertThat(run("check", "-p", first, "--baseline", baseline, "nginx")).isZero();
        assertThat(run("check", "-p", file("q.yaml", policy.formatted("q", "tagged")), "--baseline", baseline, "nginx"))
                .isEqualTo(1);
        assertThat(run("check", "-p", file("r.yaml", policy.formatted("p", "other")), "--baseline", baseline, "nginx"))
                .isEqualTo(1);
    }

    @Test
    void theFileIsSortedAndHasNoLines() throws IOException {
        String baseline = written(file("pod.yaml", POD), "nginx", "nginx", "--image", "a\"b");
        assertThat(Path.of(baseline))
                .hasContent("""
                {"version": 1, "findings": [
                  {"policy": "default", "rule": "invalid-reference", "file": "", "object": "", "container": "", "image": "a\\"b"},
                  {"policy": "default", "rule": "fixed-tag", "file": "", "object": "", "container": "", "image": "nginx"},
                  {"policy": "default", "rule": "fixed-tag", "file": "POD", "object": "Pod shop/web", "container": "a", "image": "nginx"},
                  {"policy": "default", "rule": "fixed-tag", "file": "POD", "object": "Pod shop/web", "container": "b", "image": "redis"}
                ]}
                """.replace("POD", folder.resolve("pod.yaml").toString()));
        String before = Files.readString(Path.of(baseline));
        written("--image", "a\"b", "nginx", folder.resolve("pod.yaml").toString());
        assertThat(Path.of(baseline)).hasContent(before);
        assertThat(run(
                        "check",
                        "--baseline",
                        baseline,
                        folder.resolve("pod.yaml").toString(),
                        "--image",
                        "a\"b",
                        "nginx"))
                .isZero();
    }

    @Test
    void whatOnlyWarnsIsNotInABaseline() throws IOException {
        String policy = file("p.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: tagged, enforce: %s, tag: {required: true}}]}
                """.formatted("warn"));
        String baseline = written("-p", policy, "nginx");
        assertThat(Path.of(baseline)).content().doesNotContain("tagged");
        Files.writeString(Path.of(policy), Files.readString(Path.of(policy)).replace("warn", "deny"));
        assertThat(run("check", "-p", policy, "--baseline", baseline, "nginx")).isEqualTo(1);
    }

    @Test
    void whatIsNoLongerFoundIsTold() throws IOException {
        String baseline = written("nginx", "redis");
        assertThat(run("check", "--baseline", baseline, "redis", "nginx:1")).isZero();
        assertThat(out.toString()).contains("  1 finding of the baseline no longer found: --verbose lists them\n");
        assertThat(run("check", "--verbose", "--baseline", baseline, "redis", "nginx:1"))
                .isZero();
        assertThat(out.toString())
                .contains("  1 finding of the baseline no longer found:\n    fixed-tag of default: nginx\n");
        assertThat(run("check", "--baseline", baseline, "-o", "json", "redis", "nginx:1"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "\"outcome\":\"baseline\"", "\"denied\":0,\"noLongerFound\":[\"fixed-tag of default: nginx\"]");
        assertThat(run("check", "--baseline", baseline, "redis", "nginx")).isZero();
        assertThat(out.toString()).doesNotContain("no longer found");
    }

    @Test
    void whatWasNotCheckedIsNotCalledGone() throws IOException {
        String pod = file("pod.yaml", POD);
        String other = file("other.yaml", POD.replace("name: web", "name: other"));
        String baseline = written(pod, other, "httpd");
        assertThat(run("check", "--baseline", baseline, pod)).isZero();
        assertThat(out.toString())
                .contains("\n  3 findings of the baseline not looked for: other objects were checked\n")
                .doesNotContain("no longer found");
        assertThat(run("check", "--baseline", baseline, "-o", "json", pod)).isZero();
        assertThat(out.toString())
                .contains("\"notChecked\":[\"fixed-tag of default: httpd\",\"fixed-tag of default: " + other
                        + ", Pod shop/other,")
                .doesNotContain("noLongerFound");
        assertThat(run("check", "--baseline", baseline, "-o", "markdown", pod)).isZero();
        assertThat(out.toString()).contains("3 findings of the baseline not looked for");

        Files.writeString(Path.of(pod), POD.replace("image: nginx", "image: \"nginx:1\""));
        assertThat(run("check", "--verbose", "--baseline", baseline, pod)).isZero();
        assertThat(out.toString())
                .contains("  1 finding of the baseline no longer found:\n    fixed-tag of default: " + pod
                        + ", Pod shop/web, a, nginx\n")
                .contains("  3 findings of the baseline not looked for");
        Files.writeString(Path.of(pod), POD.replaceFirst("(?s)spec:.*", "spec: {containers: []}\n"));
        assertThat(run("check", "--baseline", baseline, pod, "httpd:2")).isZero();
        assertThat(out.toString())
                .contains("  3 findings of the baseline no longer found:")
                .contains("  2 findings of the baseline not looked for");
    }

    @Test
    void aBaselineOfSomePathsLeavesTheOthersNew() throws IOException {
        String pod = file("pod.yaml", POD);
        String other = file("other.yaml", POD.replace("name: web", "name: other"));
        String baseline = written(pod);
        assertThat(run("check", "--baseline", baseline, pod, other)).isEqualTo(1);
        assertThat(out.toString())
                .contains("rule fixed-tag: 2 denied, 2 baseline")
                .doesNotContain("of the baseline");
    }

    @Test
    void inAnotherFileItIsNew() throws IOException {
        String pod = file("pod.yaml", POD);
        String dockerfile = file("Dockerfile", "FROM nginx AS build\n");
        String baseline = written(pod, dockerfile);
        assertThat(run("check", "--baseline", baseline, pod, dockerfile)).isZero();
        for (String other : List.of(
                file("other.yaml", POD),
                file("b.Dockerfile", "FROM nginx AS build\n"),
                file("images.txt", "nginx\n"))) {
            assertThat(run("check", "--baseline", baseline, pod, dockerfile, other))
                    .as(other)
                    .isEqualTo(1);
            assertThat(out.toString()).contains("3 baseline\n").doesNotContain("of the baseline");
        }
        Files.delete(Path.of(pod));
        assertThat(run("check", "--baseline", baseline, dockerfile, folder + "/other.yaml"))
                .as("renamed")
                .isEqualTo(1);
        assertThat(out.toString()).contains("2 findings of the baseline not looked for");
    }

    @Test
    void filesAreKnownByTheirPathBelowTheCurrentFolder() throws IOException {
        Path here = Files.createTempDirectory(Path.of("target"), "baseline");
        Path pod = Files.writeString(here.resolve("pod.yaml"), POD);
        String baseline = written(here + "/");
        assertThat(Path.of(baseline)).content().contains("\"file\": \"" + pod + "\"");
        for (String name :
                List.of("./" + pod, pod.toAbsolutePath().toString(), "./" + here + "/../" + here.getFileName())) {
            assertThat(run("check", "--baseline", baseline, name)).as(name).isZero();
        }
        Files.delete(pod);
        Files.delete(here);
    }

    @Test
    void findingsWithoutAFileCountInAnyAndAreWarnedOf() throws IOException {
        String pod = file("pod.yaml", POD);
        String baseline = written(pod);
        String old = file("old.json", Files.readString(Path.of(baseline)).replaceAll("\"file\": \"[^\"]*\", ", ""));
        String renamed = file("renamed.yaml", POD);
        assertThat(run("check", "--baseline", old, pod, renamed)).isZero();
        assertThat(out.toString()).contains("rule fixed-tag: 4 baseline");
        assertThat(err.toString())
                .isEqualTo("imagegate check: --baseline: findings of " + old + " without a file: 2; each counts in any"
                        + " file until it is written again with --write-baseline\n");
        assertThat(run("check", "--verbose", "--baseline", old, file("pod.yaml", POD.replace("nginx", "nginx:1"))))
                .isZero();
        assertThat(out.toString()).contains("no longer found:\n    fixed-tag of default: Pod shop/web, a, nginx\n");
        String both = file(
                "both.json",
                Files.readString(Path.of(old))
                        .replace(
                                "\n]",
                                ",\n" + Files.readAllLines(Path.of(baseline)).get(1) + "\n]")
                        .replace("},,", "},")
                        .replace(",\n]", "\n]"));
        assertThat(run("check", "--baseline", both, renamed)).isZero();
        assertThat(err.toString()).contains("without a file: 2;");
        assertThat(run("check", "--baseline", baseline, pod)).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theOrderOfABaselineDoesNotCount() throws IOException {
        String pod = file("pod.yaml", POD);
        String baseline = written(pod);
        List<String> lines = Files.readAllLines(Path.of(baseline));
        String edited = lines.get(0) + lines.get(2) + ",\r\n\t" + lines.get(1) + "\n" + lines.get(2) + "]}";
        assertThat(run("check", "--baseline", file("edited.json", edited), pod)).isZero();
        assertThat(run("check", "--baseline", file("bom.json", "\ufeff" + edited), pod))
                .isEqualTo(2);
    }

    @Test
    void theConflictOfAMergeIsToldWithItsLine() throws IOException {
        String baseline = written(file("pod.yaml", POD));
        String conflict = Files.readString(Path.of(baseline))
                .replaceFirst("\n", "\n<<<<<<< HEAD\n")
                .replaceFirst("\n]", "\n=======\n>>>>>>> other\n]");
        assertThat(run("check", "--baseline", file("conflict.json", conflict), "nginx"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("conflict.json:2:1: not a baseline: ")
                .hasLineCount(1);
    }

    @Test
    void textsThatNoBaselineTakesAreToldWhenItIsWritten() throws IOException {
        String longest = "a".repeat(8_191) + "!";
        String baseline = written("--image", longest);
        assertThat(run("check", "--baseline", baseline, "--image", longest)).isZero();
        assertThat(run("check", "--write-baseline", baseline, "--image", longest + "!"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("not written: expected texts of 8192 characters at most");
        assertThat(run("check", "--baseline", baseline, "--image", longest)).isZero();
    }

    @Test
    void inOtherReportsItIsSkippedOrSuppressed() throws IOException {
        String baseline = written("nginx");
        assertThat(run("check", "--baseline", baseline, "-o", "sarif", "nginx")).isZero();
        assertThat(out.toString())
                .contains(
                        "\"suppressions\":[{\"kind\":\"external\",\"status\":\"accepted\",\"justification\":\"the baseline has it\"}]");
        assertThat(run("check", "--baseline", baseline, "-o", "policyreport", "nginx"))
                .isZero();
        assertThat(out.toString()).contains("\"result\":\"skip\"");
        assertThat(run("check", "--baseline", baseline, "-o", "junit", "nginx")).isZero();
        assertThat(out.toString()).contains("skipped=\"1\"", "<skipped message=\"baseline by fixed-tag");
        assertThat(run("check", "--baseline", baseline, "-o", "github", "nginx"))
                .isZero();
        assertThat(out.toString()).isEqualTo("allowed: 1 image checked, 0 denied\n");
    }

    @Test
    void nothingIsWrittenWhenInputIsUnusable() throws IOException {
        Path baseline = folder.resolve("none.json");
        assertThat(run("check", "--write-baseline", baseline.toString(), "nginx", folder + "/none.yaml"))
                .isEqualTo(2);
        assertThat(baseline).doesNotExist();
        assertThat(run("check", "--write-baseline", folder + "/none/b.json", "nginx"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none/b.json: cannot be written: its folder does not exist");
    }

    @Test
    void optionsThatContradictAreRefused() throws IOException {
        String baseline = written("nginx");
        assertThat(run("check", "--baseline", baseline, "--write-baseline", baseline, "nginx"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--write-baseline writes all that is denied");
        assertThat(run("check", "--baseline", baseline, "--write", "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("--write writes only if everything is allowed");
    }

    @Test
    void aReportIsNotWrittenOverABaseline() throws IOException {
        String baseline = written("nginx");
        String before = Files.readString(Path.of(baseline));
        assertThat(run("check", "--baseline", baseline, "-o", "json=" + folder + "/./baseline.json", "nginx"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--output: " + baseline + " is the baseline: expected another file");
        assertThat(run("check", "--write-baseline", baseline, "-o", "json=" + baseline, "nginx"))
                .isEqualTo(2);
        assertThat(Path.of(baseline)).hasContent(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"version\": 2, \"findings\": []}",
                "{\"version\": \"1\", \"findings\": []}",
                "{\"version\": 1}",
                "{\"version\": 1, \"findings\": {}}",
                "{\"version\": 1, \"findings\": [1]}",
                "{\"version\": 1, \"findings\": [], \"other\": 1}",
                "{\"version\": 1, \"findings\": []} {}",
                "{\"version\": 1, \"version\": 1, \"findings\": []}",
                "{\"version\": 1, \"findings\": [{\"policy\": \"p\", \"rule\": \"r\", \"object\": \"\", \"container\": \"\"}]}",
                "{\"version\": 1, \"findings\": [{\"policy\": \"p\", \"rule\": \"r\", \"object\": \"\", \"container\": \"\", \"image\": 1}]}",
                "{\"version\": 1, \"findings\": [{\"policy\": \"p\", \"rule\": \"r\", \"file\": 1, \"object\": \"\", \"container\": \"\", \"image\": \"i\"}]}",
                "{\"version\": 1, \"findings\": [[[[[[[]]]]]]]}",
                "apiVersion: v1"
            })
    void whatIsNoBaselineIsRefused(String content) throws IOException {
        assertThat(run("check", "--baseline", file("b.json", content), "nginx")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--baseline: " + folder + "/b.json:")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void tooLongBaselinesAreRefused() throws IOException {
        String finding = "{\"policy\":\"p\",\"rule\":\"r\",\"object\":\"\",\"container\":\"\",\"image\":\"i\"}";
        String many = Collections.nCopies(100_001, finding).stream()
                .collect(Collectors.joining(",", "{\"version\":1,\"findings\":[", "]}"));
        assertThat(run("check", "--baseline", file("many.json", many), "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("many.json:").hasLineCount(1);
        String most = many.replaceFirst(Pattern.quote(finding + ","), "");
        assertThat(run("check", "--baseline", file("most.json", most), "nginx:1"))
                .isZero();
        String text = finding.replace("\"i\"", "\"" + "i".repeat(9_000) + "\"");
        assertThat(run(
                        "check",
                        "--baseline",
                        file("text.json", "{\"version\":1,\"findings\":[" + text + "]}"),
                        "nginx"))
                .isEqualTo(2);
        assertThat(run("check", "--baseline", file("long.json", " ".repeat((32 << 20) + 1)), "nginx"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected 33554432 bytes at most");
        assertThat(run("check", "--baseline", folder + "/none.json", "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("none.json: no such file");
        assertThat(run("check", "--baseline", folder.toString(), "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("expected a file, not a folder");
    }
}
