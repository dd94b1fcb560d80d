package io.imagegate.server.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.PemFiles;
import io.imagegate.server.tls.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;

/** An HTTPS server on loopback that keeps what is posted to it. */
final class EventReceiver implements AutoCloseable {

    static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("a key of twenty-four byte".getBytes(StandardCharsets.UTF_8));

    /** Writes an answer. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** A request. */
    record Received(String path, String id, String timestamp, String signature, String mediaType, String body) {}

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Answer answer = exchange -> exchange.sendResponseHeaders(204, -1);

    /** Starts a server whose authority is written to {@code ca.pem}. */
    EventReceiver(Path folder) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(folder)));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static SSLContext tls(Path folder) throws IOException {
        Authority authority = Authority.create("test", Instant.now(), Duration.ofDays(1));
        PemFiles.writeCertificates(authority.identity(), folder.resolve("ca.pem"));
        return TlsContexts.server(authority.server(List.of(Host.parse("127.0.0.1")), Duration.ofDays(1)), List.of());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(
                    exchange.getRequestURI().toString(),
                    header(exchange, "webhook-id"),
                    header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"),
                    header(exchange, "Content-Type"),
                    body));
            answer.to(exchange);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    void answers(Answer other) {
        answer = other;
    }

    List<Received> received() {
        return received;
    }

    String url(String path) {
        return "https://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** {@return whether a signature is by a secret, as receivers check it} */
    static boolean isSigned(Received request, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        byte[] expected = mac.doFinal(
                (request.id + "." + request.timestamp + "." + request.body).getBytes(StandardCharsets.UTF_8));
        return List.of(request.signature.split(" ", -1))
                .contains("v1," + Base64.getEncoder().encodeToString(expected));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
