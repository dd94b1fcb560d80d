package io.imagegate.console.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imagegate.console.EventStream;
import io.imagegate.console.PageAnswer;
import io.imagegate.console.PageRequest;
import io.imagegate.console.WebPages;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The pages behind the JDK's web server on loopback, which can be stopped and started again on the same port. */
final class PagesServer implements AutoCloseable {

    private final WebPages pages;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private Running running;

    /** A server between start and stop. */
    private record Running(HttpServer server, CountDownLatch stopped) {}

    PagesServer(WebPages pages) throws IOException {
        this.pages = pages;
        this.running = listen(0);
        this.port = running.server().getAddress().getPort();
    }

    private Running listen(int where) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 0);
        CountDownLatch stopped = new CountDownLatch(1);
        server.createContext("/", exchange -> answer(exchange, stopped));
        server.createContext(Browser.NOTHING, PagesServer::answerNothing);
        server.setExecutor(threads);
        server.start();
        return new Running(server, stopped);
    }

    String origin() {
        return "http://127.0.0.1:" + port;
    }

    /** Refuses connections, and ends those that there are. */
    void stop() {
        running.stopped().countDown();
        running.server().stop(0);
    }

    void startAgain() throws IOException {
        running = listen(port);
    }

    private void answer(HttpExchange exchange, CountDownLatch stopped) throws IOException {
        try (exchange) {
            PageRequest head = request(exchange, new byte[0]);
            int limit = pages.bodyLimit(head);
            byte[] body = limit == 0 ? new byte[0] : exchange.getRequestBody().readNBytes(limit + 1);
            PageAnswer answer = pages.answer(request(exchange, body));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            if (answer.events().isPresent()) {
                stream(exchange, answer.status(), answer.events().get(), stopped);
            } else {
                write(exchange, answer);
            }
        }
    }

    private static void answerNothing(HttpExchange exchange) throws IOException {
        byte[] page = Browser.NOTHING_AT_ALL.getBytes(UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    private static PageRequest request(HttpExchange exchange, byte[] body) {
        return new PageRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                name -> header(exchange, name),
                body);
    }

    private static @Nullable String header(HttpExchange exchange, String name) {
        List<String> values = exchange.getRequestHeaders().get(name);
        return values == null ? null : String.join(", ", values);
    }

    private static void write(HttpExchange exchange, PageAnswer answer) throws IOException {
        boolean empty = answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
        if (!empty) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    /** Asks for events until the browser has gone, which only a failed write tells. */
    private static void stream(HttpExchange exchange, int status, EventStream events, CountDownLatch stopped)
            throws IOException {
        try (events) {
            exchange.sendResponseHeaders(status, 0);
            OutputStream out = exchange.getResponseBody();
            boolean last;
            do {
                byte[] next = events.next();
                last = events.isLast();
                out.write(next);
                out.flush();
            } while (!last && !stopped.await(200, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
        pages.close();
    }
}
