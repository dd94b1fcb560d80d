package io.imagegate.server.http;

import io.imagegate.server.http.OpenRequest.Phase;
import io.imagegate.server.undertow.BodyConduit;
import org.jspecify.annotations.Nullable;

/** Grants the body of one request its memory, part by part. Used by the I/O thread of its connection alone. */
final class BodyMemory implements BodyConduit.Room {

    /**
     * Memory for bodies.
     *
     * @param requests for small bodies, as part of their requests
     * @param bodies for large bodies, and for small ones when there is nothing left for them
     * @param longest most bytes that are kept of one body
     */
    record Memory(OpenRequests requests, Permits bodies, long longest) {}

    private final OpenRequest request;
    private final Memory memory;
    private long capacity;
    private long claimed;
    private @Nullable BodyConduit conduit;

    private BodyMemory(OpenRequest request, Memory memory) {
        this.request = request;
        this.memory = memory;
        this.capacity = request.smallBodyBytes();
    }

    /** Limits the body of a request. */
    static BodyMemory of(OpenRequest request, Memory memory) {
        BodyMemory room = new BodyMemory(request, memory);
        BodyConduit.limit(request.exchange(), room, room.capacity, read -> room.conduit = read);
        return room;
    }

    @Override
    public boolean isDropped() {
        return request.phase() == Phase.ANSWERED && !request.isRejected();
    }

    @Override
    public boolean isClosed() {
        return request.isRejected();
    }

    /**
     * Claims memory: for the whole body if its length was announced, so that a body once begun is completed; otherwise
     * twice as much each time.
     */
    @Override
    public long next() {
        long before = capacity;
        capacity = Math.min(memory.longest(), request.length() < 0 ? 2 * before : request.length());
        if (capacity == before) {
            // All of the announced body is here, or more than is kept of any.
            return Long.MAX_VALUE;
        }
        claimed = capacity - before;
        if (capacity <= OpenRequest.SMALL_BODY_BYTES && memory.requests().grow(request, claimed)) {
            return claimed;
        }
        // Twice, because a growing body is copied.
        if (memory.bodies().takeOrWait(request.memory(), 2 * claimed)) {
            return claimed;
        }
        request.enter(Phase.WAITING);
        return 0;
    }

    @Override
    public void received(int count) {
        request.received(count);
    }

    /** Reads on when the memory that was claimed last is granted. */
    void proceed() {
        if (conduit != null) {
            conduit.proceed(claimed);
        }
    }

    /** Allows the rest of the body to be read and dropped. */
    void drain() {
        if (conduit != null) {
            conduit.drain();
        }
    }
}
