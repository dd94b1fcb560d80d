package io.imagegate.server.serve;

import static java.util.stream.Collectors.joining;

import io.imagegate.server.metrics.ServerMetrics;
import io.imagegate.server.serve.ReadinessCheck.Result;
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

/** Answers probes and serves metrics: {@code /livez}, {@code /readyz}, {@code /healthz}, {@code /metrics}. */
final class ManagementHandler implements HttpHandler {

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Liveness liveness;
    private final Readiness readiness;
    private final ServerMetrics metrics;

    ManagementHandler(Liveness liveness, Readiness readiness, ServerMetrics metrics) {
        this.liveness = liveness;
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
            case "/livez", "/healthz" ->
                answer(exchange, "not live", liveness.failure().stream().toList(), List.of());
            case "/readyz" -> {
                if (exchange.getQueryParameters().containsKey("verbose")) {
                    checks(exchange, readiness.checks());
                } else {
                    answer(exchange, "not ready", readiness.obstacles(), readiness.warnings());
                }
            }
            case "/metrics" -> exchange.dispatch(this::metrics);
            default -> send(exchange, StatusCodes.NOT_FOUND, "expected /livez, /readyz, /healthz or /metrics\n");
        }
    }

    private static void answer(HttpServerExchange exchange, String not, List<String> obstacles, List<String> warnings) {
        if (obstacles.isEmpty()) {
            send(
                    exchange,
                    StatusCodes.OK,
                    "ok\n"
                            + warnings.stream()
                                    .map(warning -> "warning: " + warning + "\n")
                                    .collect(joining()));
        } else {
            send(exchange, StatusCodes.SERVICE_UNAVAILABLE, not + ": " + String.join("; ", obstacles) + "\n");
        }
    }

    private static void checks(HttpServerExchange exchange, List<ReadinessCheck> checks) {
        boolean ready = checks.stream().noneMatch(check -> check.result() == Result.FAILED);
        send(
                exchange,
                ready ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE,
                checks.stream().map(check -> check + "\n").collect(joining()) + (ready ? "ready\n" : "not ready\n"));
    }

    private void metrics(HttpServerExchange exchange) throws IOException {
        if (!exchange.getConnection().isOpen()) {
            // Displaced by other connections while this request waited for the thread.
            exchange.endExchange();
            return;
        }
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
