package io.imagegate.signature.encoding;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;

/** What a range of base64 stands for, decoded piece by piece. The platform's own stream decodes one byte at a time. */
final class Base64Stream extends InputStream {

    private static final int PIECE = 16 * 1024;

    private final byte[] source;
    private final int end;
    private int at;
    private ByteBuffer piece = ByteBuffer.allocate(0);

    Base64Stream(byte[] source, int start, int end) {
        this.source = source;
        this.at = start;
        this.end = end;
    }

    @Override
    public int read() {
        return fill() ? piece.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int read = Math.min(length, piece.remaining());
        piece.get(bytes, offset, read);
        return read;
    }

    /** {@return whether there is more} */
    private boolean fill() {
        if (!piece.hasRemaining() && at < end) {
            int length = Math.min(PIECE, end - at);
            piece = Base64.getDecoder().decode(ByteBuffer.wrap(source, at, length));
            at += length;
        }
        return piece.hasRemaining();
    }
}
