package io.imagegate.signature;

import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerWriter;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes DER for tests. */
public final class Asn1 {

    private Asn1() {}

    public static byte[] seq(byte[]... parts) {
        return DerWriter.element(Der.SEQUENCE, parts);
    }

    static byte[] set(byte[]... parts) {
        return DerWriter.element(Der.SET, parts);
    }

    static byte[] explicit(int number, byte[]... parts) {
        return DerWriter.element(Der.explicit(number), parts);
    }

    static byte[] octets(byte[] value) {
        return DerWriter.element(Der.OCTET_STRING, value);
    }

    static byte[] bits(byte[] value) {
        return DerWriter.element(Der.BIT_STRING, new byte[] {0}, value);
    }

    public static byte[] number(long value) {
        return DerWriter.element(Der.INTEGER, BigInteger.valueOf(value).toByteArray());
    }

    static byte[] utf8(String text) {
        return DerWriter.element(Der.UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] truth() {
        return DerWriter.element(Der.BOOLEAN, new byte[] {-1});
    }

    static byte[] time(Instant time) {
        String text = DateTimeFormatter.ofPattern("uuuuMMddHHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(time) + "Z";
        return DerWriter.element(Der.GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] utcTime(Instant time) {
        String text = DateTimeFormatter.ofPattern("uuMMddHHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(time) + "Z";
        return DerWriter.element(Der.UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    public static byte[] oid(String text) {
        String[] parts = text.split("\\.", -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, Long.parseLong(parts[0]) * 40 + Long.parseLong(parts[1]));
        for (int i = 2; i < parts.length; i++) {
            write(out, Long.parseLong(parts[i]));
        }
        return DerWriter.element(Der.OID, out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, long part) {
        int shift = 63;
        while (shift > 0 && part >>> shift == 0) {
            shift -= 7;
        }
        for (; shift > 0; shift -= 7) {
            out.write((int) ((part >>> shift & 0x7f) | 0x80));
        }
        out.write((int) (part & 0x7f));
    }
}
