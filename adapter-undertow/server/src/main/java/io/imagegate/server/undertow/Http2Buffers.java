package io.imagegate.server.undertow;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.util.ImmediatePooledByteBuffer;
import java.nio.ByteBuffer;

/**
 * The buffers of one HTTP/2 connection. What arrives takes network buffers; frames that are sent take short ones of the
 * heap. Undertow keeps the buffer of an answer until the client's window has room for it, so a client that opens no window
 * would hold a network buffer with each answer. Longer answers are sent in several frames, of which one waits at a time.
 */
final class Http2Buffers implements ByteBufferPool {

    /** Longer than almost every answer. */
    private static final int FRAME_BYTES = 2 << 10;

    private final ByteBufferPool network;
    private final Thread thread;

    /** Used by the I/O thread alone. */
    private boolean reading;

    /**
     * Creates the buffers of a connection.
     *
     * @param network buffers of the listener
     * @param thread the I/O thread of the connection
     */
    Http2Buffers(ByteBufferPool network, Thread thread) {
        this.network = network;
        this.thread = thread;
    }

    /** Called by the I/O thread before it reads, and when it has read. */
    void reading(boolean begins) {
        reading = begins;
    }

    /** Answers are also written by worker threads. */
    @Override
    public PooledByteBuffer allocate() {
        return Thread.currentThread() == thread && reading
                ? network.allocate()
                : new ImmediatePooledByteBuffer(ByteBuffer.allocate(FRAME_BYTES));
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return network.getArrayBackedPool();
    }

    @Override
    public int getBufferSize() {
        return network.getBufferSize();
    }

    @Override
    public boolean isDirect() {
        return network.isDirect();
    }

    /** Does nothing: the network buffers are the listener's. */
    @Override
    public void close() {
        // Nothing is kept here.
    }
}
