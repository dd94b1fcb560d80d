package io.imagegate.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The body of a request, as far as it is wanted. */
final class RequestBody {

    private static final int FIRST = 4_096;

    private final byte[] bytes;
    private final int length;

    private RequestBody(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /**
     * Reads until the body ends or that many bytes are there. Room grows with what arrived. Never asks for no bytes at
     * all, as {@link InputStream#readNBytes(int)} does: Tomcat waits for more of the body before it gives them.
     */
    static RequestBody read(InputStream in, int wanted) throws IOException {
        byte[] bytes = new byte[Math.min(FIRST, wanted)];
        int length = 0;
        while (length < wanted) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, 2L * length));
            }
            int count = in.read(bytes, length, bytes.length - length);
            if (count < 0) {
                break;
            }
            length += count;
        }
        return new RequestBody(bytes, length);
    }

    /** {@return what holds the body from its first byte; may be longer} */
    byte[] bytes() {
        return bytes;
    }

    /** {@return length of the body in bytes} */
    int length() {
        return length;
    }
}
