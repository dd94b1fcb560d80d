package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.fact.FactSource;
import io.imagegate.gate.GateException;
import io.imagegate.gate.LiveGate;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.Decision;
import io.imagegate.review.ImageReview;
import io.imagegate.signature.provider.ImageSignatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate finds what asks registries and verifies signatures, because both are there. */
class GateFromFilesTest {

    private static final String RULES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              signers: {release: {keys: [{file: release.pub}]}}
              rules:
                - {name: there, image: {exists: true}}
                - {name: signed, signature: {by: [$release]}}
            """;
    private static final String ROOTED = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              trust: {public: {file: root.json}}
              signers: {ci: {keyless: {trust: public, issuer: "https://a.example", identity: "x@y.example"}}}
              rules: [{name: signed, signature: {by: [$ci]}}]
            """;

    @TempDir
    private Path folder;

    private Path policies;
    private Path registries;

    @BeforeEach
    void files() throws Exception {
        policies = Files.createDirectory(folder.resolve("policies"));
        Files.writeString(policies.resolve("policy.yaml"), RULES);
        byte[] key =
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded();
        Files.writeString(
                policies.resolve("release.pub"),
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n");
        registries("spec: {registries: [{host: \"127.0.0.1:1\", plainHttp: true}]}");
    }

    private void registries(String spec) throws IOException {
        registries = Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: r}
                """ + spec + "\n");
    }

    /** Nobody listens at this registry, so each rule says what it asked. */
    @Test
    void rulesAskRegistriesForImagesAndSignatures() {
        try (LiveGate gate = LiveGate.open(policies.toString(), registries)) {
            Decision decision =
                    gate.decide(ImageReview.of("127.0.0.1:1/api:1.4").inNamespace("prod"));
            assertThat(decision.allowed()).isFalse();
            assertThat(decision.reason())
                    .contains("violates rule \"there\"", "violates rule \"signed\"")
                    .contains("127.0.0.1:1");
            assertThat(decision.lookups()).isNotEmpty();
            assertThat(gate.state().registries()).hasValueSatisfying(state -> {
                assertThat(state.count()).isEqualTo(1);
                assertThat(state.digest()).hasSize(64);
            });
        }
    }

    @Test
    void registriesThatAreInvalidAreNotOpened() throws Exception {
        registries("spec: {registries: [{hots: ghcr.io}]}");
        assertThatThrownBy(() -> LiveGate.open(policies.toString(), registries))
                .isInstanceOf(GateException.class)
                .hasMessageContaining(registries + ":4:")
                .hasMessageContaining("hots");
        registries("spec: {registries: [{host: ghcr.io, ca: none.pem}]}");
        assertThatThrownBy(() -> LiveGate.open(policies.toString(), registries))
                .isInstanceOf(GateException.class)
                .hasMessageContaining("registries.yaml")
                .hasMessageContaining("none.pem");
        assertThatThrownBy(() -> LiveGate.open(policies.toString(), folder.resolve("none.yaml")))
                .isInstanceOf(GateException.class)
                .hasMessage(folder.resolve("none.yaml") + ": no such file");
    }

    @Test
    void trustedRootsAreCheckedWhenPoliciesAreLoaded() throws Exception {
        Files.writeString(policies.resolve("root.json"), "{}");
        Files.writeString(policies.resolve("policy.yaml"), ROOTED);
        assertThatThrownBy(() -> LiveGate.open(policies.resolve("policy.yaml").toString(), registries))
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining("root.json");
    }

    @Test
    void signaturesNeedTheRegistriesOfPolicyRegistry() {
        FactSource other = (needs, limit) -> new CompletableFuture<>();
        assertThatThrownBy(() -> new ImageSignatures().open(other, MetricSink.NONE, InstantSource.fixed(Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("io.imagegate:policy-registry");
    }
}
