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
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} says of what it does not judge, or judges only as a part: bases, remote ones, charts, templates. */
class CheckCompleteTest extends CommandTest {

    private static final String POD =
            "kind: Pod\napiVersion: v1\nmetadata: {name: web}\nspec: {containers: [{image: nginx}]}\n";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void base() throws IOException {
        file("apps/base/web.yaml", POD);
        file("apps/base/kustomization.yaml", "resources: [web.yaml]\n");
        file("apps/decoy/kustomization.yaml", "resources: [../base]\nimages: [{name: nginx, newTag: '1'}]\n");
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, content);
    }

    private int check(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "check";
        System.arraycopy(options, 0, all, 1, options.length);
        all[all.length - 1] = folder.toString();
        return run(all);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            helmCharts: [{name: a, repo: 'https://r.example', version: '1'}] | version: '1' | version: '2'
            helmCharts: [{name: a, valuesInline: {image: a}}]                | image: a     | image: b
            generators: ["kind: A\\nimage: a"]                               | image: a     | image: b
            resources: ["https://r.example/LONG?ref=1"]                      | ref=1        | ref=2
            """)
    @DisplayName("another chart, generator or remote base than that of the baseline is a problem")
    void another(String field, String old, String other) throws IOException {
        String before = field.replace("LONG", "x".repeat(400));
        Path baseline = folder.resolve("bl");
        file("apps/decoy/kustomization.yaml", before + "\n");
        file("apps/base/web.yaml", POD.replace("nginx", "nginx:1"));
        assertThat(check("--complete", "--write-baseline", baseline.toString()))
                .as(out.toString() + err)
                .isZero();
        assertThat(check("--complete", "--baseline", baseline.toString())).isZero();
        file("apps/decoy/kustomization.yaml", before.replace(old, other) + "\n");
        assertThat(check("--complete", "--baseline", baseline.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(": not judged: expected a local file or folder with objects");
    }

    @Test
    @DisplayName("a base that another kustomization includes is warned of, and denied by --complete")
    void hidden() {
        assertThat(check()).as(out.toString() + err).isZero();
        assertThat(out.toString())
                .startsWith("""
                        allowed: 2 images checked, 0 denied, judged only as a part: 1 file
                          rule fixed-tag: 1 warned
                          a kustomization that another one includes is judged alone, too: --bases GLOB names \
                        """)
                .contains("\nwarned  " + folder.resolve("apps/base/web.yaml") + ":4:29  nginx\n")
                .contains(" (if " + folder.resolve("apps/base/kustomization.yaml") + " is deployed alone)\n");
        assertThat(check("--complete")).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("denied: 2 images checked, 1 denied, judged only as a part: 1 file\n")
                .contains("\ndenied  ", "is deployed alone)");
        assertThat(check("--quiet")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "base, true",
        "ba*, true",
        "apps/base, true",
        "*/base/, true",
        "bas, false",
        "decoy, false",
        "base/base, false",
        "kustomization.yaml, false"
    })
    @DisplayName("--bases names folders of what is never deployed alone")
    void bases(String glob, boolean matches) {
        assertThat(check("--complete", "--bases", glob)).isEqualTo(matches ? 0 : 1);
        assertThat(out.toString())
                .contains(matches ? "judged only as a part: 1 base, 1 file\n" : "judged only as a part: 1 file\n");
    }

    @Test
    @DisplayName("files that are named are matched as they are named")
    void basesOfNamedFiles() {
        String base = folder.resolve("apps/base/kustomization.yaml").toString();
        String decoy = folder.resolve("apps/decoy/kustomization.yaml").toString();
        assertThat(run("check", "--complete", base, decoy)).isEqualTo(1);
        assertThat(run("check", "--complete", "--bases", "base", base, decoy)).isZero();
        assertThat(run("check", "--complete", "--bases", "/*/apps/base", base, decoy))
                .isZero();
        assertThat(run("check", "--bases", "a/../b", base)).isEqualTo(2);
        assertThat(err.toString()).startsWith("imagegate check: --bases: expected a glob");
    }

    @Test
    @DisplayName("a Component is never deployed alone, and neither is what no overlay includes a part")
    void components() throws IOException {
        file("apps/part/web.yaml", POD.replace("web", "part"));
        file(
                "apps/part/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [web.yaml]\n");
        file(
                "apps/decoy/kustomization.yaml",
                "resources: [../base]\ncomponents: [../part]\nimages: [{name: nginx, newTag: '1'}]\n");
        assertThat(check("--complete", "--bases", "base"))
                .as(out.toString() + err)
                .isZero();
        assertThat(out.toString())
                .contains("2 images checked, 0 denied, judged only as a part: 1 Component, 1 base, 2 files");
        file("apps/other/kustomization.yaml", "resources: [../base]\n");
        assertThat(check()).as("another overlay").isEqualTo(1);
    }

    @Test
    @DisplayName("an overlay of an overlay has two bases, and one that allows is said nothing of")
    void levels() throws IOException {
        file("apps/top/kustomization.yaml", "resources: [../decoy]\n");
        assertThat(check()).isZero();
        assertThat(out.toString()).contains("2 images checked", "1 warned").containsOnlyOnce("\nwarned  ");
    }

    @Test
    @DisplayName("a base of which the same is said as of what includes it is reported once, in every report")
    void same() throws IOException {
        file("apps/decoy/kustomization.yaml", "resources: [../base]\n");
        assertThat(check("--complete")).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("denied: 1 image checked, 1 denied, judged only as a part: 1 file\n")
                .containsOnlyOnce("\ndenied  ")
                .doesNotContain("is deployed alone");
        assertThat(check("--complete", "-o", "json")).isEqualTo(1);
        assertThat(out.toString()).containsOnlyOnce("\"rule\":").contains("\"images\":1,\"denied\":1");
        assertThat(check("--complete", "-o", "sarif")).isEqualTo(1);
        assertThat(out.toString()).containsOnlyOnce("\"ruleId\":");
        assertThat(check("--complete", "-o", "junit")).isEqualTo(1);
        assertThat(out.toString()).contains("failures=\"1\"").containsOnlyOnce("<failure");
        assertThat(check("--complete", "-o", "github")).isEqualTo(1);
        assertThat(out.toString()).containsOnlyOnce("::error file=");
        assertThat(check("--complete", "-o", "policyreport")).isEqualTo(1);
        assertThat(out.toString()).contains("\"pass\":0,\"fail\":1");
        String baseline = folder.resolve("baseline").toString();
        assertThat(check("--complete", "--write-baseline", baseline)).isZero();
        assertThat(Path.of(baseline)).content().containsOnlyOnce("\"image\": \"nginx\"");
        assertThat(check("--complete", "--baseline", baseline)).isZero();
        assertThat(out.toString()).contains("rule fixed-tag: 1 baseline");
    }

    @Test
    @DisplayName(
            "a base is reported where its object has another name or namespace in what includes it, or another image")
    void others() throws IOException {
        for (String change : new String[] {"namePrefix: x-", "namespace: shop"}) {
            file("apps/decoy/kustomization.yaml", "resources: [../base]\n" + change + "\n");
            assertThat(check("--complete")).isEqualTo(1);
            assertThat(out.toString())
                    .startsWith("denied: 2 images checked, 2 denied")
                    .contains("Pod web", "is deployed alone");
        }
        file(
                "apps/base/web.yaml",
                POD.replace(
                        "{image: nginx}", "{name: a, image: nginx}, {name: b, image: redis}, {name: c, image: 'a:1'}"));
        file("apps/decoy/kustomization.yaml", "resources: [../base]\nimages: [{name: redis, newTag: '1'}]\n");
        assertThat(check("--complete")).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("denied: 4 images checked, 2 denied")
                .containsOnlyOnce("  nginx\n")
                .containsOnlyOnce("  redis\n")
                .containsOnlyOnce("is deployed alone");
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).contains("4 images checked, 1 denied", "rule fixed-tag: 1 denied, 1 warned");
    }

    @Test
    @DisplayName("of two bases that are alike one is reported")
    void alike() throws IOException {
        file("apps/middle/kustomization.yaml", "resources: [../base]\n");
        file("apps/decoy/kustomization.yaml", "resources: [../middle]\nimages: [{name: nginx, newTag: '1'}]\n");
        assertThat(check("--complete")).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("denied: 2 images checked, 1 denied")
                .containsOnlyOnce("is deployed alone");
    }

    @Test
    @DisplayName("every report says it alike")
    void reports() {
        String base = folder.resolve("apps/base/kustomization.yaml").toString();
        assertThat(check("-o", "json")).isZero();
        assertThat(out.toString())
                .contains("\"outcome\":\"warned\"", "\"base\":\"" + base + "\"", "\"judgedAsPart\":{\"file\":1}")
                .contains("\"allowed\":true", "is deployed alone)\"");
        assertThat(check("-o", "sarif")).isZero();
        assertThat(out.toString()).contains("\"level\":\"warning\"", "is deployed alone)");
        assertThat(check("-o", "junit")).isZero();
        assertThat(out.toString())
                .contains("failures=\"0\" errors=\"0\"", "<system-out>", "warned by fixed-tag: ", "is deployed alone)");
        assertThat(check("-o", "github")).isZero();
        assertThat(out.toString()).contains("::warning file=", "is deployed alone)");
        assertThat(check("-o", "markdown")).isZero();
        assertThat(out.toString()).contains("| warned | ", "is deployed alone");
        assertThat(check("-o", "policyreport")).isZero();
        assertThat(out.toString())
                .contains("\"result\":\"warn\"", "\"outcome\":\"warned\"", "\"base\":\"" + base + "\"")
                .contains("\"pass\":1,\"fail\":0,\"warn\":1");
        assertThat(check("--complete", "-o", "policyreport")).isEqualTo(1);
        assertThat(out.toString()).contains("\"result\":\"fail\"", "\"outcome\":\"denied\"");
        assertThat(check("--complete", "-o", "sarif")).isEqualTo(1);
        assertThat(out.toString()).contains("\"level\":\"error\"");
        assertThat(check("--complete", "-o", "junit")).isEqualTo(1);
        assertThat(out.toString()).contains("failures=\"1\"");
    }

    @Test
    @DisplayName("a base is in a baseline only if it was denied")
    void baseline() {
        String baseline = folder.resolve("baseline").toString();
        assertThat(check("--write-baseline", baseline)).isZero();
        assertThat(check("--complete", "--baseline", baseline)).isEqualTo(1);
        assertThat(check("--complete", "--write-baseline", baseline)).isZero();
        assertThat(check("--complete", "--baseline", baseline)).isZero();
        assertThat(out.toString()).contains("rule fixed-tag: 1 baseline");
    }

    @Test
    @DisplayName("what is not judged and is in the baseline is no problem; another one, or in another file, is")
    void notJudgedInBaseline() throws IOException {
        String remote = "resources: [\"https://example.test/x?ref=v1\", ../base]\n";
        file("apps/base/web.yaml", POD.replace("nginx", "nginx:1"));
        file("apps/decoy/kustomization.yaml", remote);
        file("Dockerfile.j2", "FROM {{ image }}\n");
        Path baseline = folder.resolve("baseline");
        assertThat(check("--write-baseline", baseline.toString())).isZero();
        assertThat(baseline).content().doesNotContain("not-judged");
        assertThat(check("--complete", "--baseline", baseline.toString())).isEqualTo(2);
        assertThat(check("--complete", "--write-baseline", baseline.toString()))
                .as(err.toString())
                .isZero();
        assertThat(baseline)
                .content()
                .contains("{\"policy\": \"\", \"rule\": \"not-judged\", \"file\": \"" + folder.resolve("Dockerfile.j2")
                        + "\", \"object\": \"Dockerfile template\", \"container\": \"\", \"image\": \"\"}")
                .contains(
                        "\"included resource\", \"container\": \"\", \"image\": \"\\\"https://example.test/x?ref=v1\\\"\"}");
        file("apps/decoy/kustomization.yaml", "# moved\n" + remote);
        assertThat(check("--complete", "--baseline", baseline.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("not judged: 1 Dockerfile template, 1 included resource");
        file("apps/decoy/kustomization.yaml", remote.replace("v1", "v2"));
        assertThat(check("--complete", "--baseline", baseline.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("v2\": not judged").hasLineCount(1);
        file("apps/decoy/kustomization.yaml", remote);
        file("apps/other/kustomization.yaml", remote);
        assertThat(check("--complete", "--baseline", baseline.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("decoy/kustomization.yaml:1: \"https://example.test/x?ref=v1\": not read")
                .contains("other/kustomization.yaml:1: \"https://example.test/x?ref=v1\": not judged");
    }

    @Test
    @DisplayName("pin asks for no image of a base alone")
    void pin() throws IOException {
        file("apps/base/web.yaml", POD.replace("nginx", "127.0.0.1:1/app"));
        file("apps/decoy/kustomization.yaml", "resources: [../base]\nimages: [{name: 127.0.0.1:1/app, newTag: '1'}]\n");
        assertThat(run("pin", "--partial", folder.toString()))
                .as(err.toString())
                .isZero();
        assertThat(err.toString())
                .contains("decoy/kustomization.yaml:2:", "127.0.0.1:1/app:1")
                .doesNotContain("base/web.yaml");
    }

    @Test
    @DisplayName("remote bases, charts and templates are not judged: the summary says so, and --complete ends with 2")
    void notJudged() throws IOException {
        file(
                "apps/decoy/kustomization.yaml",
                "resources: [\"https://example.test/x?ref=v1\"]\nhelmCharts: [{name: x}]\n");
        file("apps/base/web.yaml", POD.replace("nginx", "nginx:1"));
        file("chart/Chart.yaml", "name: chart\n");
        file("chart/templates/web.yaml", "kind: Pod\nspec: {{ .Values.spec }}\n");
        file("Dockerfile.j2", "FROM {{ image }}\n");
        assertThat(check()).isZero();
        String said = "not judged: 1 Dockerfile template, 1 Helm template, 2 included resources";
        assertThat(out.toString())
                .startsWith(
                        "allowed: 1 image checked, 0 denied, " + said + ", judged only as a part: 1 file, left out: ");
        assertThat(err.toString())
                .hasLineCount(2)
                .contains("kustomization.yaml:1: \"https://example.test/x?ref=v1\": not read");
        assertThat(check("--verbose")).isZero();
        assertThat(err.toString())
                .contains(folder.resolve("Dockerfile.j2") + ": not read: a template of a Dockerfile: expected");
        assertThat(check("--complete")).isEqualTo(2);
        assertThat(out.toString()).startsWith("unusable input: 1 image checked, 0 denied, 4 problems, " + said);
        assertThat(err.toString())
                .hasLineCount(4)
                .contains("imagegate check: " + folder.resolve("Dockerfile.j2") + ": not judged: a template of a ")
                .contains("kustomization.yaml:1: \"https://example.test/x?ref=v1\": not judged: expected a local ");
        assertThat(check("--complete", "--exclude", "decoy", "--exclude", "Dockerfile.j2", "--exclude", "chart"))
                .isZero();
        assertThat(check("--complete", "--exit-zero")).isEqualTo(2);

        assertThat(check("-o", "json")).isZero();
        assertThat(out.toString())
                .contains("\"notJudged\":{\"Dockerfile template\":1,\"Helm template\":1,\"included resource\":2}");
        assertThat(check("-o", "sarif")).isZero();
        assertThat(out.toString())
                .contains("\"toolExecutionNotifications\":[{\"level\":\"warning\",\"message\":{\"text\":\"" + said
                        + "\"}}]");
        assertThat(check("-o", "junit")).isZero();
        assertThat(out.toString())
                .contains("<testsuite name=\"input\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\">")
                .contains("<skipped message=\"" + said + "\"");
        assertThat(check("-o", "github")).isZero();
        assertThat(out.toString()).contains("::warning title=imagegate::" + said + "\n");
        assertThat(check("-o", "markdown")).isZero();
        assertThat(out.toString()).contains(said);
        assertThat(check("-o", "policyreport")).isZero();
        assertThat(out.toString())
                .contains("\"rule\":\"judged-input\",\"result\":\"warn\",\"message\":\"" + said + "\"");
    }

    @Test
    @DisplayName("--repository tells paths of other repositories from folders of the same name here")
    void repository() throws IOException {
        file("app.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: a}
                spec: {source: {repoURL: "https://github.com/acme/deploy", path: apps/base, kustomize: {images: ["nginx=a.io/b:1"]}}}
                """);
        assertThat(check("--complete", "--repository", "git@github.com:acme/deploy.git"))
                .isOne();
        assertThat(check("--complete", "--repository", "git@github.com:acme/other.git"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("app.yaml:4: \"apps/base\": not judged: ");
        assertThat(check("--repository", "acme/deploy")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate check: --repository: expected the URL of a repository, such as"
                        + " https://github.com/acme/deploy or git@github.com:acme/deploy.git, got \"acme/deploy\"");
    }
}
