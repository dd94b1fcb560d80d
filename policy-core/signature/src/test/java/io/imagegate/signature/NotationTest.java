package io.imagegate.signature;

import static io.imagegate.signature.TestNotation.EXPIRY;
import static io.imagegate.signature.TestNotation.SCHEME;
import static io.imagegate.signature.TestSigstore.NOW;
import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.undecidable;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, payloads, algorithms and times of signatures of Notation, in both envelopes. */
@Tag("slow")
class NotationTest {

    private static final List<TestKey> KEYS = List.of(
            TestKey.p256(),
            TestKey.ec("secp384r1", ""),
            TestKey.ec("secp521r1", ""),
            TestKey.keptRsa(2048),
            TestKey.keptRsa(3072),
            TestKey.keptRsa(4096));
    private static final Instant UNTIL = Instant.parse("2026-09-01T00:00:00Z");

    private final TestCertificate root = TestNotation.authority("acme root").issuedBy(null);
    private final TestCertificate leaf = TestNotation.person("release").issuedBy(root);

    private TestSigners.Notary builder() {
        return TestSigners.notation(List.of(root.pem())).identity("C=DE, ST=BE, O=acme");
    }

    private TestNotation signed() {
        return TestNotation.by(leaf, root);
    }

    private Verdict verify(TestNotation signature, boolean jws) {
        return signature.verify(builder().build(), jws);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("a signature counts by the subject of its certificate, with its metadata")
    void counts(boolean jws) {
        String payload = TestNotation.payload(
                TestNotation.TYPE, Recorded.IMAGE.toString(), 401, ",\"annotations\":{\"team\":\"payments\"}");
        Verdict.Verified verified = verified(verify(signed().payload(payload), jws));
        assertThat(verified.signatory())
                .isEqualTo(new Signatory(Signatory.Kind.SUBJECT, "CN=release,O=acme,ST=BE,C=DE", ""));
        assertThat(verified.content().isImageSignature()).isTrue();
        assertThat(verified.content().annotations()).isEqualTo(Map.of("team", "payments"));
        assertThat(verified.times()).isEmpty();
        assertThat(verified.until()).hasValue(Instant.parse("2030-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("another media type, digest or size of the target violates, and a digest alone leaves it open")
    void target(boolean jws) {
        String digest = Recorded.IMAGE.toString();
        String other = "sha256:" + "0".repeat(64);
        violates(
                verify(signed().payload(TestNotation.payload(TestNotation.TYPE, other, 401, "")), jws),
                SignatureFault.DIGEST);
        violates(
                verify(signed().payload(TestNotation.payload(TestNotation.TYPE, digest, 402, "")), jws),
                SignatureFault.DIGEST,
                "402 bytes",
                "expected 401 bytes");
        violates(
                verify(signed().payload(TestNotation.payload(TestNotation.TYPE + "x", digest, 401, "")), jws),
                SignatureFault.DIGEST,
                "expected 401 bytes of the type");
        violates(verify(signed().payload("{}"), jws), SignatureFault.FORMAT, "targetArtifact");
        violates(verify(signed().payload("{\"targetArtifact\":{},\"targetArtifact\":{}}"), jws), SignatureFault.FORMAT);
        StoredSignature jose =
                StoredSignature.layer(TestNotation.JWS, Map.of(), signed().jws().getBytes(StandardCharsets.UTF_8));
        undecidable(
                Verifier.create()
                        .verify(jose, Artifact.of(Recorded.IMAGE), builder().build(), NOW),
                "needs the media type and the size");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("the scheme is notary.x509, and the critical headers name it and the expiry, and nothing else")
    void headers(boolean jws) {
        violates(
                verify(signed().header(SCHEME, "notary.x509.signingAuthority"), jws),
                SignatureFault.FORMAT,
                "signing scheme");
        violates(verify(signed().header(SCHEME, null), jws), SignatureFault.FORMAT, SCHEME);
        violates(verify(signed().header("crit", null), jws), SignatureFault.FORMAT);
        violates(verify(signed().header("crit", List.of()), jws), SignatureFault.FORMAT, "critical headers");
        violates(verify(signed().header("crit", List.of(SCHEME, SCHEME)), jws), SignatureFault.FORMAT);
        violates(verify(signed().header("crit", List.of(SCHEME, EXPIRY)), jws), SignatureFault.FORMAT);
        violates(verify(signed().header("crit", List.of(SCHEME, "x")).header("x", "y"), jws), SignatureFault.FORMAT);
        violates(verify(signed().header(EXPIRY, NOW.plusSeconds(1)), jws), SignatureFault.FORMAT, EXPIRY);
        violates(verify(signed().header("cty", "text/plain"), jws), SignatureFault.FORMAT, "text/plain");
        violates(verify(signed().header("cty", null), jws), SignatureFault.FORMAT);
        verified(verify(signed().header("x", "y"), jws));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("a signature counts until it expires")
    void expiry(boolean jws) {
        assertThat(verified(verify(signed().expires(NOW), jws)).until()).hasValue(NOW);
        violates(verify(signed().expires(NOW.minusSeconds(1)), jws), SignatureFault.TIME, "the signature expired at");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("each algorithm is for keys of its kind and size")
    void algorithms(boolean jws) {
        List<String> names = List.of("ES256", "ES384", "ES512", "PS256", "PS384", "PS512");
        for (int i = 0; i < KEYS.size(); i++) {
            TestCertificate certificate =
                    TestNotation.person(KEYS.get(i), "release").issuedBy(root);
            for (String name : names.subList(i / 3 * 3, i / 3 * 3 + 3)) {
                Verdict verdict = verify(TestNotation.by(certificate, root).algorithm(name), jws);
                if (names.indexOf(name) == i) {
                    verified(verdict);
                } else {
                    violates(verdict, SignatureFault.KEY, "signed by " + name + " with a key of");
                }
            }
        }
        violates(verify(signed().header("alg", "PS256"), jws), SignatureFault.KEY, "expected RSA of 2048 bits");
        violates(verify(signed().header("alg", "none"), jws), SignatureFault.FORMAT, "expected one of ES256");
        violates(verify(signed().header("alg", null), jws), SignatureFault.FORMAT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("a signature by another key violates")
    void otherKey(boolean jws) {
        TestNotation signed = signed();
        byte[] before = signed.signature(jws);
        byte[] other = TestNotation.by(TestNotation.person("release").issuedBy(root), root)
                .signature(jws);
        byte[] content;
        if (jws) {
            content = signed.jws()
                    .replace(TestNotation.url(before), TestNotation.url(other))
                    .getBytes(StandardCharsets.UTF_8);
        } else {
            content = signed.cose();
            System.arraycopy(other, 0, content, content.length - before.length, other.length);
        }
        violates(verify(jws ? TestNotation.JWS : TestNotation.COSE, content), SignatureFault.SIGNATURE);
    }

    private Verdict verify(String type, byte[] content) {
        return Verifier.create()
                .verify(
                        StoredSignature.layer(type, Map.of(), content),
                        TestNotation.IMAGE,
                        builder().build(),
                        NOW);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("the certificate holds at the proven time, else at the instant")
    void times(boolean jws) {
        TestTimestamps authority = TestTimestamps.named("acme time");
        TestTimestamps stranger = TestTimestamps.named("strange time");
        TestCertificate old = TestNotation.person("release")
                .lives(SIGNED.minusSeconds(60), UNTIL)
                .issuedBy(root);
        Signer plain = builder().build();
        Signer stamped = builder().timestamps(List.of(authority.root.pem())).build();
        TestNotation signature = TestNotation.by(old, root);
        byte[] bytes = signature.signature(jws);
        verified(signature.verify(plain, jws, UNTIL));
        violates(
                signature.verify(plain, jws, UNTIL.plusSeconds(1)),
                SignatureFault.TIME,
                "CN=release",
                UNTIL.toString());
        violates(signature.verify(stamped, jws), SignatureFault.TIME);
        signature.stamp(authority.stampWithCertificate(bytes, SIGNED));
        Verdict.Verified good = verified(signature.verify(stamped, jws));
        assertThat(good.times()).containsExactly(SIGNED);
        assertThat(good.until()).isEmpty();
        violates(signature.verify(plain, jws), SignatureFault.TIME);
        signature.stamp(authority.stampWithCertificate(bytes, UNTIL.plusSeconds(1)));
        violates(signature.verify(stamped, jws), SignatureFault.TIME);
        signature.stamp(authority.stampWithCertificate(bytes, SIGNED.minusSeconds(61)));
        violates(signature.verify(stamped, jws), SignatureFault.TIME);
        signature.stamp(stranger.stampWithCertificate(bytes, SIGNED));
        violates(signature.verify(stamped, jws), SignatureFault.TIME);
        signature.stamp(authority.stampWithCertificate(new byte[64], SIGNED));
        violates(signature.verify(stamped, jws), SignatureFault.TIMESTAMP);
    }

    @Test
    @DisplayName("a signer without an identity, or with one that names no country, state and organization, is refused")
    void settings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSigners.notation(List.of(root.pem())).build())
                .withMessageContaining("expected at least one identity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().identity("C=DE, O=acme"))
                .withMessageContaining("names no ST");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSigners.notation(List.of()).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().crls(List.of(new byte[] {1})))
                .withMessageContaining("no CRL that Java can read");
        assertThat(builder().build()).isEqualTo(builder().build());
        assertThat(builder().identity("C=FR, ST=x, O=acme").build())
                .isNotEqualTo(builder().build());
    }
}
