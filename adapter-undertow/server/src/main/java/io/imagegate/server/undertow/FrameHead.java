package io.imagegate.server.undertow;

import java.nio.ByteBuffer;

/** The head of the HTTP/2 frame that was parsed last (RFC 9113, 4.1). Undertow's parser does not expose it. */
final class FrameHead {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int CONTINUATION = 9;

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int BYTES = 9;
    private static final int PREFACE_BYTES = 24;

    private final byte[] head = new byte[BYTES];
    private int read;
    private int skipped = PREFACE_BYTES;

    /**
     * Follows the parser.
     *
     * @param bytes from which it parsed
     * @param from where it began
     * @param to where it stopped: behind a frame, or for DATA before its content
     */
    void follow(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int skip = Math.min(skipped, to - at);
            skipped -= skip;
            at += skip;
            if (at < to) {
                read %= BYTES;
                head[read++] = bytes.get(at++);
                if (read == BYTES) {
                    skipped = type() == DATA ? (has(PADDED) ? 1 : 0) : length();
                }
            }
        }
    }

    int length() {
        return unsigned(0) << 16 | unsigned(1) << 8 | unsigned(2);
    }

    int type() {
        return unsigned(3);
    }

    int stream() {
        return (unsigned(5) & 0x7f) << 24 | unsigned(6) << 16 | unsigned(7) << 8 | unsigned(8);
    }

    /** {@return whether it is the last frame of its stream} */
    boolean isEndOfStream() {
        return has(END_STREAM);
    }

    /** {@return whether it is the last frame of a block of header fields} */
    boolean isEndOfHeaders() {
        return has(END_HEADERS);
    }

    private boolean has(int flag) {
        return (unsigned(4) & flag) != 0;
    }

    private int unsigned(int index) {
        return head[index] & 0xff;
    }
}
