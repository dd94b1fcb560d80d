package io.imagegate.signature;

import static io.imagegate.signature.TestNotation.authority;
import static io.imagegate.signature.TestNotation.person;
import static io.imagegate.signature.TestSigstore.NOW;
import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.undecidable;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerWriter;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of revoked certificates, and what they do to signatures of Notation. */
class NotationRevocationTest {

    private static final Instant REVOKED = SIGNED.plusSeconds(3600);
    private static final int KEY_COMPROMISE = 1;
    private static final int SUPERSEDED = 4;

    private final TestTimestamps time = TestTimestamps.named("acme time");
    private final TestCertificate root = authority("acme root").issuedBy(null);
    private final TestCertificate between = authority("between").issuedBy(root);
    private final TestCertificate leaf = person("release").issuedBy(between);
    private final TestCertificate colleague = person("release").issuedBy(between);

    private final TestNotation plain = TestNotation.by(leaf, between, root);
    private final TestNotation stamped = TestNotation.by(leaf, between, root);

    NotationRevocationTest() {
        stamped.stamp(time.stampWithCertificate(stamped.signature(true), SIGNED));
    }

    private TestSigners.Notary builder(TestCrl... crls) {
        return TestSigners.notation(List.of(root.pem()))
                .identity("C=DE, ST=BE, O=acme")
                .timestamps(List.of(time.root.pem()))
                .crls(Arrays.stream(crls).map(TestCrl::encoded).toList());
    }

    private Verdict given(TestNotation signature, TestCrl... crls) {
        return signature.verify(builder(crls).build(), true);
    }

    private Verdict required(TestNotation signature, TestCrl... crls) {
        return signature.verify(builder(crls).requireRevocation().build(), true);
    }

    @Test
    @DisplayName("a certificate in the list of its issuer violates, another one's entry does not")
    void revoked() {
        verified(given(plain));
        verified(given(plain, TestCrl.of(between)));
        verified(given(plain, TestCrl.of(between).revoke(colleague, REVOKED)));
        violates(
                given(plain, TestCrl.of(between).revoke(leaf, REVOKED)),
                SignatureFault.CERTIFICATE,
                "\"CN=between,O=acme,ST=BE,C=DE\" revoked that of \"CN=release",
                "2026-06-01T13:00:00Z",
                "unspecified");
        violates(
                given(plain, TestCrl.of(root).revoke(between, REVOKED)),
                SignatureFault.CERTIFICATE,
                "that of \"CN=between");
        // The list of an authority says nothing about certificates of another one.
        verified(given(plain, TestCrl.of(root).revoke(leaf, REVOKED)));
    }

    @Test
    @DisplayName("a serial number that is written longer than it is does not hide that its certificate is revoked")
    void paddedSerial() {
        refused(TestCrl.of(between).revokePadded(leaf, REVOKED), "a number is not as short as can be");
    }

    @ParameterizedTest(name = "reason {0}")
    @CsvSource({
        "0, false",
        "1, false",
        "2, false",
        "3, true",
        "4, true",
        "5, true",
        "6, false",
        "8, false",
        "9, true",
        "10, false"
    })
    @DisplayName("an earlier proven time helps if the reason is certainly no compromise")
    void reasons(int reason, boolean counts) {
        TestCrl crl = TestCrl.of(between).revoke(leaf, REVOKED, reason);
        violates(given(plain, crl), SignatureFault.CERTIFICATE);
        if (counts) {
            verified(given(stamped, crl));
        } else {
            violates(given(stamped, crl), SignatureFault.CERTIFICATE, "revoked");
        }
    }

