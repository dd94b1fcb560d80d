package io.imagegate.signature.encoding;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A range of another stream. */
public final class RangeInputStream extends FilterInputStream {

    private long skipped;
    private long left;

    public RangeInputStream(InputStream in, long start, long end) {
        super(in);
        this.skipped = start;
        this.left = end - start;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (skipped > 0) {
            in.skipNBytes(skipped);
            skipped = 0;
        }
        int read = left == 0 && length > 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return in.skip(0);
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
