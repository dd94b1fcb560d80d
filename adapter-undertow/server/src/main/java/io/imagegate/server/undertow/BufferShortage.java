package io.imagegate.server.undertow;

import io.imagegate.time.TimeSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.xnio.channels.SuspendableAcceptChannel;

/**
 * Protects a listener whose network buffers run out. It accepts no connection while many buffers are in use, so that
 * open connections get the buffers they need: 400 clients that connect at once hold three buffers each during the TLS
 * handshake. Connections whose clients take no answers and those that hold a part of a TLS record are closed then, requests
 * that wait for memory get 429, and if the shortage lasts, slow connections are closed.
 */
final class BufferShortage {

    /** Longer than a burst of handshakes takes on a server that has just started. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final BufferPool buffers;
    private final Connections connections;
    private final SuspendableAcceptChannel listener;
    private final List<IntConsumer> relief = new CopyOnWriteArrayList<>();
    private long since;
    private boolean lasts;

    /**
     * Creates the protection of one listener.
     *
     * @param buffers of the listener
     * @param connections of the listener
     * @param listener accepts connections
     */
    BufferShortage(BufferPool buffers, Connections connections, SuspendableAcceptChannel listener) {
        this.buffers = buffers;
        this.connections = connections;
        this.listener = listener;
    }

    /**
     * Adds relief in a shortage.
     *
     * @param task gets the number of buffers that are missing, several times a second while the server is not busy
     */
    void relieve(IntConsumer task) {
        relief.add(task);
    }

    /** Called for each accepted connection. */
    void accepted() {
        if (buffers.isLow()) {
            listener.suspendAccepts();
        }
    }

    /**
     * Called several times a second by one thread.
     *
     * @param idleNanos time since the last call; 0 if the server was busy, when slow clients cannot be recognized
     */
    void sweep(long idleNanos) {
        if (!buffers.isLow()) {
            lasts = false;
            listener.resumeAccepts();
            return;
        }
        long now = TimeSource.system().nanos();
        if (!lasts) {
            lasts = true;
            since = now;
        }
        boolean patient = now - since <= PATIENCE_NANOS;
        if (idleNanos > 0 || !patient) {
            int missing = buffers.excess();
            connections.closeUnread(missing);
            connections.closeWithholding();
            relief.forEach(task -> task.accept(missing));
        }
        if (!patient) {
            connections.shed();
        }
    }
}
