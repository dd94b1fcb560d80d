package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.NOW;
import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Signers with keys. */
class KeysTest {

    private static final Instant YEAR_END = Instant.parse("2026-06-30T23:59:59Z");

    private final TestSigstore sigstore = new TestSigstore();

    private static SigningKey read(TestKey key) {
        return TestSigners.key(key.pem());
    }

    private static Verdict signedWith(TestKey key) {
        return TestBundle.by(key).verify(TestSigners.keys(List.of(read(key))));
    }

    @Test
    @DisplayName("ECDSA counts over SHA-256 and the hash of the curve, and over no other")
    void ecdsa() {
        TestKey p384 = TestKey.ec("secp384r1", "SHA384withECDSA");
        TestKey p521 = TestKey.ec("secp521r1", "SHA512withECDSA");
        verified(signedWith(TestKey.p256()));
        verified(signedWith(p384));
        verified(signedWith(p384.with("SHA256withECDSA")));
        verified(signedWith(p521));
        verified(signedWith(p521.with("SHA256withECDSA")));
        violates(signedWith(p384.with("SHA512withECDSA")), SignatureFault.SIGNATURE);
        violates(signedWith(p521.with("SHA384withECDSA")), SignatureFault.SIGNATURE);
        violates(signedWith(TestKey.p256().with("SHA384withECDSA")), SignatureFault.SIGNATURE);
    }

    @Tag("slow")
    @Test
    @DisplayName("RSA counts from 2,048 bits on as PKCS #1 v1.5 with SHA-256")
    void rsa() {
        TestKey key = TestKey.rsa(2048, "SHA256withRSA");
        verified(signedWith(key));
        violates(signedWith(key.with("SHA512withRSA")), SignatureFault.SIGNATURE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(TestKey.rsa(1024, "SHA256withRSA")))
                .withMessage("an RSA key of 1024 bits, expected 2048 to 16384");
    }

    @Test
    @DisplayName("Ed25519 counts pure and prehashed")
    void ed25519() {
        verified(signedWith(TestKey.ed25519(false)));
        verified(signedWith(TestKey.ed25519(true)));
        TestKey other = TestKey.ed25519(true);
        violates(
                TestBundle.by(other).verify(TestSigners.keys(List.of(read(TestKey.ed25519(true))))),
                SignatureFault.SIGNATURE);
    }

    @Test
    @DisplayName("each of a signer's keys counts, and the same key is the same signatory")
    void severalKeys() {
        TestKey old = TestKey.p256();
        TestKey current = TestKey.p256();
        Signer signer = TestSigners.keys(List.of(read(old), read(current)));
        Signatory first = verified(TestBundle.by(old).verify(signer)).signatory();
        Signatory second = verified(TestBundle.by(current).verify(signer)).signatory();
        Signatory again = verified(TestBundle.by(old).verify(signer)).signatory();
        assertThat(first).isNotEqualTo(second).isEqualTo(again);
        Signer twice = TestSigners.keys(List.of(read(old), read(old).withNotAfter(NOW)));
        assertThat(verified(TestBundle.by(old).verify(twice)).signatory()).isEqualTo(first);
        violates(
                TestBundle.by(TestKey.p256()).verify(signer),
                SignatureFault.SIGNATURE,
                "expected one of the keys",
                first.name());
    }

    @Test
    @DisplayName("an expired key counts until then, afterwards only with an earlier time that is proven")
    void notAfter() {
        TestKey key = TestKey.p256();
        SigningKey expiring = read(key).withNotAfter(YEAR_END);
        Signer alone = TestSigners.keys(List.of(expiring));
        verified(TestBundle.by(key).verify(alone, YEAR_END));
        violates(
                TestBundle.by(key).verify(alone, YEAR_END.plusSeconds(1)),
                SignatureFault.KEY,
                "expired at",
                "no earlier time");
        Signer trusting = TestSigners.keys(List.of(expiring), TestSigners.trust(sigstore.root()));
        verified(TestBundle.by(key).logged(sigstore.log, SIGNED).verify(trusting));
        violates(
                TestBundle.by(key).logged(sigstore.log, YEAR_END.plusSeconds(1)).verify(trusting),
                SignatureFault.KEY,
                "expired");
        violates(TestBundle.by(key).logged(sigstore.log, SIGNED).verify(alone), SignatureFault.KEY, "expired");
        TestBundle rekor2 = TestBundle.by(key);
        rekor2.entry(sigstore.log.entry2(rekor2.hashedRekord2(), true));
        violates(rekor2.verify(trusting), SignatureFault.KEY, "no earlier time");
        verified(rekor2.verify(TestSigners.keys(List.of(read(key)), TestSigners.trust(sigstore.root()))));
    }

