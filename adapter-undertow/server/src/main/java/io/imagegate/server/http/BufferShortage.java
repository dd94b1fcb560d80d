package io.imagegate.server.http;

import java.util.concurrent.TimeUnit;
import org.xnio.channels.SuspendableAcceptChannel;

/**
 * Protects a listener whose network buffers run out. It accepts no connection while many buffers are in use, so that
 * open connections get the buffers they need: 400 clients that connect at once hold three buffers each during the TLS
 * handshake. If the shortage lasts, slow connections are closed.
 */
public final class BufferShortage {

    /** Longer than a burst of handshakes takes on a server that has just started. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final BufferPool buffers;
    private final Connections connections;
    private final SuspendableAcceptChannel listener;
    private long since;
    private boolean lasts;

    /**
     * Creates the protection of one listener.
     *
     * @param buffers of the listener
     * @param connections of the listener
     * @param listener accepts connections
     */
    public BufferShortage(BufferPool buffers, Connections connections, SuspendableAcceptChannel listener) {
        this.buffers = buffers;
        this.connections = connections;
        this.listener = listener;
    }

    /** Called for each accepted connection. */
    public void accepted() {
        if (buffers.isLow()) {
            listener.suspendAccepts();
        }
    }

    /** Called several times a second by one thread. */
    public void sweep() {
        if (!buffers.isLow()) {
            lasts = false;
            listener.resumeAccepts();
        } else if (!lasts) {
            lasts = true;
            since = System.nanoTime();
        } else if (System.nanoTime() - since > PATIENCE_NANOS) {
            connections.shed();
        }
    }
}
