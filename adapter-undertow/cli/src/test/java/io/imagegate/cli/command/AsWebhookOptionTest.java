package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.policy.PolicySet;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.workload.Workload;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that {@code check} of files allows and a webhook denies. */
class AsWebhookOptionTest extends CommandTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              ignoredKinds: ["*.ignored.example"]
              rules: [{name: ours, allow: ["ours/*"]}]
            """;

    private static final Pattern DENIED = Pattern.compile("\"outcome\":\"denied\".*?\"object\":\"\\w+ (\\w+)\"");
    private static final Pattern TOTAL = Pattern.compile("\"unknownToWebhook\":\\{([^}]*)}");
    private static final Pattern KIND = Pattern.compile("\"([^\"]+)\":1");

    @TempDir
    private Path folder;

    private String policy = "";

    @BeforeEach
    void writePolicy() throws IOException {
        policy = file("policy/p.yaml", POLICY);
    }

    private String file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content).toString();
    }

    private static List<ObjectKind> kinds() {
        return Stream.concat(
                        Workloads.wellKnown().all().stream().map(Workload::kind),
                        Stream.of(
                                "ConfigMap",
                                "Service",
                                "Role.rbac.authorization.k8s.io",
                                "NetworkPolicy.networking.k8s.io",
                                "CustomResourceDefinition.apiextensions.k8s.io",
                                "ClusterPolicy.kyverno.io",
                                "Certificate.cert-manager.io",
                                "Widget.example.com",
                                "Widget.ignored.example",
                                "Deploymnet.apps"))
                .map(ObjectKind::parse)
                .toList();
    }

    private static String version(ObjectKind kind) {
        return kind.group().isEmpty() ? "v1" : kind.group() + "/v1";
    }

    private static boolean webhookAllows(PolicyWebhook webhook, ObjectKind kind, String object) {
        byte[] body =
                ("{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u\","
                                + "\"kind\":{\"group\":\"" + kind.group() + "\",\"version\":\"v1\",\"kind\":\""
                                + kind.kind()
                                + "\"},\"operation\":\"CREATE\",\"namespace\":\"default\",\"object\":" + object + "}}")
                        .getBytes(UTF_8);
        return new String(webhook.review("/validate", body, body.length).body(), UTF_8).contains("\"allowed\":true");
    }

    @Test
    @DisplayName("check marks and check --as-webhook denies what a webhook denies for its kind, of each kind")
    void alike() throws IOException {
        PolicySet policies = new PolicyDocuments().load(Path.of(policy));
        PolicyWebhook webhook = PolicyWebhook.of(() -> policies);
        List<String> objects = new ArrayList<>();
        Set<String> deniedKinds = new TreeSet<>();
        Set<String> deniedNames = new TreeSet<>();
        for (ObjectKind kind : kinds()) {
            String name = "o" + objects.size();
            String object = "{\"apiVersion\":\"" + version(kind) + "\",\"kind\":\"" + kind.kind()
                    + "\",\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"size\":1}}";
            objects.add(object);
            if (!webhookAllows(webhook, kind, object)) {
                deniedKinds.add(kind.toString());
                deniedNames.add(name);
            }
        }
        assertThat(deniedKinds).contains("ConfigMap", "Widget.example.com").doesNotContain("Widget.ignored.example");
        String file = file("objects.json", String.join("\n", objects));
        assertThat(run("check", "--allow-empty", "-o", "json", "-p", policy, file))
                .as(err.toString())
                .isZero();
        assertThat(TOTAL.matcher(out.toString())
                        .results()
                        .map(total -> total.group(1))
                        .toList())
                .singleElement()
                .satisfies(total -> assertThat(found(KIND, total)).isEqualTo(deniedKinds));
        assertThat(run("check", "--as-webhook", "-o", "json", "-p", policy, file))
                .as(err.toString())
                .isEqualTo(1);
        assertThat(found(DENIED, out.toString())).isEqualTo(deniedNames);
        assertThat(out.toString()).contains("\"unknownToWebhook\":true").doesNotContain("\"unknownToWebhook\":{");
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static final String OBJECTS = """
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec: {containers: [{name: a, image: ours/a:1}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            data: {image: evil}
            ---
            apiVersion: example.com/v1
            kind: Widget
            metadata: {name: w}
            spec: {verifyImages: true}
            """;

    @Test
    @DisplayName("reports name the kinds of allowed objects that the webhook would deny, and nothing else changes")
    void reports() throws IOException {
        String file = file("a.yaml", OBJECTS);
        assertThat(run("check", "-p", policy, file)).isZero();
        assertThat(out.toString())
                .contains("allowed: 1 image checked, 0 denied")
                .contains(
                        "  allowed objects of which the webhook would deny the kind: Widget.example.com (1); --as-webhook");
        assertThat(run("check", "--verbose", "-p", policy, file)).isZero();
        assertThat(out.toString())
                .contains("  allowed objects of which the webhook would deny the kind: ConfigMap (1),"
                        + " Widget.example.com (1); --as-webhook denies them, too");
        assertThat(run("check", "--quiet", "-p", policy, file)).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(run("check", "-o", "sarif", "-p", policy, file)).isZero();
        assertThat(out.toString())
                .contains("\"level\":\"note\",\"message\":{\"text\":\"allowed objects of which the webhook would deny");
        assertThat(run("check", "-o", "markdown", "-p", policy, file)).isZero();
        assertThat(out.toString()).contains("deny the kinds of these allowed objects", "ConfigMap\\: 1");
        assertThat(run("check", "--ignore-kind", "ConfigMap", "-p", policy, file))
                .isZero();
        assertThat(out.toString()).contains("the kind: Widget.example.com (1);");
        assertThat(run("check", "--as-webhook", "-p", policy, file)).isEqualTo(1);
        assertThat(out.toString())
                .contains("denied: 1 image checked, 0 denied, 2 objects denied as a whole")
                .doesNotContain("--as-webhook");
    }

    @Test
    @DisplayName("a finding that does not deny says that the webhook would deny the kind of its object")
    void finding() throws IOException {
        String file = file("a.yaml", """
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: w}
                spec: {image: evil}
                """);
        String baseline = folder.resolve("baseline.json").toString();
        assertThat(run("check", "-p", policy, file)).isEqualTo(1);
        assertThat(out.toString()).doesNotContain("the webhook would deny");
        assertThat(run("check", "-p", policy, "--write-baseline", baseline, file))
                .isZero();
        assertThat(run("check", "-p", policy, "--baseline", baseline, "--verbose", file))
                .isZero();
        assertThat(out.toString()).contains("(the webhook would deny this kind)");
        assertThat(run("check", "-p", policy, "--baseline", baseline, "--verbose", "--group-by", "image", file))
                .isZero();
        assertThat(out.toString()).contains("Widget w, the webhook would deny this kind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kustomization", "plan"})
    @DisplayName("objects of kustomizations and plans are judged as by the webhook, too")
    void otherFormats(String format) throws IOException {
        String named = switch (format) {
            case "kustomization" -> {
                file("k/objects.yaml", OBJECTS);
                yield file("k/kustomization.yaml", "resources: [objects.yaml]\n")
                        .replace("kustomization.yaml", "");
            }
            default -> file("plan.json", """
                    {"format_version":"1.2","terraform_version":"1.9.0","planned_values":{},"resource_changes":[
                    {"address":"kubernetes_manifest.a","mode":"managed","type":"kubernetes_manifest","name":"a",
                    "change":{"actions":["create"],"after":{"manifest":{"apiVersion":"example.com/v1","kind":"Widget",
                    "metadata":{"name":"w"},"spec":{"size":1}}},"after_unknown":{}}}]}
                    """);
        };
        assertThat(run("check", "--allow-empty", "-p", policy, named))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("Widget.example.com (1)");
        assertThat(run("check", "--as-webhook", "-p", policy, named))
                .as(err.toString())
                .isEqualTo(1);
        assertThat(out.toString()).contains("unknown-kind");
    }

    @Test
    @DisplayName("what is unknown cannot be weakened where the webhook judges")
    void contradiction() throws IOException {
        assertThat(run(
                        "check",
                        "--as-webhook",
                        "--unknown",
                        "chart-default=warn",
                        "-p",
                        policy,
                        file("a.yaml", OBJECTS)))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected no --unknown");
    }
}
