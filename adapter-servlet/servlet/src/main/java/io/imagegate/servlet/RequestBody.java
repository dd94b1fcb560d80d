package io.imagegate.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Body of a request, up to a limit. */
final class RequestBody {

    private static final int FIRST = 4_096;

    private final byte[] bytes;
    private final int length;

    private RequestBody(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /**
     * Reads up to a number of bytes. The buffer grows with the bytes that arrived. Unlike
     * {@link InputStream#readNBytes(int)}, this never reads zero bytes, because Tomcat would block until more of the
     * body arrives.
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

    /** {@return the array with the body at its start; may be longer} */
    byte[] bytes() {
        return bytes;
    }

    /** {@return length of the body in bytes} */
    int length() {
        return length;
    }
}
