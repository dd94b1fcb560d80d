package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.registry.Registries;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rule;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signature.NotationVerdictsTest;
import io.imagegate.signature.NotationVerdictsTest.Said;
import io.imagegate.signature.Recorded;
import io.imagegate.signature.RecordedRegistry;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.NotationSigner;
import io.imagegate.signer.NotationSigner.Revocation;
import io.imagegate.signer.SubjectParts;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way from a policy and a recorded registry to a decision, beside what notation said of the same image. */
class NotationDecisionsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T00:00:00Z"));
    private static final Map<String, TestRegistry> SERVED = new HashMap<>();
    private static final Map<String, Registries> OPEN = new HashMap<>();

    static Stream<Said> said() {
        return NotationVerdictsTest.said();
    }

    @AfterAll
    static void close() {
        OPEN.values().forEach(Registries::close);
        SERVED.values().forEach(TestRegistry::close);
    }

    @ParameterizedTest
    @MethodSource("said")
    @DisplayName("the decision is notation's verdict")
    void sameDecision(Said said) throws Exception {
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
                .isEqualTo(said.verdict());
        assertThat(decision.reason()).doesNotContain("unknown", "internal error");
        if (decision.allowed()) {
            assertThat(decision.auditAnnotations().get("verified")).contains("signed by release");
        }
    }

    private static Rule rule(Said said) throws CertificateException {
        SignatureRule rule = SignatureRule.by(new NotationSigner(
                "release",
                List.of(certificate("notation-ca")),
                List.of(SubjectParts.parse(NotationVerdictsTest.IDENTITY)),
                List.of(certificate("notation-tsa-root")),
                List.of(),
                Revocation.GIVEN));
        return said.metadata().isEmpty()
                ? rule
                : rule.withAnnotations(
                        Map.of(said.metadata().get(0), said.metadata().get(1)));
    }

    private static X509Certificate certificate(String name) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Recorded.bytes("trust/" + name + ".pem")));
    }
}
