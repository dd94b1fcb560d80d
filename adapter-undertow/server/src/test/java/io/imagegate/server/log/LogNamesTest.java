package io.imagegate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.policytest.PolicyTests;
import io.imagegate.reference.Digest;
import io.imagegate.server.Names;
import io.imagegate.server.metrics.DecisionLog;
import io.imagegate.webhook.PolicyWebhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

@DisplayName("names.txt has")
class LogNamesTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              signers: {release: {keys: [{file: cosign.pub}]}}
              rules:
                - {name: fixed-tag, tag: {required: true}}
                - {name: there, match: {images: ["mirror.internal/asked/*"]}, image: {exists: true}, onUnavailable: warn}
                - {name: signed, match: {images: ["mirror.internal/signed/*"]}, signature: {by: [$release]}}
                - {name: known, match: {images: ["mirror.internal/labelled/*"]}, image: {labels: {team: "*"}}}
                - {name: warned, enforce: warn, deny: ["mirror.internal/warned/*"]}
                - {name: audited, enforce: audit, deny: ["mirror.internal/audited/*"]}
                - {name: exempted, deny: ["mirror.internal/exempted/*"]}
              exceptions: [{rules: [exempted], reason: why, expires: 9999-12-31}]
              breakGlass: {annotation: a.image-policy.k8s.io/break-glass, value: "INC-*", namespaces: [default]}
              mutate: {rewrite: [{from: "docker.io/*/*", to: "mirror.internal/*/*"}], pin: ["mirror.internal/pinned/*"]}
            """;

    private static final String TESTS = """
            ---
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicyTest
            metadata: {name: t}
            spec:
              cases:
                - {name: a, image: "warned/a:1", expect: {decision: allowed}}
                - {name: b, image: "audited/a:1", expect: {decision: allowed}}
                - {name: c, image: "exempted/a:1", expect: {decision: allowed}}
                - name: d
                  review: {annotations: {a.image-policy.k8s.io/break-glass: INC-1}, images: [nginx]}
                  expect: {decision: allowed}
                - {name: e, image: "pinned/a:1", facts: {"pinned/a:1": {digest: "%1$s"}}, expect: {decision: allowed}}
                - {name: f, image: "signed/a:1", facts: {"signed/a:1": {signedBy: [release]}}, expect: {decision: allowed}}
                - {name: g, image: "labelled/a:1", facts: {"labelled/a:1": {labels: {team: b}}}, expect: {decision: allowed}}
                - {name: h, image: "asked/a:1", facts: {"asked/a:1": {unavailable: true}}, expect: {decision: allowed}}
            """.formatted(DIGEST);

    @TempDir
    Path folder = Path.of("");

    private Path policy(String text) throws IOException {
        Files.copy(
                Path.of("../../policy-core/src/test/resources/io/imagegate/signer/keys/p256.pub"),
                folder.resolve("cosign.pub"));
        return Files.writeString(folder.resolve("p.yaml"), text);
    }

    @Test
    @DisplayName("the annotations for the audit log")
    void annotationsAreListed() throws IOException {
        List<PolicyTestResult> results = new PolicyTests(new PolicyDocuments())
                .run(policy(POLICY + TESTS).toString());
        assertThat(results)
                .hasSize(8)
                .allSatisfy(result -> assertThat(result.failures()).isEmpty());
        Set<String> names = new TreeSet<>();
        results.forEach(result ->
                result.decision().auditAnnotations().keySet().forEach(name -> names.add("audit annotation " + name)));
        Names.FILE.compare("audit annotation ", names);
    }

    @Test
    @DisplayName("the fields of lines of JSON")
    void fieldsAreListed() throws IOException {
        List<String> lines = new ArrayList<>();
        LogRecord message = new LogRecord(Level.SEVERE, "failed");
        message.setThrown(new IllegalStateException("broken"));
        lines.add(LogFormat.json.formatter().format(message));
        String many = IntStream.range(0, 20)
                .mapToObj(i -> "    - {name: audited-" + i + ", enforce: audit, deny: [\"mirror.internal/asked/*\"]}\n")
                .collect(Collectors.joining("", "rules:\n", ""));
        PolicySet policies =
                new PolicyDocuments().withSignatures(root -> {}).load(policy(POLICY.replace("rules:\n", many)));
        PolicyWebhook webhook = PolicyWebhook.builder(
                        ImageGate.of(() -> policies, digests()).withName("prod"))
                .listener(new DecisionLog(
                        LoggedDecisions.notable,
                        LogFormat.json,
                        line -> lines.add(new String(line, StandardCharsets.UTF_8)),
                        name -> true))
                .build();
        review(webhook, "shop", images("asked/a:"));
        review(
                webhook,
                "default",
                images("asked/a:") + ",{\"image\":\"nginx\"},{\"image\":\"pinned/a:1\"},{\"image\":\"exempted/a:1\"}");
        review(webhook, "shop", "{\"image\":");

        assertThat(lines).hasSize(4);
        Set<String> names = new TreeSet<>();
        Load json = new Load(LoadSettings.builder().build());
        lines.forEach(line -> add("log field ", json.loadFromString(line), names));
        Names.FILE.compare("log field ", names);
    }

    /** A registry in which every image has one digest. */
    private static FactSource digests() {
        return (needs, limit) -> CompletableFuture.completedFuture(needs.keySet().stream()
                .collect(Collectors.toMap(
                        image -> image,
                        image -> ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, Fact.known(Digest.parse(DIGEST))))));
    }

    private static String images(String name) {
        return IntStream.range(0, 30)
                .mapToObj(i -> "{\"image\":\"" + name + i + "\"}")
                .collect(Collectors.joining(","));
    }

    private static void review(PolicyWebhook webhook, String namespace, String containers) {
        byte[] body = """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u","operation":"CREATE",
                "kind":{"version":"v1","kind":"Pod"},"namespace":"%s","name":"web",
                "userInfo":{"username":"jane","groups":[%s]},"object":{"kind":"Pod","apiVersion":"v1",
                "metadata":{"annotations":{"a.image-policy.k8s.io/break-glass":"INC-1"}},"spec":{"containers":[%s]}}}}""".formatted(
                        namespace,
                        IntStream.range(0, 30).mapToObj(i -> "\"g" + i + "\"").collect(Collectors.joining(",")),
                        containers)
                .getBytes(StandardCharsets.UTF_8);
        webhook.reviewAsync("/mutate", "", body, body.length).join();
    }

    private static void add(String prefix, Object value, Set<String> names) {
        if (value instanceof Map<?, ?> fields) {
            fields.forEach((name, field) -> {
                names.add(prefix + name);
                if (field instanceof List<?> items) {
                    items.forEach(item -> add(prefix + name + "[].", item, names));
                }
            });
        }
    }
}
