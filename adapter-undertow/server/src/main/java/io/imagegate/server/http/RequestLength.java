package io.imagegate.server.http;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * Accepts only HTTP/1.1 requests that announce the length of their body, as kube-apiserver's do. Undertow parses chunks and
 * trailers without a limit, and reads any transfer coding whose name ends in {@code chunked} as that one. A request that is
 * refused ends its connection, and nothing more of it is read.
 */
public final class RequestLength implements HttpHandler {

    /** The digits of {@link Long#MAX_VALUE} less one, so that every such number is one. */
    private static final int MOST_DIGITS = 18;

    /** Closes the connection, of HTTP/2 the stream, once the answer is out. What the client still sends stays unread. */
    private static final IoCallback CLOSE = new IoCallback() {
        @Override
        public void onComplete(HttpServerExchange exchange, Sender sender) {
            IoUtils.safeClose(exchange.getConnection());
            exchange.endExchange();
        }

        @Override
        public void onException(HttpServerExchange exchange, Sender sender, IOException failed) {
            onComplete(exchange, sender);
        }
    };

    private final Consumer<Refusal> refusals;
    private final HttpHandler next;

    /**
     * A handler before another.
     *
     * @param refusals called for each request that is refused
     * @param next answers the others
     */
    public RequestLength(Consumer<Refusal> refusals, HttpHandler next) {
        this.refusals = refusals;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)) {
            refuse(
                    exchange,
                    StatusCodes.LENGTH_REQUIRED,
                    "LengthRequired",
                    "expected Content-Length, not Transfer-Encoding");
        } else if (!isLength(exchange.getRequestHeaders().get(Headers.CONTENT_LENGTH))) {
            refuse(
                    exchange,
                    StatusCodes.BAD_REQUEST,
                    "BadRequest",
                    "Content-Length: expected one number of at most 18 digits");
        } else {
            next.handleRequest(exchange);
        }
    }

    private static boolean isLength(@Nullable HeaderValues values) {
        if (values == null) {
            return true;
        }
        String first = values.getFirst();
        return values.size() == 1
                && !first.isEmpty()
                && first.length() <= MOST_DIGITS
                && first.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void refuse(HttpServerExchange exchange, int status, String reason, String message) {
        refusals.accept(Refusal.LENGTH);
        exchange.setStatusCode(status);
        exchange.setPersistent(false);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        String body = """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"%s","reason":"%s","code":%d}""".formatted(message, reason, status);
        exchange.getResponseSender().send(body, StandardCharsets.UTF_8, CLOSE);
    }
}
