package io.imagegate.server.undertow;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of the HTTP/2 frames that a client sends (RFC 9113, 4.1), and reports more frames without content
 * than a client has reason to send. Undertow handles such frames as fast as they come, so a flood of them would
 * keep an I/O thread from everything else. Used by the I/O thread of the connection alone.
 */
final class FrameMeter {

    private static final int HEADER_BYTES = 9;

    /** With the length of the padding, which is the first byte of a padded frame's payload. */
    private static final int PADDED_HEADER_BYTES = HEADER_BYTES + 1;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int PADDED = 8;

    /** A DATA frame with less content, which is not the last of its request, counts as empty. */
    private static final int SMALL_BYTES = 256;

    /** A frame without content costs one for each begun piece of this length: SETTINGS carry many settings. */
    private static final int PIECE_BYTES = 64;

    private static final int MOST_CONTINUATIONS = 8;

    private final FrameRate allowance;
    private final int longestHead;
    private final byte[] header = new byte[PADDED_HEADER_BYTES];
    private int headerRead;
    private int payloadLeft;
    private int lastStream;
    private int headBytes;
    private int continuations;

    /**
     * Creates a meter for a connection, behind its preface.
     *
     * @param allowance for frames without content
     * @param longestHead most bytes of one block of header fields, as they come compressed
     */
    FrameMeter(FrameRate allowance, int longestHead) {
        this.allowance = allowance;
        this.longestHead = longestHead;
    }

    /**
     * Reads what a client sent.
     *
     * @param bytes from its position to its limit, both of which stay
     * @return what the client did wrong, or null
     */
    @Nullable
    String read(ByteBuffer bytes) {
        int at = bytes.position();
        int end = bytes.limit();
        while (at < end) {
            if (payloadLeft > 0) {
                int skipped = Math.min(payloadLeft, end - at);
                payloadLeft -= skipped;
                at += skipped;
            } else {
                header[headerRead++] = bytes.get(at++);
                if (headerRead == headerLength()) {
                    headerRead = 0;
                    String wrong = frame();
                    if (wrong != null) {
                        return wrong;
                    }
                }
            }
        }
        return null;
    }

    /** {@return whether no part of a frame has arrived behind the last whole one} */
    boolean isBetweenFrames() {
        return headerRead == 0 && payloadLeft == 0;
    }

    /** {@return how many bytes tell the content of the frame that begins} */
    private int headerLength() {
        return headerRead >= HEADER_BYTES && isPaddedData() ? PADDED_HEADER_BYTES : HEADER_BYTES;
    }

    private boolean isPaddedData() {
        return unsigned(3) == DATA && (unsigned(4) & PADDED) != 0 && length() > 0;
    }

    private int length() {
        return unsigned(0) << 16 | unsigned(1) << 8 | unsigned(2);
    }

    private @Nullable String frame() {
        int length = length();
        payloadLeft = length;
        if (isPaddedData()) {
            payloadLeft = length - 1;
            return data(payloadLeft - unsigned(HEADER_BYTES));
        }
        return switch (unsigned(3)) {
            case DATA -> data(length);
            case HEADERS -> headers(length);
            case CONTINUATION -> continuation(length);
            default -> spend(1 + length / PIECE_BYTES);
        };
    }

    private @Nullable String data(int length) {
        boolean last = (unsigned(4) & END_STREAM) != 0;
        return last || length >= SMALL_BYTES ? null : spend(1);
    }

    private @Nullable String headers(int length) {
        headBytes = length;
        continuations = 0;
        int stream = (unsigned(5) & 0x7f) << 24 | unsigned(6) << 16 | unsigned(7) << 8 | unsigned(8);
        if (stream <= lastStream) {
            return spend(1);
        }
        lastStream = stream;
        allowance.request();
        return null;
    }

    private @Nullable String continuation(int length) {
        headBytes += length;
        continuations++;
        return continuations > MOST_CONTINUATIONS || headBytes > longestHead
                ? "more CONTINUATION frames than header fields need"
                : spend(1);
    }

    private @Nullable String spend(int frames) {
        return allowance.spend(frames) ? null : "more frames without content than requests need";
    }

    private int unsigned(int index) {
        return header[index] & 0xff;
    }
}
