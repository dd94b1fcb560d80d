package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check --output sarif} prints is SARIF 2.1.0 by the schema that OASIS publishes. */
class SarifSchemaTest {

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema(), InputFormat.JSON);

    @TempDir
    Path folder = Path.of("");

    @Test
    void everythingThatCanStandInAReportIsValid() throws IOException {
        String policy = file("policy.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  rules:
                    - {name: fixed-tag, tag: {required: true}, description: "Tags are fixed.\\nAlways.", severity: high, link: "https://x.example/a"}
                    - {name: pinned, enforce: warn, digest: {required: true}}
                    - {name: hub, enforce: audit, deny: ["docker.io/**"]}
                  exceptions:
                    - {rules: [fixed-tag], images: [redis], reason: "a \\"reason\\"", expires: 2999-01-01}
                """);
        String images = file("a file.txt", "redis\nnginx\nbad image:@@\n");
        String manifest = file("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers: [{name: "a\\u202e", image: nginx}]
                """);

        String sarif = check("-p", policy, "-f", images, "-f", manifest, "nginx:1");
        assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
        assertThat(sarif).contains("\"suppressions\"").contains("a%20file.txt").contains("logicalLocations");
        assertThat(SCHEMA.validate(check("nginx:1"), InputFormat.JSON)).isEmpty();
        assertThat(sarif)
                .contains("\"name\":\"p/fixed-tag\",\"shortDescription\":{\"text\":\"Tags are fixed.\"}")
                .contains("\"help\":{\"text\":\"Tags are fixed.\\nAlways.\\n\\nhttps://x.example/a\"}")
                .contains("\"security-severity\":\"8.0\"")
                .contains("\"executionSuccessful\":true")
                .contains("\"uri\":\"file:///");
    }

    @Test
    void theTemplateThatHelmNamesIsThePlace() throws IOException {
        String pod =
                "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: a, image: nginx}]}\n";
        String rendered = file(
                "rendered.yaml",
                "---\n# Source: api/templates/a b.yaml\n" + pod
                        + "---\n# Source: api/templates/list.yaml\nkind: List\nitems:\n- kind: Service\n- {kind: Pod, spec: {containers: [{image: redis}]}}\n"
                        + "---\n" + pod.replace("nginx", "none")
                        + "---\n# Source: ../../etc/passwd\n" + pod.replace("nginx", "outside")
                        + "---\n# Source: /etc/passwd\n" + pod.replace("nginx", "absolute")
                        + "---\n# A comment\n# Source: api/templates/late.yaml\n" + pod.replace("nginx", "late"));
        String sarif = check("-f", rendered);
        assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
        String place = "\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"";
        assertThat(sarif)
                .containsOnlyOnce(
                        place
                                + "api/templates/a%20b.yaml\",\"uriBaseId\":\"%SRCROOT%\"},\"region\":{\"startLine\":1,\"startColumn\":1,\"endLine\":1}}")
                .containsOnlyOnce(
                        place
                                + "api/templates/list.yaml\",\"uriBaseId\":\"%SRCROOT%\"},\"region\":{\"startLine\":1,\"startColumn\":1,\"endLine\":1}}")
                .doesNotContain("passwd", "late.yaml");
        assertThat(sarif.split("rendered.yaml\"},\"region\":", -1)).hasSize(5);
    }

    @Test
    void rulesOfSeveralPoliciesHaveTheNamesOfTheirPolicies() throws IOException {
        String policy = """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: %s}
                spec: {rules: [{name: fixed-tag, tag: {required: true}}]}
                """;
        String sarif = check(
                "-p",
                file("a.yaml", policy.formatted("a")),
                "-p",
                file("b.yaml", policy.formatted("b")),
                "nginx",
                "foo_bar.com/x");
        assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
        assertThat(sarif)
                .contains("{\"id\":\"a/fixed-tag\",", "{\"id\":\"b/fixed-tag\",", "{\"id\":\"imagegate/no-registry\",")
                .contains("\"ruleId\":\"a/fixed-tag\"", "\"ruleId\":\"b/fixed-tag\"")
                .contains("\"ruleId\":\"imagegate/no-registry\"");
    }

    @Test
    void whatGlassIsBrokenForIsSuppressed() throws IOException {
        String policy = file("policy.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  rules: [{name: fixed-tag, tag: {required: true}}]
                  breakGlass: {annotation: x.image-policy.k8s.io/b, value: "INC-*", namespaces: [shop]}
                """);
        String manifest = file("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: shop, annotations: {x.image-policy.k8s.io/b: INC-1}}
                spec: {containers: [{name: a, image: nginx}]}
                """);
        String sarif = check("-p", policy, "-f", manifest);
        assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
        assertThat(sarif)
                .contains("\"suppressions\":[{\"kind\":\"external\",\"status\":\"accepted\","
                        + "\"justification\":\"broke-glass: INC-1\"}]");
    }

    @Test
    void whatCannotBeReadIsAnExecutionWithoutSuccess() throws IOException {
        String sarif = run(file("bad.yaml", "kind: a: b\n"), "nginx:1");
        assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
        assertThat(sarif)
                .contains("\"invocations\":[{\"executionSuccessful\":false,\"toolExecutionNotifications\":[{"
                        + "\"level\":\"error\",\"message\":{\"text\":\"")
                .contains("bad.yaml:1:8: not YAML");
    }

    @Test
    void aMistakeInAPolicyIsAnExecutionWithoutSuccess() throws IOException {
        String sarif = run("-p", file("policy.yaml", "kind: ImagePolicy\n"), "nginx:1");
        assertThat(SCHEMA.validate(sarif, InputFormat.JSON)).isEmpty();
        assertThat(sarif).contains("\"executionSuccessful\":false").contains("policy.yaml:1:1: ");
    }

    @Test
    void anArgumentHasALocation() {
        assertThat(check("nginx"))
                .contains(
                        "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"nginx\"},"
                                + "\"region\":{\"startLine\":1,\"startColumn\":1,\"endLine\":1}},\"logicalLocations\":[{\"fullyQualifiedName\":\"nginx\",");
        assertThat(check("nginx:latest")).contains("{\"uri\":\"./nginx:latest\"}");
    }

    @Test
    void aFileBelowTheCurrentFolderIsRelative() throws IOException {
        Path file = Path.of("target/relative.txt");
        Files.createDirectories(Path.of("target"));
        Files.writeString(file, "nginx\n");
        String relative = "{\"uri\":\"target/relative.txt\",\"uriBaseId\":\"%SRCROOT%\"}";
        assertThat(check("./target/relative.txt")).contains(relative);
        assertThat(check(file.toAbsolutePath().toString())).contains(relative);
        assertThat(check("-f", file("outside.txt", "nginx\n")))
                .contains("outside.txt\"}")
                .doesNotContain("uriBaseId");
    }

    @Test
    void fingerprintsStayWhenLinesMoveAndOtherFindingsHaveOthers() throws IOException {
        String pod =
                "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: a, image: nginx}]}\n";
        List<String> first = fingerprints(file("a.yaml", pod));
        assertThat(first).singleElement().asString().matches("[0-9a-f]{32}:1");
        assertThat(fingerprints(file("moved.yaml", "# Lines\n# move.\n" + pod))).isEqualTo(first);
        assertThat(fingerprints(file("twice.yaml", pod + "---\n" + pod)))
                .containsExactly(first.get(0), first.get(0).replace(":1", ":2"));
        assertThat(fingerprints(file("a.yaml", pod), file("b.yaml", pod))).containsExactly(first.get(0), first.get(0));
        for (String other : List.of(
                pod.replace("nginx", "redis"), pod.replace("name: a", "name: b"), pod.replace("web", "other"))) {
            assertThat(fingerprints(file("other.yaml", other))).doesNotContain(first.get(0));
        }
    }

    private static List<String> fingerprints(String... files) {
        return Pattern.compile("\"partialFingerprints\":\\{\"finding/v1\":\"([^\"]+)\"")
                .matcher(check(files))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void noMoreResultsAreWrittenThanCodeScanningTakes() throws IOException {
        String images = "nginx\n".repeat(25_002);
        String sarif = check("-f", file("images.txt", images));
        assertThat(sarif.split("\"ruleId\":", -1)).hasSize(25_001);
        assertThat(sarif).contains("{\"level\":\"warning\",\"message\":{\"text\":\"2 results are left out: ");
        assertThat(check("-f", file("some.txt", "nginx\n".repeat(25_000)))).doesNotContain("left out");
    }

    @Test
    void noLongerFileIsWrittenThanCodeScanningTakes() throws IOException {
        Random random = new Random(1);
        StringBuilder images = new StringBuilder();
        for (int i = 0; i < 12_000; i++) {
            images.append("A/");
            random.ints(2_000, 0, 64).forEach(c -> images.append((char) ('0' + c)));
            images.append('\n');
        }
        String sarif = check("-f", file("images.txt", images.toString()));
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(sarif.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(compressed.size()).isBetween(8_000_000, 10_000_000);
        assertThat(sarif)
                .containsPattern("\"text\":\"[0-9]+ results are left out: ")
                .endsWith("]}\n");
    }

    @Test
    void theSchemaRefusesWhatIsNot() throws IOException {
        String sarif = check("nginx");
        assertThat(SCHEMA.validate(sarif.replace("\"level\":\"error\"", "\"level\":\"denied\""), InputFormat.JSON))
                .isNotEmpty();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static String check(String... arguments) {
        String sarif = run(arguments);
        assertThat(sarif).contains("\"executionSuccessful\":true");
        return sarif;
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = new String[arguments.length + 3];
        System.arraycopy(new String[] {"check", "-o", "sarif"}, 0, all, 0, 3);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
        return out.toString();
    }

    private static String schema() {
        try (InputStream in = SarifSchemaTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
