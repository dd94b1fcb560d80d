package io.imagegate.server.undertow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.StreamSourceConduit;

/** A source of which all bytes are read by {@link #read(ByteBuffer)}, so that a subclass overrides this method alone. */
abstract class SingleReadConduit extends AbstractStreamSourceConduit<StreamSourceConduit> {

    SingleReadConduit(StreamSourceConduit next) {
        super(next);
    }

    @Override
    public abstract int read(ByteBuffer dst) throws IOException;

    @Override
    public final long read(ByteBuffer[] dsts, int offs, int len) throws IOException {
        long total = 0;
        for (int i = offs; i < offs + len; i++) {
            if (dsts[i].hasRemaining()) {
                int count = read(dsts[i]);
                if (count <= 0) {
                    return total == 0 ? count : total;
                }
                total += count;
                if (dsts[i].hasRemaining()) {
                    return total;
                }
            }
        }
        return total;
    }

    @Override
    public final long transferTo(long position, long count, FileChannel target) throws IOException {
        return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
    }

    @Override
    public final long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target) throws IOException {
        return IoUtils.transfer(new ConduitReadableByteChannel(this), count, throughBuffer, target);
    }
}
