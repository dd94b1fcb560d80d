package io.imagegate.signature;

import static io.imagegate.signature.Asn1.bits;
import static io.imagegate.signature.Asn1.explicit;
import static io.imagegate.signature.Asn1.number;
import static io.imagegate.signature.Asn1.octets;
import static io.imagegate.signature.Asn1.oid;
import static io.imagegate.signature.Asn1.seq;
import static io.imagegate.signature.Asn1.time;
import static io.imagegate.signature.Asn1.truth;
import static io.imagegate.signature.Asn1.utcTime;

import io.imagegate.signature.encoding.DerWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes lists of revoked certificates, with anything wrong that a test asks for. */
final class TestCrl {

    private static final byte[] ECDSA_SHA256 = seq(oid("1.2.840.10045.4.3.2"));

    private final List<byte[]> entries = new ArrayList<>();
    private final List<byte[]> extensions = new ArrayList<>(List.of(seq(oid("2.5.29.20"), octets(number(1)))));
    private TestKey key;
    private byte[] issuer;
    private Instant thisUpdate = Instant.parse("2026-11-01T00:00:00Z");
    private Instant nextUpdate = Instant.parse("2026-12-01T00:00:00Z");

    private TestCrl(TestCertificate authority) {
        this.key = authority.key;
        this.issuer = authority.nameEncoded();
    }

    static TestCrl of(TestCertificate authority) {
        return new TestCrl(authority);
    }

    TestCrl signedBy(TestKey other) {
        key = other;
        return this;
    }

    /** Writes the name of the authority in another way. */
    TestCrl named(byte[] name) {
        issuer = name;
        return this;
    }

    TestCrl updates(Instant last, Instant next) {
        thisUpdate = last;
        nextUpdate = next;
        return this;
    }

    TestCrl revoke(TestCertificate certificate, Instant at) {
        entries.add(seq(certificate.serialEncoded(), utcTime(at)));
        return this;
    }

    TestCrl revoke(TestCertificate certificate, Instant at, int reason) {
        byte[] value = DerWriter.element(0x0a, new byte[] {(byte) reason});
        return revokeWith(certificate, at, seq(oid("2.5.29.21"), octets(value)));
    }

    TestCrl revokeInvalid(TestCertificate certificate, Instant at, int reason, Instant invalid) {
        byte[] value = DerWriter.element(0x0a, new byte[] {(byte) reason});
        return revokeWith(
                certificate, at, seq(oid("2.5.29.21"), octets(value)), seq(oid("2.5.29.24"), octets(time(invalid))));
    }

    TestCrl revokeWith(TestCertificate certificate, Instant at, byte[]... entryExtensions) {
        entries.add(seq(certificate.serialEncoded(), utcTime(at), seq(entryExtensions)));
        return this;
    }

    TestCrl revokeNumbers(int first, int count) {
        for (int i = 0; i < count; i++) {
            entries.add(seq(number(first + i), utcTime(thisUpdate)));
        }
        return this;
    }

    /** Writes the serial number with a zero that says nothing. */
    TestCrl revokePadded(TestCertificate certificate, Instant at) {
        byte[] serial = certificate.serialEncoded();
        byte[] padded = new byte[serial.length - 1];
        System.arraycopy(serial, 2, padded, 1, serial.length - 2);
        entries.add(seq(DerWriter.element(0x02, padded), utcTime(at)));
        return this;
    }

    TestCrl extension(String id, boolean critical, byte[] value) {
        extensions.add(critical ? seq(oid(id), truth(), octets(value)) : seq(oid(id), octets(value)));
        return this;
    }

    byte[] encoded() {
        byte[] revoked = entries.isEmpty() ? new byte[0] : seq(entries.toArray(byte[][]::new));
        byte[] content = seq(
                number(1),
                ECDSA_SHA256,
                issuer,
                utcTime(thisUpdate),
                utcTime(nextUpdate),
                revoked,
                explicit(0, seq(extensions.toArray(byte[][]::new))));
        return seq(content, ECDSA_SHA256, bits(key.sign(content)));
    }
}
