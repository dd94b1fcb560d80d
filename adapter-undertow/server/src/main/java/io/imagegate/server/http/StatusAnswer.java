package io.imagegate.server.http;

import io.imagegate.server.undertow.Streams;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers a request that is no review with a Kubernetes {@code Status}, and reads nothing more of it. */
final class StatusAnswer {

    private static final IoCallback END = new IoCallback() {
        @Override
        public void onComplete(HttpServerExchange exchange, Sender sender) {
            if (!exchange.isRequestComplete()) {
                // An HTTP/1.1 connection is closed, an HTTP/2 stream is reset.
                Streams.reset(exchange);
            }
            exchange.endExchange();
        }

        @Override
        public void onException(HttpServerExchange exchange, Sender sender, IOException failed) {
            Streams.reset(exchange);
            exchange.endExchange();
        }
    };

    /** Sends the answer before the rest of the request is dropped; otherwise a reset could overtake it. */
    private static final IoCallback FLUSH = new IoCallback() {
        @Override
        public void onComplete(HttpServerExchange exchange, Sender sender) {
            sender.close(END);
        }

        @Override
        public void onException(HttpServerExchange exchange, Sender sender, IOException failed) {
            END.onException(exchange, sender, failed);
        }
    };

    private StatusAnswer() {}

    /**
     * Answers a request and closes its HTTP/1.1 connection.
     *
     * @param exchange the request
     * @param status of HTTP
     * @param reason in one word, as Kubernetes names it
     * @param message what was expected; without characters that JSON escapes
     */
    static void send(HttpServerExchange exchange, int status, String reason, String message) {
        exchange.setStatusCode(status);
        exchange.setPersistent(false);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        String body = """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"%s","reason":"%s","code":%d}""".formatted(message, reason, status);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        // So that a client that has all of it does not wait for the end of the connection, which may be a reset.
        exchange.setResponseContentLength(bytes.length);
        exchange.getResponseSender().send(ByteBuffer.wrap(bytes), FLUSH);
    }
}
