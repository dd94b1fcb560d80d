package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Reports of {@code check} in all formats, several at once, in files and on standard output. */
class ReportOutputsTest extends CommandTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              rules:
                - {name: fixed-tag, severity: high, tag: {required: true}}
                - {name: pinned, enforce: warn, digest: {required: true}}
                - {name: ours, enforce: audit, severity: critical, allow: ["ghcr.io/**"]}
                - {name: recent, match: {images: ["**/versioned"]}, tag: {semver: ">=1.0.0"}}
              exceptions:
                - {rules: [fixed-tag], images: [redis], reason: "not yet", expires: 2999-01-01}
            """;

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec:
              containers:
                - {name: a, image: nginx}
                - {name: b, image: "redis"}
                - {name: c, image: "ghcr.io/acme/versioned:next"}
                - {name: d, image: "ghcr.io/acme/api:1@sha256:%s"}
            """.formatted("a".repeat(64));

    @TempDir
    Path folder = Path.of("");

    private String policy = "";
    private String pod = "";

    @BeforeEach
    void write() throws IOException {
        policy = file("policy.yaml", POLICY);
        pod = file("pod.yaml", POD);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void textHasASummaryAndABlockForEachImage() {
        assertThat(run("check", "-p", policy, pod)).isEqualTo(1);
        assertThat(out.toString().replace(folder + "/", "")).isEqualTo("""
                denied: 4 images checked, 2 denied
                  rule fixed-tag: 1 denied, 1 exempted, severity high
                  rule pinned: 3 warned
                  rule ours: 2 audited, severity critical
                  rule recent: 1 denied

                denied  pod.yaml:6:24  nginx
                  in Pod shop/web, spec.containers[0] "a"
                  fixed-tag: it has no tag, so it means "latest"; write a fixed tag
                  pinned (warned): it is not pinned by a digest (@sha256:…)
                  ours (audited): it matches none of the allowed patterns

                warned  pod.yaml:7:24  redis
                  in Pod shop/web, spec.containers[1] "b"
                  fixed-tag (exempted): it has no tag, so it means "latest"; write a fixed tag; exempted: not yet
                  pinned: it is not pinned by a digest (@sha256:…)
                  ours (audited): it matches none of the allowed patterns

                denied  pod.yaml:8:24  ghcr.io/acme/versioned:next
                  in Pod shop/web, spec.containers[2] "c"
                  pinned (warned): it is not pinned by a digest (@sha256:…)
                  recent: the tag "next" is not a version such as 1.2.3, so it cannot be compared with the range >=1.0.0
                """);
    }

    @Test
    void quietTextHasOnlyWhatDenies() {
        assertThat(run("check", "-q", "-p", policy, pod)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("denied: 4 images checked")
                .contains("fixed-tag: it has no tag", "recent: ")
                .doesNotContain("warned", "audited", "exempted", "redis");
        assertThat(run("check", "--quiet", "-p", policy, "ghcr.io/acme/api:1")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theSummaryOfVeryManyFindingsComesLastAndNothingIsLost() throws IOException {
        String images = IntStream.range(0, 1_500).mapToObj(i -> "a/b" + i).collect(Collectors.joining("\n", "", "\n"));
        assertThat(run("check", file("images.txt", images))).isEqualTo(1);
        assertThat(out.toString().lines().filter(line -> line.startsWith("denied  ")))
                .hasSize(1_500);
        assertThat(out.toString()).startsWith("\ndenied  ").endsWith("""
                        denied: 1500 images checked, 1500 denied
                          rule fixed-tag: 1500 denied
                          --write-baseline FILE records what is denied, and with --baseline FILE only new findings fail
                        """);
    }

    @Test
    void longTextsRepeatTheVerdictAtTheEnd() throws IOException {
        String last = """

                denied: 21 images checked, 21 denied
                  --write-baseline FILE records what is denied, and with --baseline FILE only new findings fail
                """;
        String many = file("many.txt", "nginx\n".repeat(21));
        assertThat(run("check", many)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("denied: 21 images checked, 21 denied\n")
                .endsWith(last);
        String baseline = folder.resolve("baseline.json").toString();
        assertThat(run("check", "--write-baseline", baseline, many)).isZero();
        assertThat(run("check", "--verbose", "--baseline", baseline, many, "httpd"))
                .isEqualTo(1);
        assertThat(out.toString()).endsWith("\n\ndenied: 22 images checked, 1 denied\n");
        assertThat(run("check", file("few.txt", "nginx\n".repeat(20)))).isEqualTo(1);
        assertThat(out.toString()).containsOnlyOnce("denied: 20 images checked").doesNotContain("--write-baseline");
    }

    @Test
    void textInAFileTellsWhatCannotBeRead() throws IOException {
        assertThat(run("check", "-o", "text=" + folder.resolve("r.txt"), folder + "/none.yaml", "nginx:1"))
                .isEqualTo(2);
        assertThat(read("r.txt").replace(folder + "/", "")).isEqualTo("""
                unusable input: 1 image checked, 0 denied, 1 problem
                  none.yaml: no such file or folder
                """);
        assertThat(run("check", folder + "/none.yaml", "nginx:1")).isEqualTo(2);
        assertThat(out.toString()).doesNotContain("none.yaml");
    }

    @Test
    void reportsInTheFolderThatIsCheckedAreNoInput() throws IOException {
        Files.delete(Path.of(policy));
        String[] command = {
            "check",
            "-o",
            "text",
            "-o",
            "json=" + folder.resolve("r.json"),
            "-o",
            "policyreport=" + folder.resolve("p.json"),
            "-o",
            "openreports=" + folder.resolve("o.yaml"),
            folder.toString()
        };
        assertThat(run(command)).isEqualTo(1);
        String first = out.toString();
        assertThat(first).startsWith("denied: 4 images checked, 2 denied\n  rule");
        assertThat(run(command)).isEqualTo(1);
        assertThat(out).hasToString(first);
        assertThat(run("check", folder.toString())).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("denied: 4 images checked, 2 denied, left out: 1 other file\n")
                .doesNotContain("unknown-kind");
    }

    @Test
    void severalReportsAreWrittenAtOnce() throws IOException {
        assertThat(run(
                        "check",
                        "-p",
                        policy,
                        "-o",
                        "text",
                        "-o",
                        "json=" + folder.resolve("r.json"),
                        "-o",
                        "sarif=" + folder.resolve("r.sarif"),
                        pod))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith("denied: 4 images checked");
        assertThat(read("r.json"))
                .startsWith("{\"findings\":[")
                .contains("\"line\":6,\"column\":24")
                .endsWith("}\n");
        assertThat(read("r.sarif")).contains("\"region\":{\"startLine\":6,\"startColumn\":24,\"endLine\":6}");
        assertThat(names()).containsExactly("pod.yaml", "policy.yaml", "r.json", "r.sarif");
        assertThat(run("check", "-p", policy, "-o", "json=" + folder.resolve("r.json"), "nginx:1"))
                .isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(read("r.json")).contains("\"allowed\":true");
    }

    @Test
    void twoReportsCannotHaveOnePlace() {
        assertThat(run("check", "-o", "text", "-o", "json", "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("standard output gets two reports: expected FORMAT=FILE");
        assertThat(run("check", "-o", "json=a", "-o", "sarif=a", "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("--output: a gets two reports");
        assertThat(run("check", "-o", "json=" + folder.resolve("a"), "-o", "sarif=" + folder + "/./b/../a", "nginx"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("/./b/../a gets two reports");
        assertThat(run("check", "-o", "html", "nginx")).isEqualTo(2);
        assertThat(err.toString())
                .contains("expected one of text, json, sarif, junit, github, markdown, policyreport,");
        assertThat(run("check", "-o", "SARIF", "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("(did you mean sarif?), got \"SARIF\"");
        assertThat(run("check", "-o", "json=-", "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("expected FORMAT alone for standard output, got \"json=-\"");
        assertThat(run("check", "-o", "json=", "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("expected the name of a file after =");
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeAnythingIsChecked() throws IOException {
        assertThat(run("check", "-o", "json=" + folder.resolve("none/r.json"), "nginx"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("none/r.json: cannot be written: its folder does not exist")
                .hasLineCount(1);
        assertThat(run("check", "-o", "json=" + folder, "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("expected a file, not a folder");
        assertThat(run("check", "-o", "json=" + file("plain", "") + "/r.json", "nginx"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("plain/r.json: cannot be written: Not a directory")
                .doesNotContain(".tmp");
        Path target = Path.of(file("target", "kept"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertThat(run("check", "-o", "text", "-o", "json=" + link, "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("a symbolic link is not written");
        assertThat(out.toString()).isEmpty();
        assertThat(target).hasContent("kept");
        assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void aReportThatCannotBeWrittenCompletelyIsNoSuccess() {
        assumeThat(Path.of("/dev/full")).exists();
        assertThat(run("check", "-o", "json=/dev/full", "nginx:1")).isEqualTo(2);
        assertThat(err.toString()).contains("--output: /dev/full: cannot be written: No space left on device");
    }

    @Test
    void aNewReportHasThePermissionsOfTheOlderOneAndTellsOfUnusablePolicies() throws IOException {
        Path report = Files.writeString(folder.resolve("r.txt"), "old");
        Files.setPosixFilePermissions(report, PosixFilePermissions.fromString("rw-------"));
        assertThat(run("check", "-p", policy, "-o", "markdown=" + report, "nginx"))
                .isEqualTo(1);
        assertThat(Files.getPosixFilePermissions(report)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(run("check", "-p", folder + "/none.yaml", "-o", "markdown=" + report, "nginx"))
                .isEqualTo(2);
        assertThat(report)
                .content()
                .startsWith("## Imagegate: unusable input\n")
                .contains("none.yaml");
        assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void junitHasACaseForEachImage() throws Exception {
        assertThat(run("check", "-p", policy, "-o", "junit", pod, "--image", "nginx:\u0001"))
                .isEqualTo(1);
        Document report = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(out.toString())));
        Element suite = (Element) report.getElementsByTagName("testsuite").item(1);
        assertThat(suite.getAttribute("name")).endsWith("pod.yaml");
        assertThat(Stream.of("tests", "failures", "errors", "skipped").map(suite::getAttribute))
                .containsExactly("4", "1", "1", "0");
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        Element first = (Element) suite.getElementsByTagName("testcase").item(0);
        assertThat(first.getAttribute("classname")).isEqualTo("Pod shop/web");
        assertThat(first.getAttribute("name")).isEqualTo("nginx spec.containers[0] \"a\"");
        assertThat(first.getAttribute("line")).isEqualTo("6");
        Element failure = (Element) first.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("type")).isEqualTo("fixed-tag");
        assertThat(failure.getTextContent()).contains("pod.yaml:6:24: denied by fixed-tag: it has no tag");
        assertThat(first.getElementsByTagName("system-out").item(0).getTextContent())
                .contains("warned by pinned", "audited by ours");
        assertThat(out.toString()).contains("<error type=\"recent\"");
        assertThat(((Element) report.getElementsByTagName("testsuite").item(0)).getAttribute("name"))
                .isEqualTo("images");
    }

    @Test
    void junitTellsWhatExceptionsCoverAndWhatCannotBeRead() throws IOException {
        String covered = file("covered.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: covered}
                spec:
                  rules: [{name: fixed-tag, tag: {required: true}}]
                  exceptions: [{rules: [fixed-tag], images: [redis], reason: "not yet", expires: 2999-01-01}]
                """);
        assertThat(run("check", "-p", covered, "-o", "junit", file("bad.yaml", "kind: [\n"), "redis"))
                .isEqualTo(2);
        assertThat(out.toString())
                .contains(
                        "tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\"",
                        "<skipped message=\"exempted by fixed-tag")
                .contains("<testsuite name=\"input\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">")
                .contains("<error type=\"unusable\" message=\"");
    }

    @Test
    void annotationsOfGithubHaveTheLine() {
        assertThat(run("check", "-p", policy, "-o", "github", pod)).isEqualTo(1);
        assertThat(out.toString().replace(folder + "/", "").lines())
                .contains(
                        "::error file=pod.yaml,line=6,col=24,title=imagegate%3A fixed-tag::nginx: it has no tag, so it"
                                + " means \"latest\"; write a fixed tag (Pod shop/web, spec.containers[0] \"a\")")
                .anyMatch(line ->
                        line.startsWith("::warning file=pod.yaml,line=6,col=24,title=imagegate%3A pinned::nginx"))
                .anyMatch(line -> line.startsWith("::notice file=pod.yaml,line=7"))
                .noneMatch(line -> line.contains("exempted") || line.contains("redis: it has no tag"))
                .last()
                .isEqualTo("denied: 4 images checked, 2 denied");
    }

    @Test
    void annotationsNameFilesAsTheRepositoryDoes() {
        assertThat(run("check", "-o", "github", pod.replace("pod.yaml", "./pod.yaml")))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith("::error file=" + pod + ",line=");
    }

    @Test
    void noTextOfAFileBecomesACommandOfGithub() throws IOException {
        String hostile = file("a,line=1::b%0A.txt", "::add-mask::x%0A::error::y\n::set-output name=a::b\n##[error]c\n");
        assertThat(run("check", "-o", "github", hostile)).isEqualTo(1);
        assertThat(out.toString().lines().limit(2))
                .allSatisfy(line -> assertThat(line)
                        .matches("::error file=[^:,]*a%2Cline=1%3A%3Ab%250A\\.txt,line=\\d,col=1,title=imagegate%3A"
                                + " invalid-reference::.+"));
        assertThat(out.toString()).contains("::::add-mask::x%250A::error::y: ").hasLineCount(3);
        assertThat(run("check", hostile)).isEqualTo(1);
        assertThat(out.toString().lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
    }

    @Test
    void markdownHasATable() {
        assertThat(run("check", "-p", policy, "-o", "markdown", pod)).isEqualTo(1);
        assertThat(out.toString().replace(folder.toString().replace("-", "\\-") + "/", ""))
                .startsWith("""
                ## Imagegate: denied

                4 images checked, 2 denied.

                | Outcome | Where | Image | Rule | Finding |
                |---|---|---|---|---|
                | **denied** | pod.yaml\\:6\\:24<br>Pod shop/web<br>spec.containers\\[0\\] "a" | nginx | fixed\\-tag | it has no tag, \
                so it means "latest"; write a fixed tag |
                """);
    }

    @Test
    void noTextOfAFileBecomesMarkup() throws IOException {
        String hostile = file(
                "x.txt", "<script>|`a`|[b](https://evil.example)\n@octocat \nx#1|www.evil.example:$x$&amp;**b**\n");
        assertThat(run("check", "-o", "markdown", hostile)).isEqualTo(1);
        assertThat(out.toString())
                .contains("&lt;script&gt;\\|\\`a\\`\\|\\[b\\]\\(https\\://evil.example\\)")
                .contains("@<!-- -->octocat", "x#<!-- -->1\\|www<!-- -->.evil.example\\:\\$x\\$&amp;amp;\\*\\*b\\*\\*")
                .doesNotContain("<script", "@octocat", "www.evil", "https:/");
    }

    @Test
    void markdownIsNoLongerThanAJobSummary() throws IOException {
        String images = IntStream.range(0, 10_000)
                .mapToObj(i -> "a/" + "b".repeat(100) + i)
                .collect(Collectors.joining("\n"));
        assertThat(run("check", "-o", "markdown", file("images.txt", images))).isEqualTo(1);
        assertThat(out.toString().length()).isLessThan(1 << 20);
        assertThat(out.toString()).contains("More findings than fit here: ");
    }
}
