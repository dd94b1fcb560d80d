package io.imagegate.undertow;

import io.imagegate.policy.Gates;
import io.imagegate.webhook.IncomingReview;
import io.imagegate.webhook.PolicyWebhook;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Undertow handler that answers with a {@link PolicyWebhook}:
 * {@code Undertow.builder().setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L).addHttpListener(8080, "127.0.0.1",
 * new PolicyWebhookHandler(webhook))}.
 *
 * <p>The webhook gets the path as the client wrote it. Behind {@code PathHandler.addPrefixPath("/gate", handler)} its paths are those
 * below the prefix, unless it has the whole path.
 *
 * <p>Without this option Undertow closes the connection of a chunked body over 2 MiB before a handler can answer.
 * kube-apiserver is not affected, because it sends the length of its bodies.
 *
 * <p>Memory for a body is allocated as the body arrives, not by its {@code Content-Length}, and never exceeds the
 * webhook's limit. Decisions are made on the I/O thread, or, if the body is longer than 16 KiB, by the exchange's dispatch
 * executor, by default the worker. No thread waits while facts about images are looked up, and a review whose client has gone
 * waits no longer. Thread-safe.
 *
 * @since 0.1
 */
public final class PolicyWebhookHandler implements HttpHandler {

    private final PolicyWebhook webhook;
    private final Consumer<HttpServerExchange> waiting;
    private final HttpHandler entry = new HttpContinueReadHandler(this::screen);

    /**
     * Makes a handler that uses this webhook.
     *
     * @param webhook answers all requests
     */
    public PolicyWebhookHandler(PolicyWebhook webhook) {
        this(webhook, exchange -> {});
    }

    /**
     * Makes a handler with the usual paths and limits.
     *
     * @param gates decide on the images, each at its own paths; such as a {@code LiveGate}
     */
    public PolicyWebhookHandler(Gates gates) {
        this(PolicyWebhook.of(gates));
    }

    /**
     * Makes a handler that uses this webhook, for servers that count what requests use.
     *
     * @param webhook answers all requests
     * @param waiting called on the I/O thread when a review begins to wait for facts; it holds no thread and no body from
     *     then on. It does not block and throws nothing
     */
    public PolicyWebhookHandler(PolicyWebhook webhook, Consumer<HttpServerExchange> waiting) {
        this.webhook = Objects.requireNonNull(webhook, "webhook");
        this.waiting = Objects.requireNonNull(waiting, "waiting");
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        entry.handleRequest(exchange);
    }

    /**
     * {@return the path by which the webhook finds the gate: as the client wrote it. Undertow's own path is decoded and has no
     * parameters, so several spellings would be one path}
     *
     * @param exchange the request
     */
    public static String path(HttpServerExchange exchange) {
        String target = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return target;
        }
        int path = target.indexOf('/', target.indexOf("//") + 2);
        return path < 0 ? "/" : target.substring(path);
    }

    private static @Nullable X509Certificate certificate(HttpServerExchange exchange) {
        try {
            SSLSession session = exchange.getConnection().getSslSession();
            return session != null && session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? certificate
                    : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    private void screen(HttpServerExchange exchange) {
        String path = path(exchange);
        IncomingReview whole = receive(exchange, path);
        IncomingReview incoming = isMissing(whole) ? receive(exchange, belowPrefix(exchange, path)) : whole;
        ReviewExchange reception = new ReviewExchange(exchange, webhook, incoming, waiting);
        incoming.refusal().ifPresent(reception::answer);
        reception.start();
    }

    private IncomingReview receive(HttpServerExchange exchange, String path) {
        String method = exchange.getRequestMethod().toString();
        String contentType = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        return webhook.receive(method, path, contentType, () -> certificate(exchange));
    }

    private static boolean isMissing(IncomingReview incoming) {
        return incoming.refusal()
                .filter(answer -> answer.status() == StatusCodes.NOT_FOUND)
                .isPresent();
    }

    /** {@return the path without what path handlers have matched, which is decoded, so a prefix with another spelling stays} */
    private static String belowPrefix(HttpServerExchange exchange, String path) {
        String prefix = exchange.getResolvedPath();
        return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    }
}