    @Test
    @DisplayName(
            "the time must be earlier than the revocation, and than the date since when the certificate is invalid")
    void earlier() {
        violates(
                given(stamped, TestCrl.of(between).revoke(leaf, SIGNED, SUPERSEDED)),
                SignatureFault.CERTIFICATE,
                "no earlier time");
        verified(given(stamped, TestCrl.of(between).revoke(leaf, SIGNED.plusSeconds(1), SUPERSEDED)));
        verified(given(stamped, TestCrl.of(between).revokeInvalid(leaf, REVOKED, SUPERSEDED, SIGNED.plusSeconds(1))));
        violates(
                given(stamped, TestCrl.of(between).revokeInvalid(leaf, REVOKED, SUPERSEDED, SIGNED)),
                SignatureFault.CERTIFICATE);
        violates(given(stamped, TestCrl.of(between).revoke(leaf, REVOKED)), SignatureFault.CERTIFICATE, "unspecified");
        violates(given(stamped, TestCrl.of(between).revoke(leaf, REVOKED, KEY_COMPROMISE)), SignatureFault.CERTIFICATE);
    }

    @Test
    @DisplayName("required demands a list for each certificate below the root, given only those of listed authorities")
    void demands() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> required(plain))
                .withMessageContaining("there are no CRLs");
        undecidable(required(plain, TestCrl.of(root)), "there is no CRL of \"CN=between");
        undecidable(required(plain, TestCrl.of(between)), "there is no CRL of \"CN=acme root");
        verified(required(plain, TestCrl.of(between), TestCrl.of(root)));
        verified(given(plain, TestCrl.of(root)));
        verified(given(plain, TestCrl.of(authority("stranger").issuedBy(null))));
    }

    @Test
    @DisplayName("an expired list, one of the future, and one that another key signed leave it open")
    void current() {
        Instant from = NOW.minus(Duration.ofDays(30));
        TestCrl ends = TestCrl.of(between).updates(from, NOW);
        assertThat(verified(given(plain, ends)).until()).hasValue(NOW);
        undecidable(given(plain, TestCrl.of(between).updates(from, NOW.minusSeconds(1))), "holds from");
        undecidable(given(stamped, TestCrl.of(between).updates(from, NOW.minusSeconds(1))), "holds from");
        undecidable(
                given(plain, TestCrl.of(between).updates(NOW.plusSeconds(301), NOW.plusSeconds(400))), "holds from");
        verified(given(plain, TestCrl.of(between).updates(NOW.plusSeconds(299), NOW.plusSeconds(400))));
        undecidable(
                given(plain, TestCrl.of(between).signedBy(root.key)), "no CRL of that name is signed by \"CN=between");
        undecidable(required(plain, TestCrl.of(root), TestCrl.of(between).signedBy(root.key)), "no CRL of that name");
    }

    @Test
    @DisplayName("a list counts in whatever way it writes the name of its authority")
    void otherEncoding() {
        byte[] printable = printableName("DE", "BE", "acme", "between");
        verified(given(plain, TestCrl.of(between).named(printable).revoke(colleague, REVOKED)));
        violates(
                given(plain, TestCrl.of(between).named(printable).revoke(leaf, REVOKED)),
                SignatureFault.CERTIFICATE,
                "revoked");
        violates(
                given(
                        plain,
                        TestCrl.of(between)
                                .named(printableName("De", "BE", " ACME ", "Between"))
                                .revoke(leaf, REVOKED)),
                SignatureFault.CERTIFICATE,
                "revoked");
        verified(given(
                plain,
                TestCrl.of(between)
                        .named(printableName("DE", "BE", "acme", "between them"))
                        .revoke(leaf, REVOKED)));
        refused(TestCrl.of(between).named(Asn1.seq(Asn1.number(1))), "no CRL that Java can read");
    }

    private static byte[] printableName(String country, String state, String organization, String name) {
        return Asn1.seq(
                printable("2.5.4.6", country),
                printable("2.5.4.8", state),
                printable("2.5.4.10", organization),
                printable("2.5.4.3", name));
    }

    private static byte[] printable(String type, String value) {
        byte[] text = DerWriter.element(Der.PRINTABLE_STRING, value.getBytes(StandardCharsets.US_ASCII));
        return Asn1.set(Asn1.seq(Asn1.oid(type), text));
    }

    @Test
    @DisplayName("of several lists of an authority the newest counts")
    void newest() {
        Instant before = NOW.minus(Duration.ofDays(3));
        Instant after = NOW.minus(Duration.ofDays(2));
        Instant next = NOW.plus(Duration.ofDays(3));
        TestCrl old = TestCrl.of(between).updates(before, next).revoke(leaf, REVOKED, 6);
        TestCrl released = TestCrl.of(between).updates(after, next);
        verified(given(plain, old, released));
        verified(given(plain, released, old));
        violates(given(plain, old), SignatureFault.CERTIFICATE, "certificateHold");
        undecidable(given(plain, old, TestCrl.of(between).updates(after, NOW.minusSeconds(1))), "holds from");
    }

    @Test
    @DisplayName("an answer counts until a list begins that is given already")
    void next() {
        Instant begins = NOW.plusSeconds(3600);
        TestCrl now = TestCrl.of(between).updates(NOW.minusSeconds(60), NOW.plusSeconds(7200));
        TestCrl next =
                TestCrl.of(between).updates(begins, NOW.plusSeconds(9000)).revoke(leaf, REVOKED);
        Signer signer = builder(now, next).build();
        Instant last = verified(plain.verify(signer, true)).until().orElseThrow();
        verified(plain.verify(signer, true, last));
        violates(plain.verify(signer, true, last.plusNanos(1)), SignatureFault.CERTIFICATE, "is revoked");
        // What somebody else signed ends nothing.
        TestCrl forged =
                TestCrl.of(between).updates(begins, NOW.plusSeconds(9000)).signedBy(root.key);
        assertThat(verified(given(plain, now, forged)).until()).hasValue(NOW.plusSeconds(7200));
    }

    @Test
    @DisplayName("an authority without the usage for it signs no list")
    void usage() {
        TestCertificate other = TestNotation.acme(TestKey.p256(), "issues only")
                .extension("2.5.29.19", true, Asn1.seq(Asn1.truth()))
                .usage(0x04)
                .issuedBy(root);
        TestNotation signature = TestNotation.by(person("release").issuedBy(other), other, root);
        verified(given(signature));
        undecidable(given(signature, TestCrl.of(other)), "no CRL of that name is signed by");
    }

    @Test
    @DisplayName("an entry is found among many")
    void many() {
        TestCrl crl = TestCrl.of(between).revokeNumbers(1_000_000, 20_000);
        verified(given(plain, crl));
        violates(given(plain, crl.revoke(leaf, REVOKED).revokeNumbers(2_000_000, 20_000)), SignatureFault.CERTIFICATE);
    }

    @Test
    @DisplayName("lists of some certificates only, and with unknown critical extensions, are refused")
    void refused() {
        byte[] point = Asn1.seq();
        refused(TestCrl.of(between).extension("2.5.29.27", true, Asn1.number(1)), "a delta CRL");
        refused(TestCrl.of(between).extension("2.5.29.27", false, Asn1.number(1)), "a delta CRL");
        refused(TestCrl.of(between).extension("2.5.29.28", true, point), "of one distribution point");
        refused(TestCrl.of(between).extension("1.2.3.4", true, point), "critical extension 1.2.3.4");
        refused(
                TestCrl.of(between)
                        .revokeWith(
                                leaf, REVOKED, Asn1.seq(Asn1.oid("2.5.29.29"), Asn1.truth(), Asn1.octets(Asn1.seq()))),
                "no CRL that Java can read");
        refused(TestCrl.of(between).revoke(leaf, REVOKED, 11), "unknown reason");
        verified(given(plain, TestCrl.of(between).extension("1.2.3.4", false, point)));
    }

    private void refused(TestCrl crl, String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Verifier.create().requireUsable(builder(crl).build()))
                .withMessageContaining(part);
    }
}
