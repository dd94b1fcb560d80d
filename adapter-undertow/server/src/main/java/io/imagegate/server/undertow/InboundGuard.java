package io.imagegate.server.undertow;

import io.imagegate.server.limit.ConnectionLimits;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Counts the bytes that a client sends before Undertow parses them, and closes a connection that sends more than a
 * request may have: Undertow collects trailers and chunk extensions without a limit, and handles HTTP/2 frames without
 * content as fast as they come.
 *
 * <p>It also leaves time for other connections of its I/O thread: when one has kept the thread busy for a few
 * milliseconds, it pauses reading for one. Undertow would read as long as data arrives. The turn is measured in time,
 * because 16 KiB of a body cost a hundredth of 16 KiB of small frames or requests.
 */
final class InboundGuard extends SingleReadConduit {

    /** What every HTTP/2 client sends first (RFC 9113, 3.4). */
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** A new connection needs about ten turns of its thread for the TLS handshake and its review. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final int PAUSE_MILLIS = 1;

    /**
     * What one connection may send.
     *
     * @param requestBytes most bytes of an HTTP/1.1 request, with its head, its body and what its client may still send
     *     after the answer
     * @param headBytes most bytes of the header fields of an HTTP/2 request, as they come compressed
     */
    record Bounds(long requestBytes, int headBytes) {

        /**
         * Bytes that a client may still send after the answer. Many clients send the whole request before they read the
         * answer.
         */
        private static final long TAIL_BYTES = 64L << 20;

        static Bounds of(ConnectionLimits limits, int bodyBytes) {
            return new Bounds(TAIL_BYTES + limits.headerBytes() + bodyBytes, limits.headerBytes());
        }
    }

    private final Bounds bounds;
    private final Runnable exceeded;
    private final LongSupplier clock;
    private int prefaceRead;
    private @Nullable FrameMeter frames;
    private long requestBytes;
    private boolean inTurn;
    private long turnStart;
    private boolean paused;
    private boolean resumedInPause;
    private volatile boolean ended;
    private volatile long lastRead;
    private volatile boolean hasRead;
    private volatile boolean betweenFrames;

    /**
     * Creates a guard.
     *
     * @param next where the bytes come from
     * @param bounds of this connection
     * @param exceeded called once when the connection ends because it sent too much
     * @param clock of {@link TimeSource#nanos}
     */
    InboundGuard(StreamSourceConduit next, Bounds bounds, Runnable exceeded, LongSupplier clock) {
        super(next);
        this.bounds = bounds;
        this.exceeded = exceeded;
        this.clock = clock;
    }

    /** Called when an HTTP/1.1 request starts; its bytes are counted from zero. */
    void requestStarted() {
        requestBytes = 0;
    }

    /** Stops all reading, even while the I/O thread is busy reading from this connection. Safe for any thread. */
    void end() {
        ended = true;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        if (isPaused()) {
            return 0;
        }
        if (!inTurn) {
            inTurn = true;
            turnStart = clock.getAsLong();
        }
        int start = dst.position();
        int count = next.read(dst);
        if (count > 0) {
            count(dst.duplicate().limit(start + count).position(start));
        }
        endTurn(count, start);
        return count;
    }

    private boolean isPaused() throws ClosedChannelException {
        if (ended) {
            throw new ClosedChannelException();
        }
        return paused;
    }

    /** {@return time since bytes arrived behind the TLS handshake; negative when none have} */
    long quietNanos(long now) {
        return hasRead ? now - lastRead : -1;
    }

    /** {@return whether whole frames of HTTP/2 have arrived, and no part of another} Safe for any thread. */
    boolean isBetweenFrames() {
        return betweenFrames;
    }

    private void count(ByteBuffer arrived) throws IOException {
        lastRead = clock.getAsLong();
        hasRead = true;
        while (prefaceRead < PREFACE.length && arrived.hasRemaining()) {
            prefaceRead = arrived.get() == PREFACE[prefaceRead] ? prefaceRead + 1 : Integer.MAX_VALUE;
            requestBytes++;
        }
        if (prefaceRead == PREFACE.length) {
            if (frames == null) {
                frames = new FrameMeter(new FrameRate(clock), bounds.headBytes());
            }
            String wrong = frames.read(arrived);
            betweenFrames = frames.isBetweenFrames();
            if (wrong != null) {
                reject(wrong);
            }
        } else {
            requestBytes += arrived.remaining();
            if (requestBytes > bounds.requestBytes()) {
                reject("more than " + bounds.requestBytes() + " bytes in a request");
            }
        }
    }

    private void reject(String reason) throws IOException {
        ended = true;
        exceeded.run();
        throw new IOException(reason);
    }

    /**
     * Ends the turn when its time is over, or when nothing has arrived and the reader holds nothing. While the reader
     * holds frames it handles them one after another, reads again before each, and the thread does nothing else.
     *
     * @param count of bytes that were read
     * @param held bytes that the reader has of earlier reads
     */
    private void endTurn(int count, int held) {
        if (count < 0 || (count == 0 && held == 0)) {
            inTurn = false;
        } else if (clock.getAsLong() - turnStart > TURN_NANOS) {
            inTurn = false;
            pause();
            // Behind the tasks of the requests that were read: the thread serves others when it has no task left, and a
            // pause that ends before would be none.
            getReadThread()
                    .execute(() -> getReadThread().executeAfter(this::resume, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    /** Suspends reads below, too: otherwise the TLS layer would offer its data again and again, and report an error. */
    private void pause() {
        resumedInPause = super.isReadResumed();
        super.suspendReads();
        paused = true;
    }

    private void resume() {
        paused = false;
        if (resumedInPause) {
            super.wakeupReads();
        }
    }

    @Override
    public void resumeReads() {
        if (paused) {
            resumedInPause = true;
        } else {
            super.resumeReads();
        }
    }

    @Override
    public void wakeupReads() {
        if (paused) {
            resumedInPause = true;
        } else {
            super.wakeupReads();
        }
    }

    @Override
    public void suspendReads() {
        resumedInPause = false;
        super.suspendReads();
    }

    @Override
    public boolean isReadResumed() {
        return paused ? resumedInPause : super.isReadResumed();
    }
}
