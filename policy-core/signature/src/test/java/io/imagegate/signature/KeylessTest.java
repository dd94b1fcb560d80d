package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.IDENTITY;
import static io.imagegate.signature.TestSigstore.ISSUER;
import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.TestSigstore.SOURCE;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who signed: each part of a keyless certificate with one thing wrong. */
class KeylessTest {

    private final TestSigstore sigstore = new TestSigstore();

    private Verdict verify(TestCertificate leaf, Signer signer) {
        return TestBundle.by(leaf).logged(sigstore.log, SIGNED).verify(signer);
    }

    private void refused(TestCertificate leaf, SignatureFault code, String... parts) {
        violates(verify(sigstore.stamped(leaf), sigstore.keyless()), code, parts);
    }

    private TestCertificate named() {
        return TestSigstore.bare()
                .alternativeNames(IDENTITY)
                .extension(TestSigstore.issuerOid(8), false, Asn1.utf8(ISSUER))
                .extension(TestSigstore.issuerOid(12), false, Asn1.utf8(SOURCE));
    }

    private TestCertificate forSigning() {
        return TestSigstore.bare().usage(0x80).purposes(false, TestCertificate.CODE_SIGNING);
    }

    @Test
    @DisplayName("an identity of the right issuer and source repository is verified, with times and annotations")
    void counts() {
        Verdict.Verified verified = verified(verify(sigstore.leaf(), sigstore.keyless()));
        assertThat(verified.signatory()).isEqualTo(new Signatory(Signatory.Kind.IDENTITY, IDENTITY, ISSUER));
        assertThat(verified.times()).containsExactly(SIGNED);
        assertThat(verified.issued()).contains(SIGNED.minusSeconds(60));
        assertThat(verified.content().annotations()).containsEntry("team", "payments");
        assertThat(verified.entries())
                .singleElement()
                .extracting(LogRecord::index)
                .isEqualTo(7L);
    }

    @Test
    @DisplayName("another identity, issuer or source repository violates, and is named")
    void another() {
        Trust trust = TestSigners.trust(sigstore.root());
        TestCertificate leaf = sigstore.leaf();
        violates(
                verify(leaf, TestSigners.keyless(trust, ISSUER, "https://git.example/acme/*", Map.of())),
                SignatureFault.IDENTITY,
                IDENTITY,
                "https://git.example/acme/*");
        verified(verify(leaf, TestSigners.keyless(trust, ISSUER, "https://git.example/acme/**", Map.of())));
        violates(
                verify(leaf, TestSigners.keyless(trust, ISSUER + "/", IDENTITY, Map.of())),
                SignatureFault.IDENTITY,
                ISSUER + "/");
        violates(
                verify(
                        leaf,
                        TestSigners.keyless(
                                trust, ISSUER, IDENTITY, Map.of("sourceRepository", "https://git.example/other/*"))),
                SignatureFault.IDENTITY,
                "sourceRepository",
                SOURCE);
        violates(
                verify(leaf, TestSigners.keyless(trust, ISSUER, IDENTITY, Map.of("trigger", "**"))),
                SignatureFault.IDENTITY,
                "trigger",
                "missing");
    }

    @Test
    @DisplayName("a certificate without or with two alternative names, without issuer, or with two issuers violates")
    void names() {
        refused(
                forSigning().name("2.5.4.3", "somebody").extension(TestSigstore.issuerOid(8), false, Asn1.utf8(ISSUER)),
                SignatureFault.IDENTITY,
                "0 subject");
        refused(
                forSigning()
                        .alternativeNames(IDENTITY, IDENTITY)
                        .extension(TestSigstore.issuerOid(8), false, Asn1.utf8(ISSUER)),
                SignatureFault.IDENTITY,
                "2 subject");
        refused(forSigning().alternativeNames(IDENTITY), SignatureFault.IDENTITY, "no issuer");
        refused(
                forSigning()
                        .alternativeNames(IDENTITY)
                        .extension(
                                TestSigstore.issuerOid(1),
                                false,
                                "https://evil.example".getBytes(StandardCharsets.UTF_8))
                        .extension(TestSigstore.issuerOid(8), false, Asn1.utf8(ISSUER)),
                SignatureFault.IDENTITY,
                "two issuers");
    }

