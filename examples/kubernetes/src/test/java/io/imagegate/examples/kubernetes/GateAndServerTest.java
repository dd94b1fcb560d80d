package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Rules;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the gate asks about, the server understands: it finds the images, and judges them. */
class GateAndServerTest {

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("pods", "Pod"),
            Map.entry("pods/ephemeralcontainers", "Pod"),
            Map.entry("podtemplates", "PodTemplate"),
            Map.entry("replicationcontrollers", "ReplicationController"),
            Map.entry("daemonsets", "DaemonSet"),
            Map.entry("deployments", "Deployment"),
            Map.entry("replicasets", "ReplicaSet"),
            Map.entry("statefulsets", "StatefulSet"),
            Map.entry("cronjobs", "CronJob"),
            Map.entry("jobs", "Job"));

    /**
     * One thing that the gate asks about.
     *
     * @param group of its API
     * @param version of its API
     * @param resource as in the gate's rules
     */
    record Asked(String group, String version, String resource) {}

    static Stream<Asked> everyResourceOfTheGate() throws IOException {
        return Manifests.folder(Manifests.FOLDER.resolve("base"))
                .one("ValidatingWebhookConfiguration", "imagegate")
                .each("webhooks", 0, "rules")
                .stream()
                .flatMap(rule -> rule.texts("resources").stream()
                        .map(resource -> new Asked(rule.text("apiGroups", 0), rule.text("apiVersions", 0), resource)));
    }

    @ParameterizedTest
    @MethodSource("everyResourceOfTheGate")
    void findsAndJudgesTheImage(Asked asked) {
        assertThat(decide(asked, "nginx")).contains("\"allowed\":false").contains("fixed-tag");
        assertThat(decide(asked, "nginx:1.17.1")).contains("\"allowed\":true");
    }

    private static String decide(Asked asked, String image) {
        Policy policy =
                Policy.builder("test").rule("fixed-tag", Rules.fixedTag()).build();
        PolicySet policies = PolicySet.of(policy);
        byte[] body = new Gson().toJson(review(asked, image)).getBytes(StandardCharsets.UTF_8);
        Answer answer = PolicyWebhook.of(() -> policies).review("/validate", body, body.length);
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Map<String, ?> review(Asked asked, String image) {
        String[] resource = asked.resource().split("/", 2);
        String kind = KINDS.getOrDefault(asked.resource(), "none");
        Map<String, ?> request = Map.of(
                "uid",
                "7f1c0a6e-0000-4000-8000-000000000000",
                "kind",
                Map.of("group", asked.group(), "version", asked.version(), "kind", kind),
                "resource",
                Map.of("group", asked.group(), "version", asked.version(), "resource", resource[0]),
                "subResource",
                resource.length > 1 ? resource[1] : "",
                "name",
                "web",
                "namespace",
                "default",
                "operation",
                "CREATE",
                "object",
                object(asked, kind, image));
        return Map.of("kind", "AdmissionReview", "apiVersion", "admission.k8s.io/v1", "request", request);
    }

    private static Map<String, ?> object(Asked asked, String kind, String image) {
        Map<String, ?> pod = Map.of("spec", Map.of("containers", List.of(Map.of("name", "web", "image", image))));
        String apiVersion = asked.group().isEmpty() ? asked.version() : asked.group() + "/" + asked.version();
        String field = kind.equals("PodTemplate") ? "template" : "spec";
        Object value = switch (kind) {
            case "Pod" -> asked.resource().contains("/") ? ephemeral(image) : pod.get("spec");
            case "PodTemplate" -> pod;
            case "CronJob" -> Map.of("jobTemplate", Map.of("spec", Map.of("template", pod)));
            default -> Map.of("template", pod);
        };
        return Map.of("apiVersion", apiVersion, "kind", kind, "metadata", Map.of("name", "web"), field, value);
    }

    /** A pod that has run for long, with the container that is new. */
    private static Map<String, ?> ephemeral(String image) {
        return Map.of(
                "containers", List.of(Map.of("name", "web", "image", "nginx:1.17.1")),
                "ephemeralContainers", List.of(Map.of("name", "debug", "image", image)));
    }
}
