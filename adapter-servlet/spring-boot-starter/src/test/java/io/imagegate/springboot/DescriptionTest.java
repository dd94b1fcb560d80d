package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.gate.GateHealth;
import io.imagegate.gate.LiveGate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What health and endpoint show of policies. */
class DescriptionTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              signers: {ci: {keyless: {trust: public, issuer: "https://a.example", identity: "x@y.example"}}}
              trust: {public: {file: root.json, confirmed: 2026-01-01}}
              rules:
                - {name: signed, signature: {by: [$ci]}, enforce: {default: warn, audit: ["secret-*"]}}
                - {name: fixed, tag: {required: true}, enforce: audit, denyFrom: 2027-03-01}
              exceptions:
                - {rules: [fixed], images: ["quay.io/secret/**"], namespaces: [secret-team], reason: r, expires: 2027-01-31}
              breakGlass: {annotation: ticket.image-policy.k8s.io/break-glass, value: "SECRET-*", namespaces: ["secret-*"]}
            """;

    @TempDir
    private Path folder;

    private LiveGate open() throws Exception {
        Path file = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Files.writeString(folder.resolve("root.json"), "{}");
        return LiveGate.builder()
                .policies(file.toString())
                .facts((needs, limit) -> CompletableFuture.completedFuture(Map.of()))
                .documents(new PolicyDocuments()
                        .withClock(InstantSource.fixed(Instant.parse("2026-11-28T12:00:00Z")))
                        .withSignatures(root -> {}))
                .open();
    }

    @Test
    @DisplayName(
            "the endpoint shows rules with what they do today, and trusted roots with what is to be done about them")
    void endpoint() throws Exception {
        try (LiveGate gate = open()) {
            ImagegateEndpoint.Description shown = new ImagegateEndpoint(gate).state();
            assertThat(shown.ready()).isTrue();
            assertThat(shown.registries()).isNull();
            ImagegateEndpoint.PolicySetDescription set = shown.policySets().get(0);
            assertThat(set.loadedAt()).isEqualTo("2026-11-28T12:00:00Z");
            assertThat(set.digest()).hasSize(64);
            assertThat(set.problem()).isNull();
            assertThat(set.policies().get(0).rules())
                    .containsExactly(
                            new ImagegateEndpoint.RuleDescription("signed", "warn", true, null),
                            new ImagegateEndpoint.RuleDescription("fixed", "audit", false, "2027-03-01"));
            assertThat(set.trustedRoots()).singleElement().satisfies(root -> {
                assertThat(root.name()).isEqualTo("public");
                assertThat(root.confirmed()).isEqualTo("2026-01-01");
                assertThat(root.warning()).contains("more than 90 days ago");
            });
        }
    }

    @Test
    @DisplayName("neither shows what helps to bypass rules")
    void noSecret() throws Exception {
        try (LiveGate gate = open()) {
            ImagegateEndpoint.Description shown = new ImagegateEndpoint(gate).state();
            assertThat(shown.policySets().get(0).policies().get(0).exceptions()).isOne();
            assertThat(shown.policySets().get(0).policies().get(0).breakGlass()).isTrue();
            assertThat(shown.toString()).doesNotContainIgnoringCase("secret");
            assertThat(gate.health().details().toString()).doesNotContainIgnoringCase("secret");
        }
    }

    @Test
    @DisplayName("an old trusted root is a detail of the health, and no reason to be unhealthy")
    void health() throws Exception {
        try (LiveGate gate = open()) {
            GateHealth health = gate.health();
            assertThat(health.isReady()).isTrue();
            assertThat(health.details().toString())
                    .contains(
                            "trustedRoots={public=the trusted root public was confirmed on 2026-01-01, more than 90 days ago}");
        }
    }
}
