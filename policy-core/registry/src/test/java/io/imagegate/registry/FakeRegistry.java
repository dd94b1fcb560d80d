package io.imagegate.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.imagegate.reference.Digest;
import io.imagegate.registry.content.Hashes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A registry on loopback that answers whatever a test wants. Unknown paths get 404. */
public final class FakeRegistry implements AutoCloseable {

    private static final byte[] NOTHING = {};

    static {
        // Otherwise small answers take 40 ms, which is what delayed acknowledgements cost.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** How a path is answered. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** A request as it came. */
    record Received(
            String method,
            String path,
            @Nullable String authorization,
            @Nullable String proxyAuthorization) {}

    private final HttpServer server;
    private final String name;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    final AtomicLong sent = new AtomicLong();

    private FakeRegistry(HttpServer server, String name) {
        this.server = server;
        this.name = name;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        at("/v2/", status(200));
    }

    static FakeRegistry plain() {
        try {
            return new FakeRegistry(HttpServer.create(loopback(), 0), "127.0.0.1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A registry with TLS, which asks for a client certificate and can do without. */
    static FakeRegistry tls(TestCertificate certificate, String name) {
        try {
            HttpsServer server = HttpsServer.create(loopback(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()) {
                @Override
                public void configure(HttpsParameters parameters) {
                    var tls = getSSLContext().getDefaultSSLParameters();
                    tls.setWantClientAuth(true);
                    parameters.setSSLParameters(tls);
                }
            });
            return new FakeRegistry(server, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        received.add(new Received(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Proxy-Authorization")));
        try (exchange) {
            answers.getOrDefault(path, status(404)).to(exchange);
        }
    }

    /** The host as images name it. */
    public String host() {
        return name + ":" + server.getAddress().getPort();
    }

    List<Received> received() {
        return received;
    }

    long count(String path) {
        return received.stream().filter(request -> request.path().equals(path)).count();
    }

    FakeRegistry at(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** {@return the answer of a path} */
    Answer answer(String path) {
        return answers.getOrDefault(path, status(404));
    }

    /** Adds a manifest with a tag. */
    Digest manifest(String repository, String tag, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Digest digest = Hashes.sha256(bytes);
        Answer answer = content(type, bytes, digest.toString());
        at("/v2/" + repository + "/manifests/" + tag, answer);
        at("/v2/" + repository + "/manifests/" + digest, answer);
        return digest;
    }

    /** Adds a blob. */
    Digest blob(String repository, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Digest digest = Hashes.sha256(bytes);
        at("/v2/" + repository + "/blobs/" + digest, content("application/octet-stream", bytes, digest.toString()));
        return digest;
    }

    static Answer status(int status, String... headers) {
        return exchange -> respond(exchange, status, NOTHING, headers);
    }

    static Answer content(String type, byte[] body, String digest) {
        return exchange -> respond(exchange, 200, body, "Content-Type", type, "Docker-Content-Digest", digest);
    }

    static Answer json(String text, String... headers) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            respond(exchange, 200, text.getBytes(StandardCharsets.UTF_8), headers);
        };
    }

    static Answer redirect(String location) {
        return status(307, "Location", location);
    }

    /** Answers nothing until this is closed. */
    Answer hang() {
        return exchange -> await(closing);
    }

    /** Answers when a test says so. */
    static Answer after(CountDownLatch begin, Answer answer) {
        return exchange -> {
            await(begin);
            answer.to(exchange);
        };
    }

    /** Sends headers, and then a byte at a time. */
    Answer drip(String type) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            while (closing.getCount() > 0) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                pause();
            }
        };
    }

    /** Sends without end. */
    Answer endless(String type) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[8_192];
            while (closing.getCount() > 0) {
                exchange.getResponseBody().write(much);
                sent.addAndGet(much.length);
            }
        };
    }

    /** Declares a length, and sends what it likes. */
    static Answer declaring(String type, long length, byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, length);
            OutputStream out = exchange.getResponseBody();
            out.write(body);
            out.flush();
        };
    }

    private static void respond(HttpExchange exchange, int status, byte[] body, String... headers) throws IOException {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
