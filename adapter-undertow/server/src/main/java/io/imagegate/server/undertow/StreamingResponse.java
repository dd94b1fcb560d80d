package io.imagegate.server.undertow;

import io.imagegate.time.TimeSource;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * The answer to one request of a {@link PlainServer} that goes on until its source or its client ends it, such as a stream
 * of events. The source is asked for more when everything before has been written, so a slow client costs the memory of
 * one piece. A client that has not read a piece in time is cut; one that has gone is noticed at the next look, even if it
 * never read anything. Used by the I/O thread of the connection alone.
 */
public final class StreamingResponse {

    private static final int INTERVAL_MILLIS = 200;

    /** The JDK copies what it writes into a direct buffer of the same length, which it keeps. */
    private static final int SLICE_BYTES = 16 << 10;

    private final HttpServerExchange exchange;
    private final OpenConnection connection;
    private final StreamSinkChannel channel;
    private final Source source;
    private final long patienceNanos;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long pieceSince;
    private boolean written = true;
    private boolean ended;
    private XnioExecutor.@Nullable Key timer;

    /** What such an answer consists of. It throws nothing. */
    public interface Source {

        /** {@return the next piece; empty if there is nothing new} */
        byte[] next();

        /** {@return whether the answer ends behind the last piece} */
        boolean isLast();

        /** Called once when the answer is over, whoever ended it. */
        void close();
    }

    private StreamingResponse(HttpServerExchange exchange, Source source, Duration patience) {
        this.exchange = exchange;
        this.connection = Objects.requireNonNull(exchange.getConnection().getAttachment(OpenConnection.KEY));
        this.channel = exchange.getResponseChannel();
        this.source = source;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Begins the answer. Called by the handler of the request, on its I/O thread, when status and headers are set. The
     * connection ends with the answer.
     *
     * @param exchange the request
     * @param source what to send
     * @param patience longest time for a client to read one piece
     */
    public static void begin(HttpServerExchange exchange, Source source, Duration patience) {
        exchange.setPersistent(false);
        StreamingResponse answer = new StreamingResponse(exchange, source, patience);
        exchange.dispatch(SameThreadExecutor.INSTANCE, answer::begin);
    }

    private void begin() {
        channel.getWriteSetter().set(writable -> write());
        timer = exchange.getIoThread().executeAtInterval(this::look, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        ask();
        if (!source.isLast()) {
            // From now on it has no deadline, and is not closed for others.
            connection.requestStarted();
        }
    }

    private void look() {
        if (connection.isAbandoned()) {
            cut();
        } else if (written) {
            ask();
        } else if (TimeSource.system().nanos() - pieceSince > patienceNanos) {
            cut();
        }
    }

    private void ask() {
        piece = ByteBuffer.wrap(source.next());
        pieceSince = TimeSource.system().nanos();
        write();
    }

    private void write() {
        try {
            written = writePiece() && channel.flush();
        } catch (IOException gone) {
            cut();
            return;
        }
        if (!written) {
            channel.resumeWrites();
        } else {
            channel.suspendWrites();
            if (source.isLast()) {
                end();
                exchange.endExchange();
            }
        }
    }

    private boolean writePiece() throws IOException {
        int end = piece.limit();
        while (piece.position() < end) {
            piece.limit(Math.min(end, piece.position() + SLICE_BYTES));
            int count = channel.write(piece);
            piece.limit(end);
            if (count == 0) {
                return false;
            }
        }
        return true;
    }

    private void cut() {
        end();
        connection.close();
        exchange.endExchange();
    }

    private void end() {
        if (!ended) {
            ended = true;
            if (timer != null) {
                timer.remove();
            }
            source.close();
        }
    }
}
