package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.registry.Registries;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.Rule;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signature.CosignVerdictsTest;
import io.imagegate.signature.CosignVerdictsTest.Said;
import io.imagegate.signature.Recorded;
import io.imagegate.signature.RecordedRegistry;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.CertificateField;
import io.imagegate.signer.CertificateSigner;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.Trust;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way from a policy and a recorded registry to a decision, beside what cosign said of the same image. */
@Tag("slow")
class SignedDecisionsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T00:00:00Z"));
    private static final Map<String, TestRegistry> SERVED = new HashMap<>();
    private static final Map<String, Registries> OPEN = new HashMap<>();

    static Stream<Said> said() {
        return CosignVerdictsTest.said();
    }

    @AfterAll
    static void close() {
        OPEN.values().forEach(Registries::close);
        SERVED.values().forEach(TestRegistry::close);
    }

    @ParameterizedTest
    @MethodSource("said")
    @DisplayName("the decision is cosign's verdict, or the other one where that is decided")
    void sameDecision(Said said) throws Exception {
        String expected = CosignVerdictsTest.otherwise(said)
                .map(line -> line.requiredText("verdict"))
                .orElse(said.verdict());
        TestRegistry registry = SERVED.computeIfAbsent(said.registry(), RecordedRegistry::serve);
        Registries registries = OPEN.computeIfAbsent(said.registry(), name -> registry.open());
        PolicySet policies =
                PolicySet.of(Policy.builder("signed").rule("signed", rule(said)).build());
        Decision decision;
        try (SignedImages images = new SignedImages(registries, Verifier.create(), answer -> {}, CLOCK)) {
            String image = registry.image(said.repository(), Digest.parse(said.digest()))
                    .text();
            decision = ImageGate.of(() -> policies, images).decide(ImageReview.of(image), Duration.ofMinutes(2));
        }
        assertThat(decision.allowed() ? "verified" : "refused")
                .as("%s %s", decision.reason(), decision.lookups())
                .isEqualTo(expected);
        assertThat(decision.reason()).doesNotContain("unknown", "internal error");
        if (decision.allowed()) {
            assertThat(decision.auditAnnotations().get("verified"))
                    .containsAnyOf("signed by release", "attested by release");
        }
    }

    private static Rule rule(Said said) throws Exception {
        Signer signer = signer(said.options());
        if (!said.command().equals("verify")) {
            return AttestationRule.of(new AttestationType(CosignVerdictsTest.type(said)), signer);
        }
        String[] annotation = said.options().getOrDefault("-a", "").split("=", 2);
        SignatureRule rule = SignatureRule.by(signer);
        return annotation.length < 2 ? rule : rule.withAnnotations(Map.of(annotation[0], annotation[1]));
    }

    private static Signer signer(Map<String, String> options) throws Exception {
        @Nullable String key = options.get("--key");
        @Nullable String identity = options.get("--certificate-identity");
        String root = new String(Recorded.bytes("trust/trusted-root.json"), StandardCharsets.UTF_8);
        Trust trust = Trust.of("lab", root).withRequired(1, options.containsKey("--use-signed-timestamps") ? 1 : 0, 1);
        if (key != null) {
            boolean ignored = options.containsKey("--insecure-ignore-tlog");
            return new KeySigner(
                    "release", List.of(key(Recorded.bytes(key))), ignored ? Optional.empty() : Optional.of(trust));
        }
        if (identity != null && identity.equals("release@acme.example")) {
            X509Certificate ca = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Recorded.bytes("trust/certificate-ca.pem")));
            return new CertificateSigner(
                    "release",
                    List.of(ca),
                    Optional.empty(),
                    Optional.of(PathGlob.parse(identity)),
                    List.of(),
                    Optional.empty());
        }
        @Nullable String source = options.get("--certificate-github-workflow-repository");
        String pattern = identity == null
                ? options.getOrDefault("--certificate-identity-regexp", "").replace(".*", "**")
                : identity;
        return new KeylessSigner(
                "release",
                trust,
                options.getOrDefault("--certificate-oidc-issuer", ""),
                PathGlob.parse(pattern),
                source == null
                        ? Map.of()
                        : Map.of(CertificateField.SOURCE_REPOSITORY, PathGlob.parse("https://github.com/" + source)));
    }

    static SigningKey key(byte[] pem) throws Exception {
        String text = new String(pem, StandardCharsets.US_ASCII);
        byte[] info = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return SigningKey.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info)));
            } catch (java.security.spec.InvalidKeySpecException e) {
                // It is of another algorithm.
            }
        }
        throw new IllegalArgumentException(text);
    }
}
