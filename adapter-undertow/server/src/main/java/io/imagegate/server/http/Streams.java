package io.imagegate.server.http;

import io.undertow.protocols.http2.Http2Channel;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests that are open in one HTTP/2 connection. Its client is told how many may be, but Undertow lets it open more,
 * and each costs memory even when it is only to be turned away. A client may not have heard the number yet, so the first
 * ones too many are answered; one that opens twice as many does not want to hear. When the connection is closed, so are
 * its requests, of which Undertow forgets those whose bodies were still awaited.
 */
final class Streams {

    private static final AttachmentKey<Streams> OF_CONNECTION = AttachmentKey.create(Streams.class);
    private static final int FORBEARANCE = 2;

    private final Http2Channel channel;
    private final Set<HttpServerExchange> open = ConcurrentHashMap.newKeySet();
    private volatile boolean leaving;

    private Streams(Http2Channel channel) {
        this.channel = channel;
    }

    /** From now on requests in this connection are known. */
    static void watch(Http2Channel channel) {
        Streams streams = new Streams(channel);
        channel.putAttachment(OF_CONNECTION, streams);
        channel.addCloseTask(closed -> streams.end());
    }

    /** {@return whether its connection may open one more request, as one of HTTP/1.1 always may} */
    static boolean admit(HttpServerExchange exchange) {
        Streams streams = exchange.getConnection().getAttachment(OF_CONNECTION);
        return streams == null || streams.opened(exchange);
    }

    /**
     * Tells the client of a connection that its next request wants a new one. Undertow closes a connection with these
     * words, so they wait for a moment in which nothing is under way; what the client sends into that moment, it knows
     * not to have been looked at, and sends again.
     */
    static void leave(Http2Channel channel) {
        Streams streams = channel.getAttachment(OF_CONNECTION);
        streams.leaving = true;
        streams.leaveWhenIdle();
    }

    private void leaveWhenIdle() {
        channel.getIoThread().execute(() -> {
            if (open.isEmpty()) {
                channel.sendGoAway(Http2Channel.ERROR_NO_ERROR);
            }
        });
    }

    private boolean opened(HttpServerExchange exchange) {
        open.add(exchange);
        int count = open.size();
        int limit = channel.getReceiveMaxConcurrentStreams();
        if (count > FORBEARANCE * limit) {
            channel.sendGoAway(Http2Channel.ERROR_ENHANCE_YOUR_CALM);
        }
        return count <= limit;
    }

    /** A request is over. */
    static void forget(HttpServerExchange exchange) {
        Streams streams = exchange.getConnection().getAttachment(OF_CONNECTION);
        if (streams != null) {
            streams.closed(exchange);
        }
    }

    private void closed(HttpServerExchange exchange) {
        if (open.remove(exchange) && leaving) {
            leaveWhenIdle();
        }
    }

    private void end() {
        open.forEach(exchange -> channel.getIoThread().execute(exchange::endExchange));
    }
}
