package io.imagegate.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry over plain HTTP on loopback, in which every image exists. Images {@code hung} are never answered, images
 * {@code slow} after a second.
 */
final class TestRegistry implements AutoCloseable {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    TestRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
        try (exchange) {
            if (path.startsWith("/v2/hung") && closed(Long.MAX_VALUE)) {
                return;
            }
            if (path.startsWith("/v2/slow") && closed(1)) {
                return;
            }
            exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private boolean closed(long seconds) {
        try {
            return closing.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    String host() {
        return "127.0.0.1:" + port();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    /** How often a manifest was asked for. */
    int asked(String repository, String tag) {
        AtomicInteger count = asked.get("/v2/" + repository + "/manifests/" + tag);
        return count == null ? 0 : count.get();
    }

    /** A file that names this registry. */
    Path file(Path folder) throws IOException {
        return Files.writeString(folder.resolve("registries-" + port() + ".yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: registries}
                spec: {registries: [{host: "%s", plainHttp: true}]}
                """.formatted(host()));
    }

    /** A policy by which images of this registry must exist, and all need a tag. */
    Path policy(Path folder) throws IOException {
        return Files.writeString(folder.resolve("exists-" + port() + ".yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  rules:
                    - {name: fixed-tag, tag: {required: true, deny: [latest]}}
                    - {name: there, match: {images: ["%s/**"]}, image: {exists: true}, onUnavailable: warn}
                """.formatted(host()));
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
