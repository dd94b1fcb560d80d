package io.imagegate.signature;

import static io.imagegate.signature.TestNotation.acme;
import static io.imagegate.signature.TestNotation.person;

import io.imagegate.signer.Signer;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Verifies forged signatures on a platform that takes them, as early releases of Java 17 took zeros (CVE-2022-21449). */
final class GulliblePlatform {

    private static final Instant EXPIRED = Instant.parse("2026-06-02T00:00:00Z");

    private GulliblePlatform() {}

    public static void main(String[] arguments) {
        Security.insertProviderAt(new Gullible(), 1);
        say("bundle", bundle(TestKey.p256()));
        say("JWS", notation(true));
        say("COSE", notation(false));
        say("certificate", certificate());
        say("chain", chain());
        say("CRL", crl());
        say("timestamp", timestamp(true));
        say("SCT", sct(true));
        say("nothing forged", timestamp(false), sct(false));
    }

    private static void say(String form, Verdict... verdicts) {
        Arrays.stream(verdicts)
                .forEach(verdict ->
                        System.out.println(form + ": " + verdict.getClass().getSimpleName()));
    }

    private static Verdict bundle(TestKey key) {
        return TestBundle.by(key.forging()).verify(TestSigners.keys(List.of(TestSigners.key(key.pem()))));
    }

    private static Signer notary(TestCertificate root, TestCrl... crls) {
        TestSigners.Notary builder = TestSigners.notation(List.of(root.pem()))
                .identity("C=DE, ST=BE, O=acme")
                .crls(Arrays.stream(crls).map(TestCrl::encoded).toList());
        return (crls.length == 0 ? builder : builder.requireRevocation()).build();
    }

    private static TestCertificate root(TestKey key) {
        return acme(key, "acme root").authority().issuedBy(null);
    }

    private static Verdict notation(boolean jws) {
        TestCertificate root = root(TestKey.p256());
        TestCertificate leaf = person(TestKey.p256().forging(), "release").issuedBy(root);
        return TestNotation.by(leaf, root).verify(notary(root), jws);
    }

    private static Verdict certificate() {
        TestKey key = TestKey.p256();
        TestCertificate leaf = person("release").issuedBy(root(key.forging()));
        return TestBundle.by(leaf)
                .verify(TestSigners.certificate(List.of(root(key).pem()))
                        .subject("CN=release,O=acme,ST=BE,C=DE")
                        .build());
    }

    private static Verdict chain() {
        TestKey key = TestKey.p256();
        TestCertificate leaf = person("release").issuedBy(root(key.forging()));
        TestCertificate root = root(key);
        return TestNotation.by(leaf, root).verify(notary(root), true);
    }

    private static Verdict crl() {
        TestKey key = TestKey.p256();
        TestCertificate root = root(key);
        TestCrl list = TestCrl.of(root).signedBy(key.forging());
        return TestNotation.by(person("release").issuedBy(root), root).verify(notary(root, list), true);
    }

    private static Verdict timestamp(boolean forged) {
        TestKey key = TestKey.p256();
        TestCertificate root = TestCertificate.root("time root");
        TestCertificate stamps = new TestCertificate(forged ? key.forging() : key)
                .name("2.5.4.3", "time")
                .usage(0x80)
                .purposes(true, TestCertificate.TIME_STAMPING)
                .issuedBy(root);
        TestCertificate office = root(TestKey.p256());
        TestCertificate leaf = person("release")
                .lives(Instant.parse("2026-01-01T00:00:00Z"), EXPIRED)
                .issuedBy(office);
        TestBundle bundle = TestBundle.by(leaf);
        bundle.stamp(new TestTimestamps(root, stamps).stampWithCertificate(bundle.signature(), TestSigstore.SIGNED));
        return bundle.verify(TestSigners.certificate(List.of(office.pem()))
                .subject("CN=release,O=acme,ST=BE,C=DE")
                .timestamps(List.of(root.pem()))
                .build());
    }

    private static Verdict sct(boolean forged) {
        TestSigstore sigstore = new TestSigstore();
        TestLog by = forged ? sigstore.certificateLog.forging() : sigstore.certificateLog;
        TestCertificate leaf = sigstore.stamped(TestSigstore.identified(), by, TestSigstore.SIGNED);
        return TestBundle.by(leaf).logged(sigstore.log, TestSigstore.SIGNED).verify(sigstore.keyless());
    }

    /** Takes the forged signature for any key and message. */
    private static final class Gullible extends Provider {

        private static final long serialVersionUID = 1L;

        Gullible() {
            super("Gullible", "1", "for tests");
            putService(new Service(this, "Signature", "SHA256withECDSA", "none", List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) {
                    return new DelegatingSignature(installed()) {
                        @Override
                        protected boolean engineVerify(byte[] signature) throws java.security.SignatureException {
                            return Arrays.equals(signature, TestKey.FORGED) || super.engineVerify(signature);
                        }
                    };
                }
            });
        }

        private static Signature installed() {
            try {
                return Signature.getInstance("SHA256withECDSA", Security.getProvider("SunEC"));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
