package io.imagegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
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
                .contains("\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"nginx\"},"
                        + "\"region\":{\"startLine\":1}},\"logicalLocations\":[{\"fullyQualifiedName\":\"nginx\",");
        assertThat(check("nginx:latest")).contains("{\"uri\":\"./nginx:latest\"}");
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
