package io.imagegate.server.undertow;

import io.undertow.protocols.http2.Http2Channel;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The open requests of one HTTP/2 connection. The server announces how many there may be, but Undertow accepts more,
 * and even a rejected request costs memory. A client may not have read the announcement yet, so the first excess
 * requests are answered; twice as many as announced close the connection. Undertow forgets requests with incomplete
 * bodies when their stream is reset or the connection is closed, and keeps their answers; this class ends them.
 */
public final class Streams {

    private static final AttachmentKey<Streams> OF_CONNECTION = AttachmentKey.create(Streams.class);
    private static final int TOLERANCE = 2;

    private final Http2Connection connection;
    private final Map<Integer, Stream> open = new ConcurrentHashMap<>();
    private volatile boolean leaving;

    private Streams(Http2Connection connection) {
        this.connection = connection;
    }

    /** The stream of one open request. */
    public static final class Stream {

        private final Streams streams;
        private final int number;
        private final Runnable cancel;
        private final boolean excess;
        private volatile @Nullable StreamSinkConduit answer;

        private Stream(Streams streams, Runnable cancel) {
            this.streams = streams;
            // Undertow calls the handlers of a request before it reads the next frame.
            this.number = streams.connection.newestStream();
            this.cancel = cancel;
            this.excess = streams.add(this);
        }

        /** {@return whether its connection has more open requests than the server announced} */
        public boolean isExcess() {
            return excess;
        }

        /**
         * Frees what is left of an answer that its client has not taken. Undertow keeps it when a stream is reset. Called
         * by the I/O thread of the connection, after the reset.
         *
         * @return whether there was one; then the request ends without a further call
         */
        public boolean dropAnswer() {
            StreamSinkConduit waiting = answer;
            if (waiting == null || waiting.isWriteShutdown()) {
                return false;
            }
            streams.connection.answerDropped();
            try {
                waiting.truncateWrites();
            } catch (IOException gone) {
                // So is the answer.
            }
            return true;
        }

        /** Called when the request is over. */
        public void end() {
            if (streams.open.remove(number, this) && streams.leaving) {
                streams.leaveWhenIdle();
            }
        }
    }

    /** Starts to track the requests of a connection. */
    static void watch(Http2Connection connection) {
        connection.putAttachment(OF_CONNECTION, new Streams(connection));
        connection.addCloseTask(closed -> of(connection).end());
    }

    private static Streams of(Http2Connection connection) {
        return connection.getAttachment(OF_CONNECTION);
    }

    private static @Nullable Streams of(HttpServerExchange exchange) {
        return exchange.getConnection().getAttachment(OF_CONNECTION);
    }

    /**
     * Tracks the stream of a request. Called by the handler of the request, on its I/O thread.
     *
     * @param exchange the request
     * @param cancel called when the client resets the stream or the connection ends
     * @return the stream; null for HTTP/1.1
     */
    public static @Nullable Stream open(HttpServerExchange exchange, Runnable cancel) {
        Streams streams = of(exchange);
        if (streams == null) {
            return null;
        }
        Stream stream = new Stream(streams, cancel);
        exchange.addResponseWrapper((factory, any) -> {
            StreamSinkConduit answer = factory.create();
            stream.answer = answer;
            return answer;
        });
        return stream;
    }

    /** {@return whether it is one too many} */
    private boolean add(Stream stream) {
        open.put(stream.number, stream);
        int count = open.size();
        int limit = connection.getReceiveMaxConcurrentStreams();
        if (count > TOLERANCE * limit) {
            connection.sendGoAway(Http2Channel.ERROR_ENHANCE_YOUR_CALM);
        }
        return count > limit;
    }

    /**
     * Asks the client of a connection to send its next request over a new one. Undertow closes a connection with this
     * message, so it is sent when no request is open. Requests that arrive at the same time are not processed; the
     * message says so, and clients send them again.
     */
    static void leave(Http2Connection connection) {
        Streams streams = of(connection);
        streams.leaving = true;
        streams.leaveWhenIdle();
    }

    /**
     * Does the same for the connection of a request, once all its requests are over. No effect on HTTP/1.1.
     *
     * @param exchange the request
     */
    public static void leave(HttpServerExchange exchange) {
        Streams streams = of(exchange);
        if (streams != null) {
            streams.leaving = true;
        }
    }

    /**
     * Ends a request whether or not it was answered: closes an HTTP/1.1 connection, resets an HTTP/2 stream.
     *
     * @param exchange the request
     */
    public static void reset(HttpServerExchange exchange) {
        // Undertow makes a connection object for each HTTP/2 request; closing it resets the stream.
        IoUtils.safeClose(exchange.getConnection());
    }

    /** Called when SETTINGS have been exchanged. */
    static void introduced(Http2Connection connection) {
        Streams streams = of(connection);
        if (streams.leaving) {
            streams.leaveIfIdle();
        }
    }

    private void leaveWhenIdle() {
        connection.getIoThread().execute(this::leaveIfIdle);
    }

    private void leaveIfIdle() {
        if (open.isEmpty() && connection.isIntroduced()) {
            connection.sendGoAway(Http2Channel.ERROR_NO_ERROR);
        }
    }

    /** Called when a client has reset a stream. */
    static void cancel(Http2Connection connection, int number) {
        Stream stream = of(connection).open.get(number);
        if (stream != null) {
            stream.cancel.run();
        }
    }

    private void end() {
        open.values().forEach(stream -> stream.cancel.run());
    }
}