    @Test
    @DisplayName("a certificate of an authority, of another usage or of another purpose is not for signing")
    void leaf() {
        refused(
                named().authority().purposes(false, TestCertificate.CODE_SIGNING),
                SignatureFault.CERTIFICATE,
                "authority");
        refused(named().purposes(false, TestCertificate.CODE_SIGNING), SignatureFault.CERTIFICATE, "key usage");
        refused(
                named().usage(0x20).purposes(false, TestCertificate.CODE_SIGNING),
                SignatureFault.CERTIFICATE,
                "key usage");
        refused(named().usage(0x80), SignatureFault.CERTIFICATE, "extended key usage");
        refused(
                named().usage(0x80).purposes(false, "1.3.6.1.5.5.7.3.1"),
                SignatureFault.CERTIFICATE,
                "extended key usage");
        refused(
                named().usage(0x80).purposes(false, TestCertificate.CODE_SIGNING, "2.5.29.37.0"),
                SignatureFault.CERTIFICATE,
                "extended key usage");
        verified(verify(
                sigstore.stamped(named().usage(0x80).purposes(false, TestCertificate.CODE_SIGNING)),
                sigstore.keyless()));
    }

    @Test
    @DisplayName("a certificate of an unknown authority violates, and so does one whose intermediate may not issue it")
    void authority() {
        violates(verify(new TestSigstore().leaf(), sigstore.keyless()), SignatureFault.CERTIFICATE, "no authority");
        TestCertificate copy =
                new TestCertificate().name("2.5.4.3", "fulcio").authority().issuedBy(null);
        violates(
                verify(forSigning().alternativeNames(IDENTITY).issuedBy(copy), sigstore.keyless()),
                SignatureFault.CERTIFICATE,
                "no authority");
    }

    @Test
    @DisplayName("a critical extension that nobody knows violates")
    void critical() {
        refused(
                named().usage(0x80)
                        .purposes(false, TestCertificate.CODE_SIGNING)
                        .extension("1.2.3.4.5", true, Asn1.utf8("x")),
                SignatureFault.CERTIFICATE,
                "no authority");
    }

    @Test
    @DisplayName("a signature with a key is not keyless, and one with a certificate is not one with its key")
    void material() {
        TestKey key = TestKey.p256();
        violates(TestBundle.by(key).verify(sigstore.keyless()), SignatureFault.MATERIAL, "with a key", IDENTITY);
        TestCertificate leaf = sigstore.leaf();
        Signer signer = TestSigners.keys(java.util.List.of(TestSigners.key(leaf.key.pem())));
        violates(verify(leaf, signer), SignatureFault.MATERIAL, "with a certificate", "key sha256:");
        verified(TestBundle.by(leaf.key).verify(signer));
    }

    @Test
    @DisplayName("a chain counts in bundles before version 0.3, without the root")
    void chains() {
        TestCertificate leaf = sigstore.leaf();
        String old = "application/vnd.dev.sigstore.bundle+json;version=0.2";
        verified(TestBundle.by(leaf)
                .version(old)
                .chain(leaf)
                .logged(sigstore.log, SIGNED)
                .verify(sigstore.keyless()));
        violates(
                TestBundle.by(leaf)
                        .version(old)
                        .chain(leaf, sigstore.fulcio)
                        .logged(sigstore.log, SIGNED)
                        .verify(sigstore.keyless()),
                SignatureFault.FORMAT,
                "root certificate");
        violates(
                TestBundle.by(leaf).chain(leaf).logged(sigstore.log, SIGNED).verify(sigstore.keyless()),
                SignatureFault.FORMAT,
                "version 0.3");
    }
}
