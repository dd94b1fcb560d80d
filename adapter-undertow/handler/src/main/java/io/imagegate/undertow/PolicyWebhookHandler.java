package io.imagegate.undertow;

import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.Headers;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts a {@link PolicyWebhook} behind an Undertow server:
 * {@code Undertow.builder().setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L).addHttpListener(8080, "127.0.0.1",
 * new PolicyWebhookHandler(webhook))}.
 *
 * <p>Without that option Undertow ends the connection of a body that comes in chunks and is longer than 2 MiB, before a
 * handler can answer; kube-apiserver names the length of its bodies and does not meet this.
 *
 * <p>A body costs memory only as it arrives, whatever its {@code Content-Length} announces, and never more than the
 * webhook's limit. Decisions are made on the I/O thread. If the webhook may block or the body is longer than 16 KiB, they are
 * made by the exchange's dispatch executor, by default the worker. Safe for any number of exchanges at once.
 *
 * @since 0.1
 */
public final class PolicyWebhookHandler implements HttpHandler {

    private final PolicyWebhook webhook;
    private final HttpHandler entry = new HttpContinueReadHandler(this::screen);

    /**
     * A handler that asks this webhook.
     *
     * @param webhook answers every request
     */
    public PolicyWebhookHandler(PolicyWebhook webhook) {
        this.webhook = Objects.requireNonNull(webhook, "webhook");
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        entry.handleRequest(exchange);
    }

    private void screen(HttpServerExchange exchange) {
        String method = exchange.getRequestMethod().toString();
        String contentType = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        Optional<Answer> early = webhook.screen(method, exchange.getRequestPath(), contentType);
        Reception reception = new Reception(exchange, webhook);
        early.ifPresent(reception::answer);
        reception.start();
    }
}
