package io.imagegate.signature;

import static io.imagegate.signature.Asn1.explicit;
import static io.imagegate.signature.Asn1.number;
import static io.imagegate.signature.Asn1.octets;
import static io.imagegate.signature.Asn1.oid;
import static io.imagegate.signature.Asn1.seq;
import static io.imagegate.signature.Asn1.set;
import static io.imagegate.signature.Asn1.time;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import java.time.Instant;

/** Stamps times. */
final class TestTimestamps {

    private static final Crypto CRYPTO = new Crypto(null);
    private static final byte[] SHA256 = seq(oid("2.16.840.1.101.3.4.2.1"));
    private static final String CONTENT = "1.2.840.113549.1.9.16.1.4";

    final TestCertificate root;
    final TestCertificate leaf;

    TestTimestamps(String name, String... purposes) {
        root = TestCertificate.root(name + " root");
        leaf = new TestCertificate()
                .name("2.5.4.3", name)
                .usage(0x80)
                .purposes(true, purposes)
                .issuedBy(root);
    }

    TestTimestamps(TestCertificate root, TestCertificate leaf) {
        this.root = root;
        this.leaf = leaf;
    }

    static TestTimestamps named(String name) {
        return new TestTimestamps(name, TestCertificate.TIME_STAMPING);
    }

    /** A token without certificates, as sigstore's authority makes them. */
    byte[] stamp(byte[] message, Instant at) {
        return stamp(message, at, new byte[0]);
    }

    /** A token with its certificate. */
    byte[] stampWithCertificate(byte[] message, Instant at) {
        return stamp(message, at, explicit(0, leaf.encoded()));
    }

    private byte[] stamp(byte[] message, Instant at, byte[] certificates) {
        byte[] content = seq(
                number(1),
                oid("1.2.3.4"),
                seq(SHA256, octets(CRYPTO.digest(HashAlgorithm.SHA256, message))),
                number(77),
                time(at));
        byte[][] attributes = {
            seq(oid("1.2.840.113549.1.9.3"), set(oid(CONTENT))),
            seq(oid("1.2.840.113549.1.9.4"), set(octets(CRYPTO.digest(HashAlgorithm.SHA256, content)))),
            seq(
                    oid("1.2.840.113549.1.9.16.2.47"),
                    set(seq(seq(seq(octets(CRYPTO.digest(HashAlgorithm.SHA256, leaf.encoded())))))))
        };
        byte[] signer = seq(
                number(1),
                seq(leaf.issuerEncoded(), leaf.serialEncoded()),
                SHA256,
                explicit(0, attributes),
                seq(oid("1.2.840.10045.4.3.2")),
                octets(leaf.key.sign(set(attributes))));
        byte[] signedData =
                seq(number(3), set(SHA256), seq(oid(CONTENT), explicit(0, octets(content))), certificates, set(signer));
        return seq(seq(number(0)), seq(oid("1.2.840.113549.1.7.2"), explicit(0, signedData)));
    }
}
