package io.imagegate.signature;

import static io.imagegate.signature.TestNotation.authority;
import static io.imagegate.signature.TestNotation.person;
import static io.imagegate.signature.TestSigstore.NOW;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;

import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Certificates of Notation's signers: the chain to a root, what each is for, and whose they are. */
class NotationChainTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    private final TestCertificate root = authority("acme root").issuedBy(null);
    private final TestCertificate between = authority("between").issuedBy(root);

    private Verdict verify(TestNotation signature, String... identities) {
        TestSigners.Notary builder = TestSigners.notation(List.of(root.pem()));
        for (String identity : identities.length == 0 ? new String[] {"C=DE, ST=BE, O=acme"} : identities) {
            builder.identity(identity);
        }
        return signature.verify(builder.build(), true);
    }

    private Verdict verify(TestCertificate leaf) {
        return verify(TestNotation.by(leaf.issuedBy(root), root));
    }

    private static void refused(Verdict verdict, String... parts) {
        violates(verdict, SignatureFault.CERTIFICATE, parts);
    }

    @Test
    @DisplayName("the chain is complete and in order")
    void order() {
        TestCertificate leaf = person("release").issuedBy(between);
        verified(verify(TestNotation.by(leaf, between, root)));
        refused(verify(TestNotation.by(leaf, root, between)), "does not end with a root");
        refused(verify(TestNotation.by(leaf, between)), "not complete");
        refused(verify(TestNotation.by(leaf)), "not complete");
        refused(verify(TestNotation.by(leaf, root)), "not in order", "did not issue");
        refused(verify(TestNotation.by(leaf, between, root, root)), "not in order");
        refused(verify(TestNotation.by(root)), "not complete");
    }

    @Test
    @DisplayName("the chain leads to a root of the signer, which may be one in its middle")
    void roots() {
        TestCertificate other = authority("acme root").issuedBy(null);
        TestCertificate leaf = person("release").issuedBy(other);
        refused(verify(TestNotation.by(leaf, other)), "under the root", "which is no root of the signer");
        // The root is the right one, and its key signed nothing of this.
        refused(verify(TestNotation.by(leaf, root)), "does not hold", "CN=release");
        TestCertificate upper = authority("upper root").issuedBy(null);
        TestCertificate middle = authority("middle").issuedBy(upper);
        TestCertificate below = person("release").issuedBy(middle);
        Signer signer = TestSigners.notation(List.of(middle.pem()))
                .identity("C=DE, ST=BE, O=acme")
                .build();
        verified(TestNotation.by(below, middle, upper).verify(signer, true));
        Signer leafAsRoot = TestSigners.notation(List.of(below.pem()))
                .identity("C=DE, ST=BE, O=acme")
                .build();
        refused(TestNotation.by(below, middle, upper).verify(leafAsRoot, true), "no root of the signer");
    }

    @Test
    @DisplayName("a certificate of the chain that does not hold at the time violates")
    void validity() {
        TestCertificate old =
                authority("between").lives(FROM, NOW.minusSeconds(1)).issuedBy(root);
        TestCertificate leaf = person("release").issuedBy(old);
        violates(verify(TestNotation.by(leaf, old, root)), SignatureFault.TIME, "CN=between");
        TestCertificate future = person("release")
                .lives(NOW.plusSeconds(1), NOW.plusSeconds(100))
                .issuedBy(root);
        violates(verify(TestNotation.by(future, root)), SignatureFault.TIME, "CN=release");
    }

    @Test
    @DisplayName("a leaf is for signing: its key usage is critical and nothing else, its purposes are code signing")
    void leaf() {
        verified(verify(person("x")));
        verified(verify(TestNotation.acme(TestKey.p256(), "x").usage(0x80)));
        verified(verify(TestNotation.acme(TestKey.p256(), "x").usage(0xc0)));
        refused(verify(TestNotation.acme(TestKey.p256(), "x")), "no critical key usage");
        refused(verify(TestNotation.acme(TestKey.p256(), "x").usage(0x40)), "no critical key usage");
        refused(verify(TestNotation.acme(TestKey.p256(), "x").usage(0xa0)), "key encipherment");
        refused(verify(TestNotation.acme(TestKey.p256(), "x").usage(0x82)), "CRL signing");
        byte[] bits = {3, 2, 7, (byte) 0x80};
        refused(
                verify(TestNotation.acme(TestKey.p256(), "x").extension("2.5.29.15", false, bits)),
                "no critical key usage");
        refused(
                verify(TestNotation.acme(TestKey.p256(), "x")
                        .extension("2.5.29.19", true, Asn1.seq(Asn1.truth()))
                        .usage(0x80)),
                "one of an authority");
        for (String foreign : List.of("1", "4", "8", "9")) {
            refused(
                    verify(TestNotation.acme(TestKey.p256(), "x")
                            .usage(0x80)
                            .purposes(false, TestCertificate.CODE_SIGNING, "1.3.6.1.5.5.7.3." + foreign)),
                    "not code signing alone");
        }
        refused(
                verify(TestNotation.acme(TestKey.p256(), "x")
                        .usage(0x80)
                        .purposes(false, TestCertificate.CODE_SIGNING, "2.5.29.37.0")),
                "not code signing alone");
        refused(
                verify(TestNotation.acme(TestKey.p256(), "x").usage(0x80).purposes(false, "1.3.6.1.5.5.7.3.2")),
                "not code signing alone");
    }

    @Test
    @DisplayName("authorities are for issuing certificates of signers")
    void authorities() {
        TestCertificate plain = person("boss").issuedBy(root);
        refused(verify(TestNotation.by(person("release").issuedBy(plain), plain, root)), "CN=boss", "authority");
        TestCertificate noUsage = TestNotation.acme(TestKey.p256(), "no usage")
                .extension("2.5.29.19", true, Asn1.seq(Asn1.truth()))
                .issuedBy(root);
        refused(verify(TestNotation.by(person("release").issuedBy(noUsage), noUsage, root)), "no usage");
        TestCertificate forServers =
                authority("servers").purposes(false, "1.3.6.1.5.5.7.3.1").issuedBy(root);
        refused(verify(TestNotation.by(person("release").issuedBy(forServers), forServers, root)), "servers");
    }

    @Test
    @DisplayName("limits on the path and unknown critical extensions hold, those of the root, too")
    void limits() {
        byte[] none = Asn1.seq(Asn1.truth(), Asn1.number(0));
        TestCertificate limited = TestNotation.acme(TestKey.p256(), "limited root")
                .extension("2.5.29.19", true, none)
                .usage(0x06)
                .issuedBy(null);
        Signer signer = TestSigners.notation(List.of(limited.pem()))
                .identity("C=DE, ST=BE, O=acme")
                .build();
        verified(TestNotation.by(person("release").issuedBy(limited), limited).verify(signer, true));
        TestCertificate below = authority("below").issuedBy(limited);
        refused(
                TestNotation.by(person("release").issuedBy(below), below, limited)
                        .verify(signer, true),
                "does not hold");
        refused(verify(person("release").extension("1.2.3.4", true, Asn1.number(1))), "does not hold");
        verified(verify(person("release").extension("1.2.3.4", false, Asn1.number(1))));
    }

    @Test
    @DisplayName("all parts of an identity stand in the subject, in any order, and each type stands there once")
    void identities() {
        TestNotation release = TestNotation.by(person("release").issuedBy(root), root);
        verified(verify(release, "CN=release, O=acme, ST=BE, C=DE"));
        verified(verify(release, "C=FR, ST=x, O=y", "C=DE, S=BE, O=acme"));
        for (String other : List.of(
                "C=DE, ST=BE, O=acm",
                "C=DE, ST=BE, O=ACME",
                "C=DE, ST=BE, O=acme, CN=releas",
                "C=DE, ST=BE, O=acme, OU=x",
                "C=DE, ST=BE, O=acme\\, Inc",
                "C=BE, ST=DE, O=acme")) {
            violates(
                    verify(release, other),
                    SignatureFault.IDENTITY,
                    "signed with the certificate of \"CN=release,O=acme");
        }
        TestCertificate two = person("release").name("2.5.4.3", "evil").issuedBy(root);
        violates(verify(TestNotation.by(two, root)), SignatureFault.IDENTITY);
        TestCertificate twice = person("release").name("2.5.4.10", "evil").issuedBy(root);
        violates(verify(TestNotation.by(twice, root)), SignatureFault.IDENTITY);
        TestCertificate units =
                person("release").name("2.5.4.11", "a").name("2.5.4.11", "b").issuedBy(root);
        verified(verify(TestNotation.by(units, root)));
        violates(verify(TestNotation.by(units, root), "C=DE, ST=BE, O=acme, OU=a"), SignatureFault.IDENTITY);
        TestCertificate comma = person("release").name("2.5.4.11", "a, CN=boss").issuedBy(root);
        violates(verify(TestNotation.by(comma, root), "C=DE, ST=BE, O=acme, CN=boss"), SignatureFault.IDENTITY);
        verified(verify(TestNotation.by(comma, root), "C=DE, ST=BE, O=acme, OU=a\\, CN\\=boss"));
    }
}
