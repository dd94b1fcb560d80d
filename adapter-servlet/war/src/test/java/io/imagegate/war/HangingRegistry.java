package io.imagegate.war;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry on loopback that has every image, and says so only when it is released. */
final class HangingRegistry implements AutoCloseable {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final HttpServer server;

    HangingRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/v2/")) {
                waiting.incrementAndGet();
                released.await();
                exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
            }
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return its name in references} */
    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@return how many requests about images arrived} */
    int waiting() {
        return waiting.get();
    }

    void release() {
        released.countDown();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
