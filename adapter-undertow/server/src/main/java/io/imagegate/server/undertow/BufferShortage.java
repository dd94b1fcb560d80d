package io.imagegate.server.undertow;

import io.imagegate.time.TimeSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.xnio.channels.SuspendableAcceptChannel;

/**
 * Protects a listener whose network buffers run out. It accepts no connection while many buffers are in use, so that
 * open connections get the buffers they need: 400 clients that connect at once hold three buffers each during the TLS
 * handshake. Connections whose clients take no answers and those that hold a part of a TLS record are closed then, requests
 * that wait for memory get 429, and if the shortage lasts, slow connections are closed.
 *
 * <p>A crowd that withholds bytes comes back as it is closed, more than fit at once: one shortage follows the other, and who
 * connects meanwhile waits for as many as there are before it. So the shortages that follow one that ended because clients
 * were closed are given less time.
 */
final class BufferShortage {

    /** Longer than a burst of handshakes takes on a server that has just started. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** For a shortage soon after clients were closed: as long as the rest of a record may take. */
    private static final long SHORT_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** So long after clients were closed, a shortage is taken for the work of the same ones. */
    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BufferPool buffers;
    private final Connections connections;
    private final SuspendableAcceptChannel listener;
    private final LongSupplier clock;
    private final List<IntUnaryOperator> relief = new CopyOnWriteArrayList<>();
    private long since;
    private boolean lasts;
    private long relievedAt;
    private boolean relieved;

    /**
     * Creates the protection of one listener.
     *
     * @param buffers of the listener
     * @param connections of the listener
     * @param listener accepts connections
     */
    BufferShortage(BufferPool buffers, Connections connections, SuspendableAcceptChannel listener) {
        this(buffers, connections, listener, TimeSource.system()::nanos);
    }

    BufferShortage(BufferPool buffers, Connections connections, SuspendableAcceptChannel listener, LongSupplier clock) {
        this.clock = clock;
        this.buffers = buffers;
        this.connections = connections;
        this.listener = listener;
    }

    /**
     * Adds relief in a shortage.
     *
     * @param task gets the number of buffers that are missing, several times a second while the server is not busy; returns
     *     how many requests it has ended
     */
    void relieve(IntUnaryOperator task) {
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
        long now = clock.getAsLong();
        if (!lasts) {
            lasts = true;
            since = now;
        }
        boolean patient = now - since <= patienceNanos(now);
        if (idleNanos > 0 || !patient) {
            relieve(now);
        }
        if (!patient) {
            connections.shed();
        }
    }

    private long patienceNanos(long now) {
        return relieved && now - relievedAt <= MEMORY_NANOS ? SHORT_PATIENCE_NANOS : PATIENCE_NANOS;
    }

    private void relieve(long now) {
        int missing = buffers.excess();
        int ended = connections.closeUnread(missing) + connections.closeWithholding();
        for (IntUnaryOperator task : relief) {
            ended += task.applyAsInt(missing);
        }
        if (ended > 0) {
            relieved = true;
            relievedAt = now;
        }
    }
}
