package io.imagegate.examples.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.imagegate.gate.LiveGate;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Answers kube-apiserver with the HTTPS server of the JDK. Arguments: the policies and a port. */
public final class WebhookServer {

    private WebhookServer() {}

    /**
     * Starts the server. Its certificate is that of {@code -Djavax.net.ssl.keyStore}.
     *
     * @param arguments the policies and a port
     * @throws Exception if there is no certificate, or the port is in use
     */
    public static void main(String[] arguments) throws Exception {
        LiveGate gate = LiveGate.builder().policies(arguments[0]).openLater();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(Integer.parseInt(arguments[1])), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
        start(server, PolicyWebhook.of(gate));
    }

    static void start(HttpServer server, PolicyWebhook webhook) {
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/", exchange -> answer(exchange, webhook));
        server.start();
    }

    private static void answer(HttpExchange exchange, PolicyWebhook webhook) throws IOException {
        try (exchange) {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            String target = exchange.getRequestURI().toString();
            Answer answer = webhook.handle(exchange.getRequestMethod(), target, type, exchange.getRequestBody());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }
}
