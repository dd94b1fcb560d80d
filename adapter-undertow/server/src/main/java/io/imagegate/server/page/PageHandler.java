package io.imagegate.server.page;

import io.imagegate.console.PageRequest;
import io.imagegate.console.WebPages;
import io.imagegate.undertow.PolicyWebhookHandler;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Copies requests to the pages. Those without a body are answered by the I/O thread. Bodies are judged one after the other on the
 * task thread; a few can wait there, and further ones get 503 unread.
 */
final class PageHandler implements HttpHandler {

    /** Bodies of these requests, and then their answers, are in memory at once. */
    static final int PLACES = 4;

    /** Judging takes several times the memory of the body, which may not end a server with a small heap. */
    static final int MAX_BODY_BYTES =
            (int) Math.min(8 << 20, Runtime.getRuntime().maxMemory() / 32);

    private static final long UNLIMITED = -1;
    private static final byte[] NOTHING = {};
    private static final String RETRY_SECONDS = "1";

    private final WebPages pages;
    private final Duration patience;
    private final Semaphore places = new Semaphore(PLACES);

    /**
     * Creates a handler.
     *
     * @param pages answers the requests
     * @param patience longest time for a client to read a piece of a stream of events
     */
    PageHandler(WebPages pages, Duration patience) {
        this.pages = pages;
        this.patience = patience;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        // Also if more requests were pipelined.
        exchange.setPersistent(false);
        // Undertow would close the connection of a longer body without an answer.
        exchange.setMaxEntitySize(UNLIMITED);
        PageRequest head = request(exchange, NOTHING);
        int limit = Math.min(pages.bodyLimit(head), MAX_BODY_BYTES);
        if (limit == 0) {
            new AnswerSender(exchange, patience).send(pages.answer(head));
        } else if (exchange.getRequestContentLength() > limit) {
            refuse(exchange, StatusCodes.REQUEST_ENTITY_TOO_LARGE, "the body is longer than " + limit + " bytes");
        } else if (places.tryAcquire()) {
            exchange.putAttachment(RequestPermit.KEY, new RequestPermit(places, exchange));
            read(exchange);
        } else {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_SECONDS);
            refuse(exchange, StatusCodes.SERVICE_UNAVAILABLE, "others are being answered; try again");
        }
    }

    private void read(HttpServerExchange exchange) {
        exchange.getRequestReceiver()
                .receiveFullBytes(
                        (arrived, body) -> arrived.dispatch(arrived.getDispatchExecutor(), task -> judge(task, body)),
                        (failed, problem) -> failed.endExchange());
    }

    private void judge(HttpServerExchange exchange, byte[] body) {
        RequestPermit place = exchange.getAttachment(RequestPermit.KEY);
        if (!place.use()) {
            return;
        }
        try {
            new AnswerSender(exchange, patience).send(pages.answer(request(exchange, body)));
        } finally {
            place.leave();
        }
    }

    private static PageRequest request(HttpServerExchange exchange, byte[] body) {
        return new PageRequest(
                exchange.getRequestMethod().toString(), PolicyWebhookHandler.path(exchange), headers(exchange), body);
    }

    private static UnaryOperator<@Nullable String> headers(HttpServerExchange exchange) {
        return name -> {
            HeaderValues values = exchange.getRequestHeaders().get(name);
            return values == null ? null : String.join(",", values);
        };
    }

    private static void refuse(HttpServerExchange exchange, int status, String sentence) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send("{\"error\": \"" + sentence + "\"}", StandardCharsets.US_ASCII);
    }
}
