package io.imagegate.server.undertow;

import io.imagegate.time.TimeSource;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/** One open connection: when it was opened, when its last request began, and when its client last took an answer. */
final class OpenConnection {

    static final AttachmentKey<OpenConnection> KEY = AttachmentKey.create(OpenConnection.class);

    private static final int GO_AWAY_MILLIS = 200;

    private final StreamConnection connection;
    private final @Nullable BelowTls below;
    private final InboundGuard guard;
    private volatile long since = TimeSource.system().nanos();
    private volatile boolean requested;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private volatile long answersSince;
    private volatile long unusedNanos;
    private volatile @Nullable Http2Connection http2;

    OpenConnection(StreamConnection connection, @Nullable BelowTls below, InboundGuard guard) {
        this.connection = connection;
        this.below = below;
        this.guard = guard;
    }

    /** Called when the head of a request has arrived. */
    void requestStarted() {
        guard.requestStarted();
        since = TimeSource.system().nanos();
        requested = true;
        requests.incrementAndGet();
    }

    /** Called when a request is over. */
    void requestEnded() {
        requests.decrementAndGet();
    }

    /** Called by the thread of the connection when a request of the client with this name was accepted. */
    void assign(String name) {
        if (below != null) {
            below.reads().assign(name);
        }
    }

    /** Called when an answer is ready. */
    void answerStarted() {
        if (answers.getAndIncrement() == 0) {
            answersSince = TimeSource.system().nanos();
        }
    }

    /**
     * Called when an answer is over.
     *
     * @param taken whether its client has taken all of it
     */
    void answerEnded(boolean taken) {
        answers.decrementAndGet();
        if (taken) {
            answersSince = TimeSource.system().nanos();
        }
    }

    /** {@return whether its client has taken none of the answers that wait for it, for this time} */
    boolean leavesAnswers(long nanos, long now) {
        return answers.get() > 0 && now - answersSince > nanos;
    }

    /** {@return time since an answer was taken, or began to wait} */
    long unreadNanos(long now) {
        return now - answersSince;
    }

    /** {@return whether a request is open} */
    boolean isBusy() {
        return requests.get() > 0;
    }

    /** {@return whether the client has begun to speak HTTP/2} */
    boolean isHttp2() {
        return http2 != null;
    }

    /** {@return whether no request was made yet} */
    boolean isUnused() {
        return !requested;
    }

    /**
     * Adds to the time in which a connection has made no request although the server had time for it. Called by the
     * sweeper alone.
     *
     * @return all such time; none for a connection that was used
     */
    long unusedNanos(long more) {
        unusedNanos = requested ? 0 : unusedNanos + more;
        return unusedNanos;
    }

    /**
     * {@return whether its client leaves it unused: it has sent nothing for this time since the TLS handshake, or has
     * not finished the handshake although the server was idle for this time}
     */
    boolean isLeftUnused(long nanos, long now) {
        return !requested && (guard.quietNanos(now) > nanos || unusedNanos > nanos);
    }

    /** {@return time since the last request began, or since the connection was opened} */
    long idleNanos(long now) {
        return now - since;
    }

    /** {@return whether it has held a part of a TLS record for this time, and with it a network buffer} */
    boolean withholds(long nanos, long now) {
        return below != null && below.records().lack(nanos, now);
    }

    /** {@return whether it speaks HTTP/2 and has sent nothing but whole frames} */
    boolean isBetweenFrames() {
        return guard.isBetweenFrames();
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /**
     * {@return whether the client has gone, or sends more while its last request is answered} Called by the thread of the
     * connection, while nothing else reads from it.
     */
    boolean isAbandoned() {
        try {
            return !isOpen() || guard.read(ByteBuffer.allocate(1)) != 0;
        } catch (IOException gone) {
            return true;
        }
    }

    StreamConnection connection() {
        return connection;
    }

    /** {@return the address of its client} */
    String client() {
        return String.valueOf(connection.getPeerAddress());
    }

    /** Called when the client has chosen HTTP/2. */
    void usesHttp2(Http2Connection channel) {
        http2 = channel;
    }

    /**
     * Closes it for another connection. An HTTP/2 client without an open request gets a GOAWAY first, so that it sends
     * no request over this connection. May be called by any thread.
     */
    void displace() {
        Http2Connection channel = http2;
        if (channel == null || isBusy()) {
            close();
        } else {
            Streams.leave(channel);
            // A client that does not read cannot receive the GOAWAY.
            connection.getIoThread().executeAfter(this::close, GO_AWAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Closes it, even if its I/O thread is busy reading from it. May be called by any thread. */
    void close() {
        guard.end();
        // Only the thread of a connection may touch its TLS engine.
        if (connection.getIoThread() == Thread.currentThread()) {
            // Not as a task: this thread may have a thousand new connections to serve first.
            IoUtils.safeClose(connection);
        } else {
            connection.getIoThread().execute(() -> IoUtils.safeClose(connection));
        }
    }
}
