package io.imagegate.signature.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes items of CBOR (RFC 8949) in their short form. */
public final class CborWriter {

    private static final int BYTE_STRING = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;

    private CborWriter() {}

    /** {@return a byte string} */
    public static byte[] bytes(byte[] value) {
        return item(BYTE_STRING, value.length, value);
    }

    /** {@return a text} */
    public static byte[] text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return item(TEXT, bytes.length, bytes);
    }

    /** {@return a list of items that are written already} */
    public static byte[] list(byte[]... items) {
        return item(LIST, items.length, items);
    }

    private static byte[] item(int type, int number, byte[]... content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int bytes = number < 24 ? 0 : number < 1 << 8 ? 1 : number < 1 << 16 ? 2 : 4;
        out.write(type << 5 | (bytes == 0 ? number : 24 + Integer.numberOfTrailingZeros(bytes)));
        for (int i = bytes - 1; i >= 0; i--) {
            out.write(number >>> (8 * i));
        }
        for (byte[] part : content) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
