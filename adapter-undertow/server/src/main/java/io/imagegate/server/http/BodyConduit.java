package io.imagegate.server.http;

import io.imagegate.server.http.OpenRequest.Phase;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Reads the body of a request only as far as memory is granted. Beyond that it reports that nothing more has arrived,
 * so the rest of the body stays with the client. Used by the I/O thread of its connection alone.
 */
final class BodyConduit extends SingleReadConduit {

    private final OpenRequest request;
    /**
     * Memory for bodies.
     *
     * @param requests for small bodies, as part of their requests
     * @param bodies for large bodies, and for small ones when there is nothing left for them
     * @param longest most bytes that are kept of one body
     */
    record Memory(OpenRequests requests, Budget bodies, long longest) {}

    private final Memory memory;
    private long capacity;
    private long room;
    private boolean paused;
    private boolean resumed;
    private boolean draining;

    BodyConduit(StreamSourceConduit next, OpenRequest request, Memory memory) {
        super(next);
        this.request = request;
        this.memory = memory;
        this.capacity = request.smallBodyBytes();
        this.room = capacity;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        if (draining || (request.phase() == Phase.ANSWERED && !request.isRejected())) {
            return next.read(dst);
        }
        if (paused || request.isRejected() || (room == 0 && !makeRoom())) {
            return 0;
        }
        int limit = dst.limit();
        dst.limit(dst.position() + (int) Math.min(dst.remaining(), room));
        try {
            int count = next.read(dst);
            if (count > 0) {
                room -= count;
                request.received(count);
            }
            return count;
        } finally {
            dst.limit(limit);
        }
    }

    /**
     * Claims memory: for the whole body if its length was announced, so that a body once begun is completed; otherwise
     * twice as much each time.
     */
    private boolean makeRoom() {
        long before = capacity;
        capacity = Math.min(memory.longest(), request.length() < 0 ? 2 * before : request.length());
        if (capacity == before) {
            // All of the announced body is here, or more than is kept of any.
            room = Long.MAX_VALUE;
            return true;
        }
        room = capacity - before;
        if (capacity <= OpenRequest.SMALL_BODY_BYTES && memory.requests().grow(request, room)) {
            return true;
        }
        // Twice, because a growing body is copied.
        if (memory.bodies().takeOrWait(request.memory(), 2 * room)) {
            return true;
        }
        paused = true;
        next.suspendReads();
        request.enter(Phase.WAITING);
        return false;
    }

    /** Resumes reading after memory was granted. */
    void proceed() {
        paused = false;
        if (resumed) {
            next.wakeupReads();
        }
    }

    /** Allows the rest of the body to be read and dropped. */
    void drain() {
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
