package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.JsonTree;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.gate.GateState;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.RegistriesState;
import io.imagegate.gate.RegistryHost;
import io.imagegate.time.ManualTime;
import io.imagegate.webhook.PolicyWebhook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the console says of a replica that decides on reviews. */
class ReplicaTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec:
              rules:
                - name: own-registry
                  description: Only our registry
                  severity: high
                  link: https://example.com/why
                  allow: [ghcr.io/**]
                - name: fixed-tag
                  enforce: warn
                  tag: {required: true, deny: [latest]}
                - name: not-in-dev
                  match: {exceptNamespaces: [dev-*]}
                  deny: [ghcr.io/acme/banned]
              exceptions:
                - rules: [own-registry]
                  images: ["quay.io/old/*"]
                  reason: moves in spring
                  expires: 2026-12-08
              breakGlass:
                annotation: imagegate.io/break-glass
                value: "INCIDENT-*-swordfish"
                namespaces: [default, prod-*]
            """;

    private final ManualTime time = new ManualTime("2026-11-28T12:00:00.123456789Z");
    private final LiveGate gate = LiveGate.builder()
            .policies(new PolicyDocuments().withClock(time).read("production.yaml", POLICY))
            .open();
    private final Replica replica = Replica.builder("web-1", "0.1.0")
            .gates(gate::states)
            .readiness(() -> new ReplicaReadiness(List.of("the warm-up is not done"), List.of("a root is old")))
            .certificates(() ->
                    List.of(new CertificateState("server", "CN=imagegate", Instant.parse("2026-12-01T11:00:00Z"))))
            .dashboard(URI.create("https://grafana.example/d/1"))
            .clock(time)
            .build();
    private final PolicyWebhook webhook =
            PolicyWebhook.builder(gate.gates()).listener(replica).build();
    private final Browser browser =
            new Browser(WebPages.builder().replica(replica).build());

    private void review(String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        assertThat(webhook.review(path, bytes, bytes.length).status()).isEqualTo(200);
    }

    private void reviewImages(String... images) {
        List<String> containers = new ArrayList<>();
        for (String image : images) {
            containers.add("{\"image\":" + JsonTree.write(image) + "}");
        }
        review(
                "/image_policy",
                "{\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"kind\":\"ImageReview\",\"spec\":{\"namespace\":\"default\",\"containers\":"
                        + containers + "}}");
    }

    private static String pod(String annotations, String podAnnotations, String image) {
        return """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "1",
                 "kind": {"group": "apps", "version": "v1", "kind": "Deployment"}, "namespace": "default", "name": "web",
                 "operation": "CREATE", "userInfo": {"username": "alice"},
                 "object": {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"annotations": {%s}},
                  "spec": {"template": {"metadata": {"annotations": {%s}},
                   "spec": {"initContainers": [{"name": "setup", "image": "%s", "env": [{"name": "K", "value": "p4ssw0rd"}]}]}}}}}}
                """.formatted(annotations, podAnnotations, image);
    }

    private List<Map<String, Object>> rows() {
        EventStream stream = browser.get("/api/decisions").events().orElseThrow();
        List<Map<String, Object>> rows = rows(new String(stream.next(), UTF_8));
        stream.close();
        return rows;
    }

    /** The rows of an event; none of a heartbeat. */
    private static List<Map<String, Object>> rows(String event) {
        int data = event.indexOf("data: ");
        return data < 0
                ? List.of()
                : list(object(JsonTree.read(event.substring(data + "data: ".length())))
                        .get("rows"));
    }

    private Map<String, Object> opened(Map<String, Object> row) {
        return object(JsonTree.read(Browser.text(browser.get("/api/decisions/" + row.get("id")))));
    }

    private Map<String, Object> decision() {
        List<Map<String, Object>> rows = rows();
        Map<String, Object> opened = opened(rows.get(rows.size() - 1));
        assertThat(opened).containsKey("decision");
        return object(opened.get("decision"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(@Nullable Object value) {
        return (List<Map<String, Object>>) Objects.requireNonNull(value);
    }

    @Test
    @DisplayName("a row says who asked for what, and which rules were violated")
    void row() {
        review("/validate", pod("", "", "quay.io/acme/api"));
        assertThat(rows()).hasSize(1);
        Map<String, Object> row = rows().get(0);
        assertThat(row.keySet())
                .containsExactly(
                        "id",
                        "time",
                        "allowed",
                        "outcome",
                        "protocol",
                        "path",
                        "operation",
                        "kind",
                        "namespace",
                        "name",
                        "user",
                        "images",
                        "moreImages",
                        "rules",
                        "reason",
                        "micros");
        assertThat(row)
                .containsEntry("time", "2026-11-28T12:00:00.123Z")
                .containsEntry("allowed", false)
                .containsEntry("outcome", "denied")
                .containsEntry("protocol", "AdmissionReview")
                .containsEntry("path", "/validate")
                .containsEntry("operation", "CREATE")
                .containsEntry("kind", "Deployment.apps")
                .containsEntry("namespace", "default")
                .containsEntry("name", "web")
                .containsEntry("user", "alice")
                .containsEntry("images", List.of("quay.io/acme/api"))
                .containsEntry("rules", List.of("production/own-registry", "production/fixed-tag"));
        assertThat(String.valueOf(row.get("reason"))).contains("own-registry");
    }

    @Test
    @DisplayName("an outcome is allowed, warned, denied or failed")
    void outcomes() {
        reviewImages("ghcr.io/acme/api:1");
        reviewImages("ghcr.io/acme/api");
        reviewImages("quay.io/acme/api:1");
        review("/image_policy", "{");
        List<Map<String, Object>> rows = rows();
        assertThat(rows).extracting(row -> row.get("outcome")).containsExactly("allowed", "warned", "denied", "failed");
        assertThat(opened(rows.get(3))).containsEntry("omitted", "failed").doesNotContainKey("decision");
        assertThat(object(opened(rows.get(1)).get("decision")))
                .containsEntry("outcome", "warned")
                .containsEntry("allowed", true)
                .doesNotContainKey("kubectl");
    }

    @Test
    @DisplayName("a decision takes images apart and says what each rule found, and why")
    void opens() {
        review("/validate", pod("", "", "quay.io/acme/api"));
        Map<String, Object> decision = decision();
        assertThat(decision)
                .containsEntry("allowed", false)
                .containsEntry("outcome", "denied")
                .containsEntry("namespace", "default")
                .containsEntry("at", "2026-11-28T12:00:00Z")
                .containsEntry("locale", "en")
                .containsEntry("requirements", List.of())
                .containsEntry("lookups", List.of());
        assertThat(String.valueOf(decision.get("kubectl")))
                .isEqualTo(
                        "Error from server (Forbidden): admission webhook \"images.imagegate.io\" denied the request: "
                                + decision.get("reason"));
        Map<String, Object> image = list(decision.get("images")).get(0);
        assertThat(image)
                .containsEntry("text", "quay.io/acme/api")
                .containsEntry("container", "init setup")
                .containsEntry("position", "spec.template.spec.initContainers[0]")
                .doesNotContainKey("problem");
        assertThat(object(image.get("parts")))
                .containsEntry("registry", "quay.io")
                .containsEntry("repository", "acme/api")
                .containsEntry("implicitLatest", true)
                .containsEntry("canonical", "quay.io/acme/api")
                .doesNotContainKeys("tag", "digest");
        List<Map<String, Object>> rules = list(image.get("rules"));
        assertThat(rules)
                .extracting(rule -> rule.get("rule"))
                .containsExactly("own-registry", "fixed-tag", "not-in-dev");
        assertThat(rules).extracting(rule -> rule.get("outcome")).containsExactly("violated", "violated", "satisfied");
        assertThat(rules.get(0))
                .containsEntry("policy", "production")
                .containsEntry("condition", "allow: [ghcr.io/**]")
                .containsEntry("description", "Only our registry")
                .containsEntry("severity", "high")
                .containsEntry("link", "https://example.com/why")
                .containsEntry("enforcement", "deny")
                .containsEntry("effect", "denied");
        assertThat(rules.get(1)).containsEntry("enforcement", "warn").containsEntry("effect", "warned");
        assertThat(rules.get(2)).doesNotContainKey("effect");
    }

    @Test
    @DisplayName("an image without a name has a problem and no rules, and each requirement names its image")
    void requirements() {
        reviewImages("ghcr.io/acme/api:1", "bad image:@@");
        Map<String, Object> decision = decision();
        List<Map<String, Object>> images = list(decision.get("images"));
        assertThat(images.get(0)).containsKey("parts").doesNotContainKey("problem");
        assertThat(images.get(1))
                .containsKey("problem")
                .containsEntry("rules", List.of())
                .doesNotContainKey("parts");
        assertThat(list(decision.get("requirements"))).hasSize(1);
        assertThat(list(decision.get("requirements")).get(0))
                .containsEntry("requirement", "invalid-reference")
                .containsKey("image");
        assertThat(String.valueOf(decision.get("kubectl")))
                .startsWith(
                        "Error from server (Forbidden): pods \"POD\" is forbidden: image policy webhook backend denied"
                                + " one or more images: ");
    }

    @Test
    @DisplayName("an exception covers a violation, and the decision says until when and why")
    void exception() {
        reviewImages("quay.io/old/api:1");
        Map<String, Object> rule =
                list(list(decision().get("images")).get(0).get("rules")).get(0);
        assertThat(rule).containsEntry("effect", "exempted");
        assertThat(object(rule.get("exception")))
                .containsEntry("reason", "moves in spring")
                .containsEntry("expires", "2026-12-08")
                .containsEntry("expired", false);
    }

    @Test
    @DisplayName("no value of a break-glass and nothing of a body but images and names of the request is shown")
    void secrets() {
        String set = "\"imagegate.io/break-glass\": \"INCIDENT-1-swordfish\"";
        // The reason that the user gets has the value, because the template lacks the annotation.
        byte[] half = pod(set, "", "quay.io/acme/api:1").getBytes(UTF_8);
        assertThat(new String(webhook.review("/validate", half, half.length).body(), UTF_8))
                .contains("INCIDENT-*-swordfish");
        String opened =
                Browser.text(browser.get("/api/decisions/" + rows().get(0).get("id")));
        String all = opened + rows() + Browser.text(browser.get("/api/state"));
        assertThat(all).contains("imagegate.io/break-glass").doesNotContain("INCIDENT-*", "p4ssw0rd");
    }

    @Test
    @DisplayName("a row says why without where a break-glass is missing, as the decision does")
    void rowsHideBreakGlass() {
        String set = "\"imagegate.io/break-glass\": \"INCIDENT-1-swordfish\"";
        byte[] half = pod("", set, "quay.io/a:1").getBytes(UTF_8);
        assertThat(new String(webhook.review("/validate", half, half.length).body(), UTF_8))
                .contains("break-glass annotation is missing", "INCIDENT-*-swordfish");
        assertThat(String.valueOf(rows().get(0).get("reason")))
                .startsWith("image \"quay.io/a:1\"")
                .contains("\"own-registry\"")
                .doesNotContain("break-glass", "INCIDENT");
    }

    @Test
    @DisplayName("a row has the rule that denies before those that warn")
    void theRuleThatDeniesIsFirst() {
        reviewImages("ghcr.io/acme/banned");
        assertThat(rows().get(0).get("rules")).isEqualTo(List.of("production/not-in-dev", "production/fixed-tag"));
    }

    @Test
    @DisplayName("the state has the policies with days left, certificates, readiness and the dashboard")
    void state() {
        Map<String, Object> state = object(JsonTree.read(Browser.text(browser.get("/api/state"))));
        assertThat(state.keySet())
                .containsExactly(
                        "replica", "dashboard", "playground", "policySets", "trustedRoots", "certificates", "limits");
        assertThat(object(state.get("replica")))
                .containsEntry("name", "web-1")
                .containsEntry("version", "0.1.0")
                .containsEntry("started", "2026-11-28T12:00:00Z")
                .containsEntry("ready", false)
                .containsEntry("obstacles", List.of("the warm-up is not done"))
                .containsEntry("warnings", List.of("a root is old"));
        assertThat(state).containsEntry("dashboard", "https://grafana.example/d/1");
        String text = Browser.text(browser.get("/api/state"));
        assertThat(text)
                .contains("\"subject\":\"CN=imagegate\",\"notAfter\":\"2026-12-01T11:00:00Z\",\"daysLeft\":2")
                .contains("\"reason\":\"moves in spring\",\"expires\":\"2026-12-08\",\"daysLeft\":10")
                .contains("\"limits\":{\"decisions\":1000,\"streams\":16}");
        Map<String, Object> set = list(state.get("policySets")).get(0);
        Map<String, Object> policy = list(set.get("policies")).get(0);
        assertThat(policy).containsEntry("name", "production").containsEntry("onUpdate", "changed-images");
        assertThat(object(policy.get("breakGlass")))
                .containsOnlyKeys("annotation", "namespaces")
                .containsEntry("annotation", "imagegate.io/break-glass");
        assertThat(list(policy.get("rules")))
                .extracting(rule -> rule.get("enforcement"))
                .containsExactly("deny", "warn", "deny");
        assertThat(list(policy.get("rules")).get(2)).containsEntry("scope", "exceptNamespaces: dev-*");
    }

    @Test
    @DisplayName("the state says which registries answer, and since when others are down")
    void registries() {
        Instant noon = Instant.parse("2026-11-28T12:00:00.5Z");
        RegistriesState registries = new RegistriesState(
                Path.of("registries.yaml"),
                "abc",
                2,
                noon,
                List.of(
                        new RegistryHost("ghcr.io", RegistryHost.State.ANSWERS, Optional.empty()),
                        new RegistryHost("down.example", RegistryHost.State.DOWN, Optional.of(noon))));
        GateState known = gate.state();
        GateState with = new GateState(
                known.name(),
                known.location(),
                known.policies(),
                known.digest(),
                known.loadedAt(),
                known.problem(),
                Optional.of(registries),
                known.trustedRoots(),
                known.rejectedSince(),
                known.lastGood());
        Replica asking =
                Replica.builder("web-1", "0.1.0").gates(() -> List.of(with)).build();
        Browser other = new Browser(WebPages.builder().replica(asking).build());
        assertThat(Browser.text(other.get("/api/state")))
                .contains("\"registries\":{\"file\":\"registries.yaml\",\"digest\":\"abc\","
                        + "\"loadedAt\":\"2026-11-28T12:00:00Z\",\"hosts\":[{\"host\":\"ghcr.io\",\"state\":\"answers\"},"
                        + "{\"host\":\"down.example\",\"state\":\"down\",\"since\":\"2026-11-28T12:00:00Z\"}]}");
    }

    @Test
    @DisplayName("a dashboard is a page on the web, and no script")
    void dashboards() {
        for (String odd :
                List.of("javascript:alert(1)", "file:///etc/passwd", "//grafana.example", "grafana", "https:x")) {
            assertThatThrownBy(() -> Replica.builder("web-1", "0.1.0").dashboard(URI.create(odd)))
                    .as(odd)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a URL that begins with https:// or http://");
        }
    }

    @Test
    @DisplayName("hostile names are text in JSON, and half a character breaks nothing")
    void hostileNames() {
        String name = "</script><img src=x onerror=alert(1)>\u0000\n\ndata: x\u2028\u202e\ud800";
        reviewImages(name);
        review("/validate", pod("", "", "x").replace("\"alice\"", "\"\\ud800</script>\\n\\nevent: full\\n\""));
        EventStream stream = browser.get("/api/decisions").events().orElseThrow();
        String event = new String(stream.next(), UTF_8);
        assertThat(event.lines()).hasSize(3 + 1);
        assertThat(event).endsWith("}\n\n").doesNotContain("\r", "\u0000");
        assertThat(rows()).hasSize(2).allSatisfy(row -> assertThat(opened(row)).containsKey("decision"));
    }

    @Test
    @DisplayName("hostile reviews are kept within 8 MiB, and their rows and decisions within limits")
    void hostileReviews() {
        String[] images = new String[1_000];
        for (int i = 0; i < images.length; i++) {
            images[i] = "quay.io/" + "\u0001".repeat(250) + "x".repeat(250) + i;
        }
        for (int i = 0; i < 30; i++) {
            reviewImages(images);
        }
        String deep = "quay.io/" + "a/".repeat(100) + "b:1";
        String[] valid = new String[1_000];
        Arrays.fill(valid, deep);
        for (int i = 0; i < 30; i++) {
            reviewImages(valid);
        }
        String user = "\\u0007".repeat(5_000);
        for (int i = 0; i < 1_000; i++) {
            review("/validate", pod("", "", "x".repeat(2_000)).replace("alice", user));
        }
        assertThat(replica.keptBytes()).isBetween(1L << 20, 8L << 20);
        assertThat(rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(JsonTree.write(row)).hasSizeLessThan(4 << 10));
        assertThat(browser.get("/api/decisions/" + rows().get(0).get("id")).body())
                .hasSizeLessThan(80 << 10);
    }

    @Test
    @DisplayName("a decision with many images shows the first, and counts the others")
    void manyImages() {
        String[] images = new String[300];
        Arrays.fill(images, "quay.io/acme/api:1");
        reviewImages(images);
        Map<String, Object> decision = decision();
        assertThat(list(decision.get("images"))).hasSize(50);
        assertThat(Browser.text(browser.get("/api/decisions/" + rows().get(0).get("id"))))
                .contains("\"moreImages\":250", "\"moreImages\":295");
    }

    @Test
    @Tag("slow")
    @DisplayName("many threads decide while streams open and close, and every decision is counted once")
    void together() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        Set<Object> ids = new HashSet<>();
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                work.add(threads.submit(() -> {
                    for (int n = 0; n < 250; n++) {
                        reviewImages("ghcr.io/acme/api:" + n);
                    }
                }));
            }
            for (int i = 0; i < 2; i++) {
                work.add(threads.submit(() -> {
                    for (int n = 0; n < 20; n++) {
                        rows().forEach(this::opened);
                    }
                }));
            }
            for (Future<?> each : work) {
                each.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        EventStream stream = browser.get("/api/decisions").events().orElseThrow();
        for (byte[] event = stream.next(); event.length > 0; event = stream.next()) {
            rows(new String(event, UTF_8)).forEach(row -> ids.add(row.get("id")));
        }
        assertThat(ids).hasSize(1_000);
    }
}
