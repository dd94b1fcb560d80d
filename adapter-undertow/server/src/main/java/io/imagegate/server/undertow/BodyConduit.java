package io.imagegate.server.undertow;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Reads the body of a request only as far as there is room. Beyond that it reports that nothing more has arrived, so the
 * rest of the body stays with the client. Used by the I/O thread of its connection alone.
 */
public final class BodyConduit extends SingleReadConduit {

    /** Decides how far a body is read. Called by the I/O thread of its connection. */
    public interface Room {

        /** {@return whether what still arrives is dropped} */
        boolean isDropped();

        /** {@return whether nothing is read until {@link BodyConduit#drain}} */
        boolean isClosed();

        /** {@return how many more bytes may be read; 0 if none, until {@link BodyConduit#proceed}} */
        long next();

        /**
         * Called when a part of the body has arrived.
         *
         * @param count its bytes
         */
        void received(int count);
    }

    private final Room room;
    private long left;
    private boolean paused;
    private boolean resumed;
    private boolean draining;

    private BodyConduit(StreamSourceConduit next, Room room, long first) {
        super(next);
        this.room = room;
        this.left = first;
    }

    /**
     * Limits how far the body of a request is read.
     *
     * @param exchange the request
     * @param room decides how far
     * @param first how many bytes may be read at first
     * @param created gets the conduit when the body is read for the first time
     */
    public static void limit(HttpServerExchange exchange, Room room, long first, Consumer<BodyConduit> created) {
        exchange.addRequestWrapper((factory, any) -> {
            BodyConduit limited = new BodyConduit(factory.create(), room, first);
            created.accept(limited);
            return limited;
        });
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        if (draining || room.isDropped()) {
            return next.read(dst);
        }
        if (paused || room.isClosed() || (left == 0 && !makeRoom())) {
            return 0;
        }
        int limit = dst.limit();
        dst.limit(dst.position() + (int) Math.min(dst.remaining(), left));
        try {
            int count = next.read(dst);
            if (count > 0) {
                left -= count;
                room.received(count);
            }
            return count;
        } finally {
            dst.limit(limit);
        }
    }

    private boolean makeRoom() {
        left = room.next();
        paused = left == 0;
        if (paused) {
            next.suspendReads();
        }
        return !paused;
    }

    /**
     * Reads on after {@link Room#next} had no room.
     *
     * @param bytes how many more may be read
     */
    public void proceed(long bytes) {
        left = bytes;
        paused = false;
        if (resumed) {
            next.wakeupReads();
        }
    }

    /** Allows the rest of the body to be read and dropped. */
    public void drain() {
        paused = false;
        draining = true;
    }

    @Override
    public void resumeReads() {
        resumed = true;
        if (!paused) {
            next.resumeReads();
        }
    }

    @Override
    public void wakeupReads() {
        resumed = true;
        if (!paused) {
            next.wakeupReads();
        }
    }

    @Override
    public void suspendReads() {
        resumed = false;
        next.suspendReads();
    }

    @Override
    public boolean isReadResumed() {
        return paused ? resumed : next.isReadResumed();
    }
}
