package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports that are objects of Kubernetes, by their published definitions. */
class PolicyReportTest extends CommandTest {

    private static final Schema SCHEMA = ReportDefinitions.schema();

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              rules:
                - {name: fixed-tag, severity: high, tag: {required: true}}
                - {name: pinned, enforce: warn, match: {images: [nginx]}, digest: {required: true}}
                - {name: ours, enforce: audit, severity: critical, match: {images: [nginx]}, allow: ["ghcr.io/**"]}
                - {name: recent, match: {images: ["**/versioned"]}, tag: {semver: ">=1.0.0"}}
              exceptions:
                - {rules: [fixed-tag], images: [redis], reason: "not yet", expires: 2999-01-01}
            """;

    private static final String OBJECTS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              template:
                spec:
                  containers:
                    - {name: a, image: nginx}
                    - {name: b, image: redis}
                    - {name: c, image: "ghcr.io/acme/versioned:next"}
                    - {name: d, image: "ghcr.io/acme/api:1"}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: clean}
            spec: {containers: [{name: a, image: "httpd:2"}]}
            """;

    @TempDir
    Path folder = Path.of("");

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void thereIsAnObjectForEachNamespaceAndOneForWhatIsInNone() throws IOException {
        assertThat(run(
                        "check",
                        "-p",
                        file("policy.yaml", POLICY),
                        "-o",
                        "policyreport",
                        file("objects.yaml", OBJECTS),
                        "-n",
                        "dev",
                        "httpd"))
                .isEqualTo(1);
        String report = out.toString();
        assertThat(SCHEMA.validate(report, InputFormat.JSON)).isEmpty();
        String labels = "\"labels\":{\"app.kubernetes.io/managed-by\":\"imagegate\"}}";
        assertThat(report)
                .contains("{\"apiVersion\":\"wgpolicyk8s.io/v1alpha2\",\"kind\":\"ClusterPolicyReport\",\"metadata\":{"
                        + "\"name\":\"imagegate\"," + labels
                        + ",\"summary\":{\"pass\":0,\"fail\":1,\"warn\":0,\"error\":0,\"skip\":0}")
                .contains(
                        "\"kind\":\"PolicyReport\",\"metadata\":{\"name\":\"imagegate\",\"namespace\":\"dev\"," + labels
                                + ",\"summary\":{\"pass\":1,\"fail\":0,\"warn\":0,\"error\":0,\"skip\":0},\"results\":[]}")
                .contains("\"namespace\":\"shop\"," + labels
                        + ",\"summary\":{\"pass\":1,\"fail\":2,\"warn\":1,\"error\":1,\"skip\":1}");
    }

    @Test
    void outcomesHaveTheNamesOfReports() throws IOException {
        assertThat(run("check", "-p", file("policy.yaml", POLICY), "-o", "policyreport", file("o.yaml", OBJECTS)))
                .isEqualTo(1);
        String start = "\"source\":\"imagegate\",\"policy\":\"p\",\"rule\":";
        assertThat(out.toString())
                .contains(start + "\"fixed-tag\",\"result\":\"fail\",\"message\":\"image \\\"nginx\\\"")
                .contains(start + "\"pinned\",\"result\":\"warn\"")
                .containsPattern("\"rule\":\"ours\",\"result\":\"fail\",\"message\":\"[^,]+\",\"severity\":\"low\"")
                .contains(start + "\"recent\",\"result\":\"error\"")
                .contains(start + "\"fixed-tag\",\"result\":\"skip\"")
                .contains(
                        "\"properties\":{\"outcome\":\"exempted\",\"exception\":\"not yet\",\"expires\":\"2999-01-01\",")
                .contains("\"resources\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"namespace\":\"shop\","
                        + "\"name\":\"web\"}]")
                .contains("\"properties\":{\"outcome\":\"audited\",\"image\":\"nginx\","
                        + "\"place\":\"spec.template.spec.containers[0] \\\"a\\\"\",\"file\":\"" + folder
                        + "/o.yaml:8:");
    }

    @Test
    void openReportsHaveTheirOwnKinds() throws IOException {
        assertThat(run("check", "-o", "openreports", file("o.yaml", OBJECTS), "nginx"))
                .isEqualTo(1);
        assertThat(SCHEMA.validate(out.toString(), InputFormat.JSON)).isEmpty();
        assertThat(out.toString())
                .contains("{\"apiVersion\":\"openreports.io/v1alpha1\",\"kind\":\"Report\"")
                .contains("{\"apiVersion\":\"openreports.io/v1alpha1\",\"kind\":\"ClusterReport\"");
    }

    @Test
    void whatCannotBeReadIsAnErrorOfTheCluster() throws IOException {
        assertThat(run("check", "-o", "policyreport", file("bad.yaml", "kind: [\n"), "nginx:1"))
                .isEqualTo(2);
        assertThat(SCHEMA.validate(out.toString(), InputFormat.JSON)).isEmpty();
        assertThat(out.toString())
                .contains("\"kind\":\"ClusterPolicyReport\"", "\"pass\":1,\"fail\":0,\"warn\":0,\"error\":1,\"skip\":0")
                .contains("\"policy\":\"imagegate\",\"rule\":\"readable-input\",\"result\":\"error\",\"message\":\"");
    }

