package io.imagegate.server;

import io.imagegate.server.metrics.ServerMetrics;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers those who run the server: whether it lives, whether it is ready, and its metrics. */
final class ManagementHandler implements HttpHandler {

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Readiness readiness;
    private final ServerMetrics metrics;

    ManagementHandler(Readiness readiness, ServerMetrics metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (!exchange.getRequestMethod().equals(Methods.GET)
                && !exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
            send(exchange, StatusCodes.METHOD_NOT_ALLOWED, "expected GET\n");
            return;
        }
        switch (exchange.getRequestPath()) {
            case "/livez", "/healthz" -> send(exchange, StatusCodes.OK, "ok\n");
            case "/readyz" -> ready(exchange);
            case "/metrics" -> exchange.dispatch(this::metrics);
            default -> send(exchange, StatusCodes.NOT_FOUND, "expected /livez, /readyz, /healthz or /metrics\n");
        }
    }

    private void ready(HttpServerExchange exchange) {
        List<String> obstacles = readiness.obstacles();
        if (obstacles.isEmpty()) {
            send(exchange, StatusCodes.OK, "ok\n");
        } else {
            send(exchange, StatusCodes.SERVICE_UNAVAILABLE, "not ready: " + String.join("; ", obstacles) + "\n");
        }
    }

    private void metrics(HttpServerExchange exchange) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        metrics.write(text);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, ServerMetrics.CONTENT_TYPE);
        exchange.getResponseSender().send(ByteBuffer.wrap(text.toByteArray()));
    }

    private static void send(HttpServerExchange exchange, int status, String text) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, TEXT);
        exchange.getResponseSender().send(text, StandardCharsets.UTF_8);
    }
}
