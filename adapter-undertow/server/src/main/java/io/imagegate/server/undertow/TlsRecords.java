package io.imagegate.server.undertow;

import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Follows the records of a TLS connection as they arrive, before they are decrypted (RFC 8446, 5.1). The TLS layer keeps
 * a part of a record in a network buffer until the rest has arrived. Read by the I/O thread of the connection alone.
 */
final class TlsRecords extends SingleReadConduit {

    private static final int HEADER_BYTES = 5;

    private int headerRead;
    private int length;
    private int left;
    private volatile long last = TimeSource.system().nanos();
    private volatile boolean partial;

    TlsRecords(StreamSourceConduit next) {
        super(next);
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        int start = dst.position();
        int count = next.read(dst);
        if (count > 0) {
            follow(dst, start, start + count);
            last = TimeSource.system().nanos();
            partial = headerRead > 0 || left > 0;
        }
        return count;
    }

    private void follow(ByteBuffer bytes, int start, int end) {
        int at = start;
        while (at < end) {
            if (left > 0) {
                int skipped = Math.min(left, end - at);
                left -= skipped;
                at += skipped;
            } else {
                // Type and version, then the length.
                length = length << Byte.SIZE | (bytes.get(at++) & 0xff);
                headerRead++;
                if (headerRead == HEADER_BYTES) {
                    left = length & 0xffff;
                    headerRead = 0;
                }
            }
        }
    }

    /**
     * {@return whether the server has waited for the rest of a record for this time} A server that does not read, because
     * it has no memory for the body, does not wait for its client. Safe for any thread.
     */
    boolean lack(long nanos, long now) {
        return partial && now - last > nanos && isReadResumed();
    }
}