    /** The near-misses of the schema. */
    @ParameterizedTest
    @CsvSource({
        "'\"result\":\"fail\"', '\"result\":\"denied\"'",
        "'\"severity\":\"high\"', '\"severity\":\"severe\"'",
        "'\"severity\":\"high\"', '\"severitys\":\"high\"'",
        "'\"policy\":\"p\"', '\"policies\":\"p\"'",
        "'\"fail\":2', '\"fail\":\"2\"'",
        "'\"kind\":\"PolicyReport\"', '\"kind\":\"ClusterPolicyReport\"'",
        "'\"namespace\":\"shop\",\"labels\"', '\"namespace\":\"Shop\",\"labels\"'",
        "wgpolicyk8s.io/v1alpha2, wgpolicyk8s.io/v1beta2"
    })
    void theDefinitionsRefuseOtherReports(String right, String wrong) throws IOException {
        run("check", "-p", file("policy.yaml", POLICY), "-o", "policyreport", file("objects.yaml", OBJECTS));
        assertThat(SCHEMA.validate(out.toString(), InputFormat.JSON)).isEmpty();
        assertThat(out.toString()).contains(right);
        assertThat(SCHEMA.validate(out.toString().replace(right, wrong), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void allSeveritiesAreThoseOfTheDefinitions() throws IOException {
        String policy = file("policy.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  rules:
                    - {name: a, severity: low, tag: {required: true}}
                    - {name: b, severity: medium, tag: {required: true}}
                    - {name: c, severity: high, tag: {required: true}}
                    - {name: d, severity: critical, tag: {required: true}}
                """);
        for (String format : new String[] {"policyreport", "openreports"}) {
            assertThat(run("check", "-p", policy, "-o", format, "nginx")).isEqualTo(1);
            assertThat(SCHEMA.validate(out.toString(), InputFormat.JSON)).isEmpty();
            assertThat(out.toString()).contains("\"low\"", "\"medium\"", "\"high\"", "\"critical\"");
        }
    }

    /** An API server refuses other names, and with them what was found. */
    @Test
    void whatHasNoNameOfANamespaceIsInTheReportOfTheCluster() throws IOException {
        for (String name : new String[] {"Shop", "a b", "..", "x".repeat(64), "-a", "a/b", "\\u001b[31m"}) {
            String objects = OBJECTS.replace("namespace: shop", "namespace: \"" + name + "\"");
            assertThat(run("check", "-p", file("policy.yaml", POLICY), "-o", "policyreport", file("o.yaml", objects)))
                    .isEqualTo(1);
            assertThat(SCHEMA.validate(out.toString(), InputFormat.JSON))
                    .as(name)
                    .isEmpty();
            assertThat(out.toString())
                    .contains("\"kind\":\"ClusterPolicyReport\"")
                    .contains("\"summary\":{\"pass\":1,\"fail\":2,\"warn\":1,\"error\":1,\"skip\":1}");
        }
    }

    @Test
    void aStepThatGoesOnWithTheReportExitsWithZero() throws IOException {
        String policy = file("policy.yaml", POLICY);
        assertThat(run("check", "-p", policy, "--exit-zero", "-o", "policyreport", file("o.yaml", OBJECTS)))
                .isZero();
        assertThat(out.toString()).contains("\"fail\":2");
        assertThat(run("check", "-p", policy, "--exit-zero", file("bad.yaml", "kind: [\n"), "nginx"))
                .isEqualTo(2);
        assertThat(run("check", "-p", policy, "--exit-zero", "nginx:1")).isZero();
    }

    @Test
    void noObjectIsLongerThanKubernetesTakes() throws IOException {
        String container = "    - {name: \"c%d" + "\u5bb9".repeat(80) + "\", image: \"%s\"}\n";
        String containers = IntStream.range(0, 1_000)
                .mapToObj(i -> container.formatted(i, "a/" + "\\\"".repeat(50) + "b".repeat(100) + i))
                .collect(Collectors.joining());
        String pod =
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec:\n  containers:\n" + containers;
        assertThat(run("check", "-o", "policyreport", file("pod.yaml", pod))).isEqualTo(1);
        assertThat(SCHEMA.validate(out.toString(), InputFormat.JSON)).isEmpty();
        // kubectl writes the object as a text into an annotation, and all annotations have 256 KiB.
        String annotation = out.toString().replace("\\", "\\\\").replace("\"", "\\\"");
        assertThat(annotation.getBytes(StandardCharsets.UTF_8).length).isBetween(230_000, 256 << 10);
        assertThat(out.toString())
                .contains("\"fail\":1000,")
                .containsPattern("\"annotations\":\\{\"imagegate.io/results-left-out\":\"[1-9][0-9]{1,2}\"\\}");
    }
}
