package io.imagegate.server.http;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
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
 * An HTTP/2 connection in which a stream that is reset ends alone. Undertow differs from RFC 9113 in three ways:
 *
 * <ul>
 *   <li>It ends the connection at the first frame that was already under way when it reset a stream (5.1). Here such frames
 *       are discarded, as many as the client could have sent.
 *   <li>It gives no credit to the window of the connection for content that it received and dropped (5.2). Here all content
 *       is credited when it arrives; the window of a stream limits what stays unread.
 *   <li>It ends the connection when the server has reset many streams. Here only resets count that the client causes.
 * </ul>
 *
 * <p>Used by the I/O thread of the connection, except for {@link #sendRstStream}.
 */
final class Http2Connection extends Http2Channel {

    /** Streams that were reset longer ago than this many others are in error again when they send. */
    private static final int REMEMBERED_STREAMS = 1_000;

    private static final long RESET_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final FrameHead head = new FrameHead();

    /** Bytes of content that may still come for the streams that were reset here. Guarded by itself. */
    private final Map<Integer, Integer> discarded = new LinkedHashMap<>();

    private final int mostResets;
    private volatile int newestStream;
    private int resets;
    private long resetsSince = System.nanoTime();

    /**
     * A connection.
     *
     * @param connection below it
     * @param buffers for what is read and written
     * @param read already; null if nothing
     * @param options of Undertow, with the number of streams that a client may reset in ten seconds
     */
    Http2Connection(
            StreamConnection connection, ByteBufferPool buffers, @Nullable PooledByteBuffer read, OptionMap options) {
        super(connection, Http2OpenListener.HTTP2, buffers, read, false, false, countingNoResets(options));
        this.mostResets = options.get(
                UndertowOptions.MAX_RST_FRAMES_PER_WINDOW, UndertowOptions.DEFAULT_MAX_RST_FRAMES_PER_WINDOW);
    }

    private static OptionMap countingNoResets(OptionMap options) {
        return OptionMap.builder()
                .addAll(options)
                .set(UndertowOptions.MAX_RST_FRAMES_PER_WINDOW, Integer.MAX_VALUE)
                .getMap();
    }

    @Override
    protected FrameHeaderData parseFrame(ByteBuffer data) throws IOException {
        int start = data.position();
        FrameHeaderData frame = super.parseFrame(data);
        head.follow(data, start, data.position());
        if (frame != null && head.type() == FrameHead.DATA) {
            super.updateReceiveFlowControlWindow(head.length());
        }
        return frame;
    }

    /** Called for content that is read, which has its credit already. */
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
                // Undertow handles it well.
            }
        }
        return super.createChannelImpl(frame, data);
    }

    /** What the frame of a stream that was reset does to the connection is done: its fields are decoded, its content counted. */
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

    /** {@return the number of the stream that was opened last} */
    int newestStream() {
        return newestStream;
    }

    private boolean forget(int stream) {
        synchronized (discarded) {
            return discarded.remove(stream) != null;
        }
    }

    private void countReset() {
        long now = System.nanoTime();
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
