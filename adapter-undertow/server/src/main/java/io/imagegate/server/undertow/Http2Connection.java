package io.imagegate.server.undertow;

import io.imagegate.time.TimeSource;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.http2.AbstractHttp2StreamSourceChannel;
import io.undertow.protocols.http2.Http2Channel;
import io.undertow.server.protocol.framed.FrameHeaderData;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/**
 * An HTTP/2 connection that stays open when a stream is reset. Undertow differs from RFC 9113 in three ways:
 *
 * <ul>
 *   <li>It closes the connection when a frame arrives for a stream that it has just reset (5.1). This class
 *       discards such frames, as many as the client could have sent.
 *   <li>It does not return dropped content to the window of the connection (5.2). This class returns all content
 *       when it arrives; the window of a stream limits unread content.
 *   <li>It closes the connection when the server has reset many streams. This class counts only resets that the
 *       client causes.
 * </ul>
 *
 * <p>It also remembers each answer whose stream was reset while it waited for the client's window, until the connection
 * ends. This class closes a connection with very many of these.
 *
 * <p>Used by the I/O thread of the connection, except for {@link #sendRstStream}.
 */
final class Http2Connection extends Http2Channel {

    /** Number of reset streams that are remembered; frames of older ones are errors. */
    private static final int REMEMBERED_STREAMS = 1_000;

    /** Answers that were not taken. Undertow keeps about 500 bytes of each. */
    private static final int MOST_UNTAKEN = 1_000;

    private static final long RESET_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Http2Buffers buffers;
    private final FrameHead head = new FrameHead();

    /** Streams that were reset here, and how many bytes of content may still arrive for each. Guarded by itself. */
    private final Map<Integer, Integer> discarded = new LinkedHashMap<>();

    private final int mostResets;
    private volatile int newestStream;
    private boolean introduced;
    private int untaken;
    private int resets;
    private long resetsSince = TimeSource.system().nanos();

    /**
     * Creates a connection.
     *
     * @param connection below it
     * @param buffers for what is read and written
     * @param read already; null if nothing
     * @param options of Undertow, which limit no resets
     * @param mostResets how many streams a client may reset in ten seconds
     */
    Http2Connection(
            StreamConnection connection,
            Http2Buffers buffers,
            @Nullable PooledByteBuffer read,
            OptionMap options,
            int mostResets) {
        super(connection, Http2OpenListener.HTTP2, buffers, read, false, false, options);
        this.buffers = buffers;
        this.mostResets = mostResets;
    }

    @Override
    public synchronized AbstractHttp2StreamSourceChannel receive() throws IOException {
        buffers.reading(true);
        try {
            return super.receive();
        } finally {
            buffers.reading(false);
        }
    }

    @Override
    protected FrameHeaderData parseFrame(ByteBuffer data) throws IOException {
        // What is allocated from here on is for frames that answer this one.
        buffers.reading(false);
        int start = data.position();
        FrameHeaderData frame = super.parseFrame(data);
        head.follow(data, start, data.position());
        if (frame != null && head.type() == FrameHead.DATA) {
            super.updateReceiveFlowControlWindow(head.length());
        }
        return frame;
    }

    /** Does nothing: content was returned to the window when it arrived. */
    @Override
    public void updateReceiveFlowControlWindow(int read) {
        // See parseFrame.
    }

    @Override
    protected @Nullable AbstractHttp2StreamSourceChannel createChannelImpl(FrameHeaderData frame, PooledByteBuffer data)
            throws IOException {
        switch (head.type()) {
            case FrameHead.DATA, FrameHead.HEADERS, FrameHead.CONTINUATION -> {
                if (isLate()) {
                    data.close();
                    return null;
                }
                if (head.type() == FrameHead.HEADERS) {
                    newestStream = Math.max(newestStream, head.stream());
                }
            }
            case FrameHead.RST_STREAM -> {
                if (!forget(head.stream())) {
                    countReset();
                }
                Streams.cancel(this, head.stream());
            }
            default -> {
                // Left to Undertow.
            }
        }
        AbstractHttp2StreamSourceChannel channel = super.createChannelImpl(frame, data);
        if (!introduced && head.type() == FrameHead.SETTINGS) {
            introduced = true;
            Streams.introduced(this);
        }
        return channel;
    }

    /**
     * {@return whether the server has sent its SETTINGS, which must be its first frame} Undertow sends them after those of
     * the client.
     */
    boolean isIntroduced() {
        return introduced;
    }

    /**
     * {@return whether the frame is of a stream that was reset}; its header fields were decoded and its content counted
     */
    private boolean isLate() {
        synchronized (discarded) {
            Integer room = discarded.get(head.stream());
            if (room == null) {
                return false;
            }
            boolean data = head.type() == FrameHead.DATA;
            int left = room - (data ? head.length() : 0);
            boolean last = data ? head.isEndOfStream() : head.isEndOfHeaders();
            if (last) {
                discarded.remove(head.stream());
            } else {
                discarded.put(head.stream(), left);
            }
            if (left < 0) {
                sendGoAway(ERROR_FLOW_CONTROL_ERROR);
            }
            return true;
        }
    }

    @Override
    public void sendRstStream(int stream, int error) {
        if (stream <= newestStream) {
            synchronized (discarded) {
                discarded.put(stream, getInitialReceiveWindowSize());
                if (discarded.size() > REMEMBERED_STREAMS) {
                    Iterator<Integer> eldestFirst = discarded.keySet().iterator();
                    eldestFirst.next();
                    eldestFirst.remove();
                }
            }
        }
        if (error == ERROR_PROTOCOL_ERROR || error == ERROR_FLOW_CONTROL_ERROR) {
            countReset();
        }
        super.sendRstStream(stream, error);
    }

    /** {@return the number of the newest stream} */
    int newestStream() {
        return newestStream;
    }

    /** Called when a stream was reset whose answer its client had not taken. */
    void answerDropped() {
        untaken++;
        if (untaken > MOST_UNTAKEN) {
            sendGoAway(ERROR_ENHANCE_YOUR_CALM);
        }
    }

    private boolean forget(int stream) {
        synchronized (discarded) {
            return discarded.remove(stream) != null;
        }
    }

    private void countReset() {
        long now = TimeSource.system().nanos();
        if (now - resetsSince > RESET_WINDOW_NANOS) {
            resetsSince = now;
            resets = 0;
        }
        resets++;
        if (resets > mostResets) {
            sendGoAway(ERROR_ENHANCE_YOUR_CALM);
        }
    }
}