    @Test
    @DisplayName("what no time proves counts until the log ends, and no longer than the key")
    void untilTheLogEnds() {
        TestKey key = TestKey.p256();
        Instant end = NOW.plusSeconds(60);
        sigstore.logValid = "{\"start\":\"2026-01-01T00:00:00Z\",\"end\":\"" + end + "\"}";
        Signer trusting = TestSigners.keys(List.of(read(key)), TestSigners.trust(sigstore.root()));
        TestBundle rekor2 = TestBundle.by(key);
        rekor2.entry(sigstore.log.entry2(rekor2.hashedRekord2(), true));
        assertThat(verified(rekor2.verify(trusting)).until()).hasValue(end);
        verified(rekor2.verify(trusting, end));
        violates(rekor2.verify(trusting, end.plusNanos(1)), SignatureFault.LOG, "did not hold at");
        for (Instant last : List.of(end.minusSeconds(1), end.plusSeconds(1))) {
            Signer expiring =
                    TestSigners.keys(List.of(read(key).withNotAfter(last)), TestSigners.trust(sigstore.root()));
            assertThat(verified(rekor2.verify(expiring)).until()).hasValue(last.isBefore(end) ? last : end);
        }
        assertThat(verified(TestBundle.by(key).logged(sigstore.log, SIGNED).verify(trusting))
                        .until())
                .isEmpty();
        TestBundle stamped = TestBundle.by(key);
        stamped.entry(sigstore.log.entry2(stamped.hashedRekord2(), true))
                .stamp(sigstore.timestamps.stamp(stamped.signature(), SIGNED));
        assertThat(verified(stamped.verify(trusting)).until()).isEmpty();
        TestBundle late = TestBundle.by(key);
        late.entry(sigstore.log.entry2(late.hashedRekord2(), true))
                .stamp(sigstore.timestamps.stamp(late.signature(), end.plusSeconds(1)));
        violates(late.verify(trusting), SignatureFault.LOG, "did not hold at");
    }

    @Test
    @DisplayName("with a trusted root log entries are verified, without one they are not")
    void trust() {
        TestKey key = TestKey.p256();
        Signer trusting = TestSigners.keys(List.of(read(key)), TestSigners.trust(sigstore.root()));
        violates(TestBundle.by(key).verify(trusting), SignatureFault.LOG, "no entry of any log");
        TestBundle wrong = TestBundle.by(key)
                .entry(sigstore.log.entry("dsse 0.0.1", TestBundle.by(key).dsseBody(), SIGNED, true, true));
        violates(wrong.verify(trusting), SignatureFault.LOG, "another signature");
        verified(wrong.verify(TestSigners.keys(List.of(read(key)))));
    }

    @Test
    @DisplayName("what is no public key is refused in one line that says what was expected")
    void unreadable() {
        refused("", "no key in PEM, expected one public key");
        refused("kms://", "text that is not PEM, expected one public key");
        refused(TestKey.pem("PRIVATE KEY", new byte[48]), "a private key, expected one public key");
        refused(TestKey.pem("PUBLIC KEY", new byte[48]), "a public key that Java cannot read");
        String pem = new String(TestKey.p256().pem(), StandardCharsets.US_ASCII);
        refused(pem + pem, "2 blocks of PEM");
        byte[] beside = TestKey.p256().info();
        beside[beside.length - 1] ^= 1;
        refused(TestKey.pem("PUBLIC KEY", beside), "not a valid EC key");
        refused(TestKey.pem("PUBLIC KEY", ed448()), "a public key that Java cannot read, expected ECDSA");
        assertThatIllegalArgumentException().isThrownBy(() -> TestSigners.keys(List.of()));
    }

    private static byte[] ed448() {
        return Asn1.seq(Asn1.seq(Asn1.oid("1.3.101.113")), Asn1.bits(new byte[57]));
    }

    private static void refused(String file, String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSigners.key(file.getBytes(StandardCharsets.US_ASCII)))
                .withMessageContaining(part)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
    }

    @Test
    @DisplayName("signers are equal if their keys, settings and roots are")
    void equality() {
        TestKey key = TestKey.p256();
        Signer one = TestSigners.keys(List.of(read(key)));
        assertThat(one)
                .isEqualTo(TestSigners.keys(List.of(read(key))))
                .hasSameHashCodeAs(TestSigners.keys(List.of(read(key))))
                .isNotEqualTo(TestSigners.keys(List.of(read(key).withNotAfter(NOW))))
                .isNotEqualTo(TestSigners.keys(List.of(read(TestKey.p256()))))
                .isNotEqualTo(TestSigners.keys(List.of(read(key)), TestSigners.trust(sigstore.root())));
        assertThat(sigstore.keyless())
                .isEqualTo(sigstore.keyless())
                .isNotEqualTo(TestSigstore.keyless(TestSigners.trust(sigstore.root(), 1, 1, 1)))
                .isNotEqualTo(new TestSigstore().keyless());
    }
}
