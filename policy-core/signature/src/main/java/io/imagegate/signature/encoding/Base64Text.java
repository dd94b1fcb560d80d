package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 text that was found to be canonical: the standard alphabet, padded, without line breaks, and with zeros in the bits
 * that mean nothing. It lies in the document that it was read from, and is decoded when it is needed.
 */
public final class Base64Text {

    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private final byte[] source;
    private final int start;
    private final int end;
    private final int padding;

    private Base64Text(byte[] source, int start, int end, int padding) {
        this.source = source;
        this.start = start;
        this.end = end;
        this.padding = padding;
    }

    static Base64Text of(String what, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(what, bytes, 0, bytes.length);
    }

    static Base64Text of(String what, byte[] source, int start, int end) {
        int padding = padding(source, start, end);
        int digits = end - padding;
        boolean canonical = (end - start) % 4 == 0;
        for (int i = start; canonical && i < digits; i++) {
            canonical = VALUES[source[i] & 0xff] >= 0;
        }
        if (canonical && padding > 0) {
            int unused = padding == 1 ? 0x03 : 0x0f;
            canonical = (VALUES[source[digits - 1] & 0xff] & unused) == 0;
        }
        if (!canonical) {
            throw Refusal.format(what + " is not canonical base64");
        }
        return new Base64Text(source, start, end, padding);
    }

    public static byte[] decode(String what, String text) {
        return of(what, text).decoded();
    }

    /** {@return the number of signs at the end that stand for nothing: at most two} */
    private static int padding(byte[] source, int start, int end) {
        int padding = 0;
        while (padding < 2 && end - padding - 1 > start && source[end - padding - 1] == '=') {
            padding++;
        }
        return padding;
    }

    /** {@return the number of bytes that the text stands for} */
    public int length() {
        return (end - start) / 4 * 3 - padding;
    }

    public byte[] decoded() {
        byte[] decoded = Base64.getDecoder()
                .decode(ByteBuffer.wrap(source, start, end - start))
                .array();
        return decoded.length == length() ? decoded : Arrays.copyOf(decoded, length());
    }

    public InputStream open() {
        return new Base64Stream(source, start, end);
    }

    /** {@return whether the text stands for these bytes} */
    boolean standsFor(byte[] bytes) {
        return length() == bytes.length && Arrays.equals(decoded(), bytes);
    }
}
