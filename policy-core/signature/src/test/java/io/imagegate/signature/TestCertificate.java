package io.imagegate.signature;

import static io.imagegate.signature.Asn1.bits;
import static io.imagegate.signature.Asn1.explicit;
import static io.imagegate.signature.Asn1.number;
import static io.imagegate.signature.Asn1.octets;
import static io.imagegate.signature.Asn1.oid;
import static io.imagegate.signature.Asn1.seq;
import static io.imagegate.signature.Asn1.set;
import static io.imagegate.signature.Asn1.truth;
import static io.imagegate.signature.Asn1.utcTime;
import static io.imagegate.signature.Asn1.utf8;

import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes certificates, with anything wrong that a test asks for. */
public final class TestCertificate {

    public static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

    private static final AtomicInteger SERIAL = new AtomicInteger(1);

    final TestKey key;
    private final List<byte[]> names = new ArrayList<>();
    private final List<byte[]> extensions = new ArrayList<>();
    private Instant notBefore = Instant.parse("2026-01-01T00:00:00Z");
    private Instant notAfter = Instant.parse("2030-01-01T00:00:00Z");
    private final int serial = SERIAL.incrementAndGet();
    private @Nullable TestCertificate issuer;
    private byte[] encoded = new byte[0];
    private byte[] algorithm = seq(oid("1.2.840.10045.4.3.2"));
    private byte[] info;
    private UnaryOperator<byte[]> rewriting = signature -> signature;

    public TestCertificate() {
        this(TestKey.p256());
    }

    TestCertificate(TestKey key) {
        this.key = key;
        this.info = key.info();
    }

    /** A certificate of an authority that signs itself. */
    public static TestCertificate root(String name) {
        return new TestCertificate().name("2.5.4.3", name).authority().issuedBy(null);
    }

    public TestCertificate name(String type, String value) {
        names.add(set(seq(oid(type), utf8(value))));
        return this;
    }

    /** One part of the name, of any attributes. */
    TestCertificate part(byte[]... attributes) {
        names.add(set(attributes));
        return this;
    }

    public TestCertificate lives(Instant from, Instant to) {
        notBefore = from;
        notAfter = to;
        return this;
    }

    TestCertificate authority() {
        return extension("2.5.29.19", true, seq(truth())).usage(0x04 | 0x02);
    }

    /** The first byte of the key usage's bits: 0x80 is digital signature. */
    public TestCertificate usage(int firstByte) {
        return extension("2.5.29.15", true, DerWriter.element(Der.BIT_STRING, new byte[] {0, (byte) firstByte}));
    }

    public TestCertificate purposes(boolean critical, String... oids) {
        byte[][] all = new byte[oids.length][];
        for (int i = 0; i < oids.length; i++) {
            all[i] = oid(oids[i]);
        }
        return extension("2.5.29.37", critical, seq(all));
    }

    TestCertificate alternativeNames(String... addresses) {
        byte[][] all = new byte[addresses.length][];
        for (int i = 0; i < addresses.length; i++) {
            all[i] = DerWriter.element(Der.implicit(6), addresses[i].getBytes(StandardCharsets.UTF_8));
        }
        return extension("2.5.29.17", true, seq(all));
    }

    TestCertificate extension(String id, boolean critical, byte[] value) {
        extensions.add(critical ? seq(oid(id), truth(), octets(value)) : seq(oid(id), octets(value)));
        return this;
    }

    /** With which algorithm the key of the issuer signs, ECDSA with SHA-256 unless it is set. */
    TestCertificate algorithm(String id) {
        algorithm = seq(oid(id));
        return this;
    }

    /** Writes the key in another form. */
    TestCertificate info(byte[] other) {
        info = other;
        return this;
    }

    /** Writes the signature of the issuer in another form. */
    TestCertificate rewriting(UnaryOperator<byte[]> other) {
        rewriting = other;
        return this;
    }

    public TestCertificate issuedBy(@Nullable TestCertificate authority) {
        issuer = authority;
        byte[] content = content();
        TestKey signing = authority == null ? key : authority.key;
        encoded = seq(content, algorithm, bits(rewriting.apply(signing.sign(content))));
        return this;
    }

    byte[] content() {
        TestCertificate by = issuer == null ? this : issuer;
        return seq(
                explicit(0, number(2)),
                number(serial),
                algorithm,
                by.nameEncoded(),
                seq(utcTime(notBefore), utcTime(notAfter)),
                nameEncoded(),
                info,
                explicit(3, seq(extensions.toArray(byte[][]::new))));
    }

    byte[] nameEncoded() {
        return seq(names.toArray(byte[][]::new));
    }

    byte[] serialEncoded() {
        return number(serial);
    }

    byte[] issuerEncoded() {
        return issuer == null ? nameEncoded() : issuer.nameEncoded();
    }

    public byte[] encoded() {
        return encoded;
    }

    byte[] pem() {
        return TestKey.pem("CERTIFICATE", encoded).getBytes(StandardCharsets.US_ASCII);
    }
}
