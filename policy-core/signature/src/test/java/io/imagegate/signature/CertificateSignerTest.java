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
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Signers with certificates of an authority of their own. */
class CertificateSignerTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-09-01T00:00:00Z");

    private final TestCertificate root = TestCertificate.root("acme root");

    private static TestCertificate person(String... names) {
        TestCertificate person = new TestCertificate().usage(0x80).purposes(false, TestCertificate.CODE_SIGNING);
        person.name("2.5.4.10", "acme");
        for (String name : names) {
            person.name("2.5.4.3", name);
        }
        return person;
    }

    private TestSigners.Office signer() {
        return TestSigners.certificate(List.of(root.pem()));
    }

    private Verdict verify(TestCertificate leaf, String subject) {
        return TestBundle.by(leaf).verify(signer().subject(subject).build());
    }

    @Test
    @DisplayName("a subject is compared as a whole, part by part")
    void subject() {
        TestCertificate leaf = person("release").issuedBy(root);
        assertThat(verified(verify(leaf, "CN=release,O=acme")).signatory())
                .isEqualTo(new Signatory(Signatory.Kind.SUBJECT, "CN=release,O=acme", ""));
        verified(verify(leaf, "cn=rel*, O=acme"));
        violates(verify(leaf, "CN=release"), SignatureFault.IDENTITY, "CN=release,O=acme");
        violates(verify(leaf, "O=acme,CN=release"), SignatureFault.IDENTITY);
        violates(verify(leaf, "CN=release,O=acm"), SignatureFault.IDENTITY);
        violates(verify(leaf, "CN=*,O=*,C=*"), SignatureFault.IDENTITY);
    }

    @Test
    @DisplayName("a value with a comma is one part, and cannot pretend to be two")
    void forgedSubject() {
        TestCertificate forged = new TestCertificate()
                .usage(0x80)
                .purposes(false, TestCertificate.CODE_SIGNING)
                .name("2.5.4.3", "release,O=acme")
                .issuedBy(root);
        violates(verify(forged, "CN=release,O=acme"), SignatureFault.IDENTITY, "release\\\\,O=acme");
        verified(verify(forged, "CN=release\\,O=acme"));
    }

    @Test
    @DisplayName("a byte may be written by its digits, as openssl does; a star after a backslash is refused")
    void digits() {
        TestCertificate leaf = person("Müller \\").issuedBy(root);
        verified(verify(leaf, "CN=M\\C3\\BCller \\\\,O=acme"));
        verified(verify(leaf, "CN=M\\c3\\bc*\\5C,O=\\61cme"));
        verified(verify(leaf, "CN=Müller \\\\*,O=acme"));
        violates(verify(leaf, "CN=M\\C3\\BDller \\\\,O=acme"), SignatureFault.IDENTITY);
        violates(verify(person("41").issuedBy(root), "CN=\\41,O=acme"), SignatureFault.IDENTITY);
        for (String star : new String[] {"CN=\\*.acme,O=acme", "CN=\\2A.acme,O=acme", "CN=\\2a.acme,O=acme"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signer().subject(star).build())
                    .withMessageContaining("no star after a backslash");
        }
    }

    @Test
    @DisplayName("two common names violate")
    void twoCommonNames() {
        violates(verify(person("release", "evil").issuedBy(root), "CN=**,O=acme"), SignatureFault.IDENTITY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer().subject("CN=**,CN=**,O=acme").build())
                .withMessageContaining("has CN twice");
    }

    @Test
    @DisplayName("a name in the certificate counts, if it is the only one")
    void identity() {
        TestCertificate leaf =
                person("x").alternativeNames("https://acme.example/release").issuedBy(root);
        verified(TestBundle.by(leaf)
                .verify(signer().identity("https://acme.example/*").build()));
        violates(
                TestBundle.by(leaf)
                        .verify(signer().identity("https://acme.example/").build()),
                SignatureFault.IDENTITY);
        violates(
                TestBundle.by(person("x")
                                .alternativeNames("a:b", "https://acme.example/release")
                                .issuedBy(root))
                        .verify(signer().identity("https://acme.example/*").build()),
                SignatureFault.IDENTITY,
                "2 subject alternative names");
    }

    @Test
    @DisplayName("the path leads to the root, also over authorities in the chain, which may be for code")
    void path() {
        TestCertificate between =
                new TestCertificate().name("2.5.4.3", "between").authority().issuedBy(root);
        TestCertificate leaf = person("release").issuedBy(between);
        violates(verify(leaf, "CN=release,O=acme"), SignatureFault.CERTIFICATE, "no path");
        Signer signer = signer().subject("CN=release,O=acme").build();
        verified(TestBundle.by(leaf).chain(leaf, between).verify(signer));
        verified(TestBundle.by(leaf).chain(leaf, between, root).verify(signer));
        TestCertificate forServers = new TestCertificate()
                .name("2.5.4.3", "servers")
                .authority()
                .purposes(false, "1.3.6.1.5.5.7.3.1")
                .issuedBy(root);
        TestCertificate misused = person("release").issuedBy(forServers);
        violates(
                TestBundle.by(misused).chain(misused, forServers).verify(signer),
                SignatureFault.CERTIFICATE,
                "no path");
        TestCertificate stranger = person("release").issuedBy(TestCertificate.root("acme root"));
        violates(verify(stranger, "CN=release,O=acme"), SignatureFault.CERTIFICATE, "no path");
    }

    @Test
    @DisplayName("a leaf cannot issue another one")
    void leafAsAuthority() {
        TestCertificate leaf = person("release").issuedBy(root);
        TestCertificate below = person("boss").issuedBy(leaf);
        Signer signer = signer().subject("CN=boss,O=acme").build();
        violates(TestBundle.by(below).chain(below, leaf).verify(signer), SignatureFault.CERTIFICATE, "no path");
    }

    @Test
    @DisplayName("the certificate holds at the proven time, else at the instant")
    void times() {
        TestCertificate leaf = person("release").lives(FROM, UNTIL).issuedBy(root);
        Signer plain = signer().subject("CN=release,O=acme").build();
        verified(TestBundle.by(leaf).verify(plain, UNTIL));
        violates(TestBundle.by(leaf).verify(plain, NOW), SignatureFault.TIME, UNTIL.toString());
        TestTimestamps authority = TestTimestamps.named("acme time");
        Signer stamped = signer().subject("CN=release,O=acme")
                .timestamps(List.of(authority.root.pem()))
                .build();
        TestBundle bundle = TestBundle.by(leaf);
        violates(bundle.verify(stamped, NOW), SignatureFault.TIME);
        bundle.stamp(authority.stampWithCertificate(bundle.signature(), SIGNED));
        assertThat(verified(bundle.verify(stamped, NOW)).times()).containsExactly(SIGNED);
        violates(bundle.verify(plain, NOW), SignatureFault.TIME);
        TestBundle late = TestBundle.by(leaf);
        late.stamp(authority.stampWithCertificate(late.signature(), UNTIL.plusSeconds(1)));
        violates(late.verify(stamped, NOW), SignatureFault.TIME);
    }

    @Test
    @DisplayName("a certificate that lives long does not say how old a signature is")
    void age() {
        assertThat(verified(verify(person("release").issuedBy(root), "CN=release,O=acme"))
                        .issued())
                .isEmpty();
    }

    @Test
    @DisplayName("evidence of logs can be demanded")
    void trust() {
        TestSigstore sigstore = new TestSigstore();
        TestCertificate leaf = person("release").issuedBy(root);
        Signer signer = signer().subject("CN=release,O=acme")
                .trust(TestSigners.trust(sigstore.root()))
                .build();
        violates(TestBundle.by(leaf).verify(signer), SignatureFault.LOG, "no entry of any log");
        verified(TestBundle.by(leaf).logged(sigstore.log, SIGNED).verify(signer));
    }

    @Test
    @DisplayName("what no time proves counts until the certificate or the log ends, whichever is first")
    void untilTheLogEnds() {
        TestCertificate leaf =
                person("release").lives(FROM, NOW.plusSeconds(60)).issuedBy(root);
        for (int seconds : List.of(59, 61)) {
            Instant end = NOW.plusSeconds(seconds);
            TestSigstore sigstore = new TestSigstore();
            sigstore.logValid = "{\"start\":\"2026-01-01T00:00:00Z\",\"end\":\"" + end + "\"}";
            TestBundle rekor2 = TestBundle.by(leaf);
            rekor2.entry(sigstore.log.entry2(rekor2.hashedRekord2(), true));
            Signer signer = signer().subject("CN=release,O=acme")
                    .trust(TestSigners.trust(sigstore.root()))
                    .build();
            assertThat(verified(rekor2.verify(signer)).until()).hasValue(NOW.plusSeconds(Math.min(seconds, 60)));
        }
    }

    @Test
    @DisplayName("a signer without a name, or with trust and timestamps, is refused")
    void settings() {
        TestSigstore sigstore = new TestSigstore();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer().build())
                .withMessageContaining("expected subject or identity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer().identity("**")
                        .trust(TestSigners.trust(sigstore.root()))
                        .timestamps(List.of(root.pem()))
                        .build())
                .withMessageContaining("expected only one of them");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> TestSigners.certificate(List.of()).identity("**").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSigners.certificate(List.of(TestKey.p256().pem())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer().subject("release").build())
                .withMessageContaining("CN=release,O=acme");
    }
}
