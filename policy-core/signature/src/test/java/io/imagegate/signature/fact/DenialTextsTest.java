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
import io.imagegate.signature.Recorded;
import io.imagegate.signature.RecordedRegistry;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a denial says of images that real cosign signed: which signer was wanted, and what was found, each thing once. */
class DenialTextsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2027-11-26T00:00:00Z"));
    private static final Digest IMAGE =
            Digest.parse("sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5");

    private final TestRegistry registry = RecordedRegistry.serve("docker-registry");
    private final Registries registries = registry.open();

    @AfterEach
    void close() {
        registries.close();
        registry.close();
    }

    @Test
    @DisplayName("three signatures by another key are one reason")
    void anotherKey() throws Exception {
        assertThat(reason("acme/two", SignatureRule.by(signer("rsa"))))
                .endsWith(
                        "it is not signed by rsa; found one signed with another key or over other bytes, expected key "
                                + fingerprint("rsa"));
    }

    @Test
    @DisplayName("attestations alone are told by their types, as no signatures")
    void attestationsAlone() throws Exception {
        assertThat(reason("acme/attested", SignatureRule.by(signer("1"))))
                .contains("it is not signed by 1; found one signed as an attestation of type \"https://")
                .contains("\", which is no signature, ")
                .endsWith(", and 2 more");
    }

    @Test
    @DisplayName("an old attestation is told without those of other types")
    void oldAttestation() throws Exception {
        AttestationRule vuln = AttestationRule.of(AttestationType.parse("vuln"), signer("1"));
        assertThat(reason("acme/attested", vuln.withMaxAge(Duration.ofDays(1))))
                .contains("it has no attestation vuln by 1 that counts; the attestation by 1 (")
                .endsWith(", more than 1d ago");
    }

    @Test
    @DisplayName("attestations of other types are told where there is nothing else")
    void otherTypes() throws Exception {
        assertThat(reason("acme/attested", AttestationRule.of(AttestationType.parse("spdx"), signer("1"))))
                .contains(
                        "it has no attestation spdx by 1 that counts; found one signed as an attestation of type \"https://")
                .contains("\", expected type \"https://spdx.dev/Document\"");
    }

    @Test
    @DisplayName("a key that expired is told with the second until which it counted")
    void expiredKey() throws Exception {
        SigningKey key = key("1").withNotAfter(Instant.parse("2026-01-31T23:59:59.999999999Z"));
        assertThat(reason("acme/key", SignatureRule.by(new KeySigner("old", List.of(key), Optional.empty()))))
                .endsWith("the key " + fingerprint("1")
                        + " expired at 2026-01-31T23:59:59Z, and no earlier time is proven");
    }

    @Test
    @DisplayName("audit annotations do not call an image verified of which no signature counts")
    void annotation() throws Exception {
        Map<String, String> annotations =
                decision("acme/attested", SignatureRule.by(signer("1"))).auditAnnotations();
        assertThat(annotations).containsOnlyKeys("unverified");
        assertThat(annotations.get("unverified")).contains("@" + IMAGE + ": signatures by 1: none that counts (");
    }

    private String reason(String repository, Rule rule) {
        return decision(repository, rule).reason();
    }

    private Decision decision(String repository, Rule rule) {
        PolicySet policies = PolicySet.of(
                        Policy.builder("signed").rule("signed", rule).build())
                .withClock(CLOCK);
        try (SignedImages images = new SignedImages(registries, Verifier.create(), answer -> {}, CLOCK)) {
            String image = registry.image(repository, IMAGE).text();
            return ImageGate.of(() -> policies, images).decide(ImageReview.of(image), Duration.ofMinutes(2));
        }
    }

    private static Signer signer(String key) throws Exception {
        return new KeySigner(key, List.of(key(key)), Optional.empty());
    }

    private static String fingerprint(String key) throws Exception {
        return key(key).fingerprint();
    }

    private static SigningKey key(String name) throws Exception {
        return SignedDecisionsTest.key(Recorded.bytes("keys/" + name + ".pub"));
    }
}
