package io.imagegate.server.http;

import io.undertow.protocols.http2.Http2Channel;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open requests of one HTTP/2 connection. The server announces how many there may be, but Undertow accepts more,
 * and even a rejected request costs memory. A client may not have read the announcement yet, so the first excess
 * requests are answered; twice as many as announced close the connection. Undertow forgets requests with incomplete
 * bodies when their stream is reset or the connection is closed; this class ends them.
 */
final class Streams {

    private static final AttachmentKey<Streams> OF_CONNECTION = AttachmentKey.create(Streams.class);
    private static final int TOLERANCE = 2;

    private final Http2Connection connection;
    private final Map<Integer, OpenRequest> open = new ConcurrentHashMap<>();
    private volatile boolean leaving;

    private Streams(Http2Connection connection) {
        this.connection = connection;
    }

    /** Starts to track the requests of a connection. */
    static void watch(Http2Connection connection) {
        connection.putAttachment(OF_CONNECTION, new Streams(connection));
        connection.addCloseTask(closed -> of(connection).end());
    }

    private static Streams of(Http2Connection connection) {
        return connection.getAttachment(OF_CONNECTION);
    }

    /** {@return whether its connection may have one more request; always true for HTTP/1.1} */
    static boolean admit(OpenRequest request) {
        Streams streams = request.exchange().getConnection().getAttachment(OF_CONNECTION);
        return streams == null || streams.opened(request);
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

    /** Does the same for the connection of a request, once all its requests are over. No effect on HTTP/1.1. */
    static void leave(HttpServerExchange exchange) {
        Streams streams = exchange.getConnection().getAttachment(OF_CONNECTION);
        if (streams != null) {
            streams.leaving = true;
        }
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

    private boolean opened(OpenRequest request) {
        // Undertow calls the handlers of a request before it reads the next frame.
        request.stream(connection.newestStream());
        open.put(request.stream(), request);
        int count = open.size();
        int limit = connection.getReceiveMaxConcurrentStreams();
        if (count > TOLERANCE * limit) {
            connection.sendGoAway(Http2Channel.ERROR_ENHANCE_YOUR_CALM);
        }
        return count <= limit;
    }

    /** Called when a request is over. */
    static void forget(OpenRequest request) {
        HttpServerExchange exchange = request.exchange();
        Streams streams = exchange.getConnection().getAttachment(OF_CONNECTION);
        if (streams != null && streams.open.remove(request.stream(), request) && streams.leaving) {
            streams.leaveWhenIdle();
        }
    }

    /** Called when a client has reset a stream. */
    static void cancel(Http2Connection connection, int stream) {
        OpenRequest request = of(connection).open.get(stream);
        if (request != null) {
            request.cancel();
        }
    }

    private void end() {
        open.values().forEach(OpenRequest::cancel);
    }
}
