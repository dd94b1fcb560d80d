package io.imagegate.signature.encoding;

import java.nio.ByteBuffer;

/** Writes elements of DER. */
public final class DerWriter {

    private DerWriter() {}

    public static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        int more = length < 0x80 ? 0 : (39 - Integer.numberOfLeadingZeros(length)) / 8;
        ByteBuffer element = ByteBuffer.allocate(2 + more + length);
        element.put((byte) tag).put((byte) (more == 0 ? length : 0x80 | more));
        for (int i = more - 1; i >= 0; i--) {
            element.put((byte) (length >>> (8 * i)));
        }
        for (byte[] part : parts) {
            element.put(part);
        }
        return element.array();
    }
}
