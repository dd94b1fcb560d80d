package io.imagegate.signature;

import static io.imagegate.signature.Asn1.explicit;
import static io.imagegate.signature.Asn1.number;
import static io.imagegate.signature.Asn1.oid;
import static io.imagegate.signature.Asn1.seq;
import static io.imagegate.signature.Asn1.set;
import static io.imagegate.signature.Asn1.truth;
import static io.imagegate.signature.Asn1.utf8;
import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;

import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits that authorities have, those of the anchor too: the platform alone would not look at them. */
class CertificateLimitsTest {

    private static final String RSA_SHA256 = "1.2.840.113549.1.1.11";
    private static final String RSA_SHA1 = "1.2.840.113549.1.1.5";
    private static final byte[] NO_AUTHORITY_BELOW = seq(truth(), number(0));

    private static TestCertificate named(String name) {
        return new TestCertificate().name("2.5.4.3", name);
    }

    private static TestCertificate person() {
        return new TestCertificate()
                .usage(0x80)
                .purposes(false, TestCertificate.CODE_SIGNING)
                .name("2.5.4.10", "acme")
                .name("2.5.4.3", "release");
    }

    /** An authority that issues certificates of signers alone. */
    private static TestCertificate limited() {
        return named("limited").extension("2.5.29.19", true, NO_AUTHORITY_BELOW).usage(0x06);
    }

    private static Verdict verify(TestCertificate anchor, TestCertificate leaf, TestCertificate... others) {
        TestCertificate[] chain = new TestCertificate[others.length + 1];
        chain[0] = leaf;
        System.arraycopy(others, 0, chain, 1, others.length);
        return TestBundle.by(leaf)
                .chain(chain)
                .verify(TestSigners.certificate(List.of(anchor.pem()))
                        .subject("CN=release,O=acme")
                        .build());
    }

    private static void refused(Verdict verdict) {
        violates(verdict, SignatureFault.CERTIFICATE, "no path leads");
    }

    @Test
    @DisplayName("a path is no longer than the anchor allows, whether it signed itself or not")
    void pathLength() {
        TestCertificate upper = TestCertificate.root("upper");
        for (TestCertificate anchor :
                List.of(limited().issuedBy(null), limited().issuedBy(upper))) {
            verified(verify(anchor, person().issuedBy(anchor)));
            TestCertificate between = named("between").authority().issuedBy(anchor);
            refused(verify(anchor, person().issuedBy(between), between));
            TestCertificate renewed = named("limited").authority().issuedBy(anchor);
            verified(verify(anchor, person().issuedBy(renewed), renewed));
        }
    }

    /** A name that certificates below an authority must have. */
    private static byte[] only(String organization) {
        return seq(explicit(0, seq(explicit(4, seq(set(seq(oid("2.5.4.10"), utf8(organization))))))));
    }

    @Test
    @DisplayName("the anchor limits the names of certificates below it")
    void nameConstraints() {
        TestCertificate acme = named("acme")
                .authority()
                .extension("2.5.29.30", true, only("acme"))
                .issuedBy(null);
        verified(verify(acme, person().issuedBy(acme)));
        TestCertificate other = named("other")
                .authority()
                .extension("2.5.29.30", true, only("other"))
                .issuedBy(null);
        refused(verify(other, person().issuedBy(other)));
        TestCertificate below = named("below").authority().issuedBy(acme);
        refused(verify(acme, person().issuedBy(below), below));
        TestCertificate root = TestCertificate.root("root");
        for (String organization : List.of("acme", "other")) {
            TestCertificate between = named("between")
                    .authority()
                    .extension("2.5.29.30", true, only(organization))
                    .issuedBy(root);
            Verdict verdict = verify(root, person().issuedBy(between), between);
            if (organization.equals("acme")) {
                verified(verdict);
            } else {
                refused(verdict);
            }
        }
        TestCertificate wrong = named("wrong")
                .authority()
                .extension("2.5.29.30", false, new byte[] {1})
                .issuedBy(null);
        refused(verify(wrong, person().issuedBy(wrong)));
    }

