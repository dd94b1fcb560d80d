package io.imagegate.server.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepts only HTTP/1.1 requests that announce the length of their body, as kube-apiserver's do. Undertow parses chunks
 * and trailers without a limit, and reads any transfer coding whose name ends in {@code chunked} as that one. A
 * rejected request is not read further, and its connection is closed.
 */
public final class RequestLength implements HttpHandler {

    /** One digit less than {@link Long#MAX_VALUE} has, so that every such number fits. */
    private static final int MOST_DIGITS = 18;

    private final Consumer<RejectionReason> rejections;
    private final HttpHandler next;

    /**
     * Creates a handler.
     *
     * @param rejections called for each request that is rejected
     * @param next handles the other requests
     */
    public RequestLength(Consumer<RejectionReason> rejections, HttpHandler next) {
        this.rejections = rejections;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)) {
            reject(
                    exchange,
                    StatusCodes.LENGTH_REQUIRED,
                    "LengthRequired",
                    "expected Content-Length, not Transfer-Encoding");
        } else if (!isLength(exchange.getRequestHeaders().get(Headers.CONTENT_LENGTH))) {
            reject(
                    exchange,
                    StatusCodes.BAD_REQUEST,
                    "BadRequest",
                    "Content-Length: expected one number of at most 18 digits");
        } else {
            next.handleRequest(exchange);
        }
    }

    /** {@return the announced length of the body; -1 when there is none or it is malformed} */
    static long of(HttpServerExchange exchange) {
        HeaderValues values = exchange.getRequestHeaders().get(Headers.CONTENT_LENGTH);
        return values != null && isLength(values) ? Long.parseLong(values.getFirst()) : -1;
    }

    private static boolean isLength(@Nullable HeaderValues values) {
        if (values == null) {
            return true;
        }
        String first = values.getFirst();
        return values.size() == 1 && !first.isEmpty() && first.length() <= MOST_DIGITS && hasOnlyDigits(first);
    }

    private static boolean hasOnlyDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private void reject(HttpServerExchange exchange, int status, String reason, String message) {
        rejections.accept(RejectionReason.LENGTH);
        StatusAnswer.send(exchange, status, reason, message);
    }
}