    @Test
    @DisplayName("an anchor issues certificates, and has no critical extension that is not known")
    void anchor() {
        TestCertificate plain =
                named("plain").extension("2.5.29.19", true, seq(truth())).issuedBy(null);
        verified(verify(plain, person().issuedBy(plain)));
        TestCertificate lists = named("lists")
                .extension("2.5.29.19", true, seq(truth()))
                .usage(0x02)
                .issuedBy(null);
        refused(verify(lists, person().issuedBy(lists)));
        for (boolean critical : new boolean[] {false, true}) {
            TestCertificate extended = named("extended")
                    .authority()
                    .extension("1.2.3.4", critical, utf8("x"))
                    .issuedBy(null);
            Verdict verdict = verify(extended, person().issuedBy(extended));
            if (critical) {
                refused(verdict);
            } else {
                verified(verdict);
            }
        }
    }

    @Tag("slow")
    @Test
    @DisplayName("a certificate that an authority signed with SHA-1 does not count")
    void weakHash() {
        TestCertificate root = TestCertificate.root("acme root");
        TestKey key = TestKey.rsa(2048, "SHA256withRSA");
        TestCertificate strong =
                new TestCertificate(key).name("2.5.4.3", "rsa").authority().issuedBy(root);
        verified(verify(root, person().algorithm(RSA_SHA256).issuedBy(strong), strong));
        TestCertificate weak = new TestCertificate(key.with("SHA1withRSA"))
                .name("2.5.4.3", "rsa")
                .authority()
                .issuedBy(root);
        violates(
                verify(root, person().algorithm(RSA_SHA1).issuedBy(weak), weak),
                SignatureFault.CERTIFICATE,
                "signed by the algorithm " + RSA_SHA1);
    }

    @Test
    @DisplayName("an authority with a short key issues nothing that counts")
    void shortKey() {
        TestCertificate root = TestCertificate.root("acme root");
        TestCertificate weak = new TestCertificate(TestKey.rsa(1024, "SHA256withRSA"))
                .name("2.5.4.3", "short")
                .authority()
                .issuedBy(root);
        violates(verify(root, person().algorithm(RSA_SHA256).issuedBy(weak), weak), SignatureFault.KEY, "1024 bits");
        TestCertificate anchor = new TestCertificate(TestKey.rsa(1024, "SHA256withRSA"))
                .name("2.5.4.3", "short")
                .authority()
                .algorithm(RSA_SHA256)
                .issuedBy(null);
        violates(verify(anchor, person().algorithm(RSA_SHA256).issuedBy(anchor)), SignatureFault.KEY, "1024 bits");
    }

    @Test
    @DisplayName("an authority with a key of Ed25519 counts")
    void edwards() {
        TestCertificate anchor = new TestCertificate(TestKey.ed25519(false))
                .name("2.5.4.3", "edwards")
                .authority()
                .algorithm("1.3.101.112")
                .issuedBy(null);
        verified(verify(anchor, person().algorithm("1.3.101.112").issuedBy(anchor)));
    }

    @Test
    @DisplayName("the limits hold for the authorities of timestamps and of identities, too")
    void everywhere() {
        TestSigstore sigstore = new TestSigstore();
        TestCertificate limited = limited().issuedBy(null);
        TestCertificate between = named("between").authority().issuedBy(limited);
        TestCertificate leaf = TestSigstore.identified().issuedBy(between);
        Signer signer = TestSigstore.keyless(TestSigners.trust(sigstore.rootOf(between, limited), 1, 0, 0));
        violates(
                TestBundle.by(leaf).logged(sigstore.log, SIGNED).verify(signer),
                SignatureFault.CERTIFICATE,
                "no authority of the trusted root issued the certificate");
        TestCertificate allowing = TestCertificate.root("fulcio");
        TestCertificate good = named("between").authority().issuedBy(allowing);
        TestCertificate identified = TestSigstore.identified().issuedBy(good);
        verified(TestBundle.by(identified)
                .logged(sigstore.log, SIGNED)
                .verify(TestSigstore.keyless(TestSigners.trust(sigstore.rootOf(good, allowing), 1, 0, 0))));
    }
}
