package io.imagegate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.server.limit.ConnectionLimits;
import io.imagegate.server.limit.Limits;
import io.imagegate.server.undertow.Connections;
import io.imagegate.server.undertow.Sweeper;
import io.imagegate.webhook.PolicyWebhook;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reviews that are judged for a long time, behind a gate that lets one be judged at once. */
class RequestLimiterTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private static final long PLENTY = 1L << 30;

    /** Reviews of this path wait for facts, and are never answered. */
    private static final String FACTS = "/facts";

    private final Semaphore permits = new Semaphore(0);
    private final List<String> judged = new CopyOnWriteArrayList<>();
    private final List<RejectionReason> rejections = new CopyOnWriteArrayList<>();

    /** How many have taken their turn or wait for it. */
    private final AtomicInteger inLine = new AtomicInteger();

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void reviewsWaitInOrder() throws Exception {
        try (Running server = new Running(LONG, PLENTY)) {
            List<CompletableFuture<Integer>> answers = new CopyOnWriteArrayList<>();
            for (String path : List.of("/1", "/2", "/3", "/4")) {
                answers.add(server.ask(path));
                await(() -> inLine.get() == answers.size());
            }
            await(() -> !judged.isEmpty());
            assertThat(judged).containsExactly("/1");
            permits.release(4);
            for (CompletableFuture<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
            assertThat(judged).containsExactly("/1", "/2", "/3", "/4");
            assertThat(rejections).isEmpty();
        }
    }

    @Tag("slow")
    @Test
    void aReviewIsRefusedOnlyAfterItHasWaited() throws Exception {
        try (Running server = new Running(Duration.ofSeconds(1), PLENTY)) {
            CompletableFuture<Integer> first = server.ask("/1");
            await(() -> !judged.isEmpty());
            long start = System.nanoTime();
            assertThat(server.ask("/2").get()).isEqualTo(429);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(rejections).containsExactly(RejectionReason.OVERLOAD);
            permits.release();
            assertThat(first.get()).isEqualTo(200);
            assertThat(judged).containsExactly("/1");
        }
    }

    @Test
    void requestsThatWaitAreLimitedByTheirMemory() throws Exception {
        try (Running server = new Running(LONG, 3 * (OpenRequest.OVERHEAD_BYTES + 1_000))) {
            List<CompletableFuture<Integer>> answers = new CopyOnWriteArrayList<>();
            for (String path : List.of("/1", "/2", "/3")) {
                answers.add(server.ask(path));
                server.awaitOpen(answers.size());
            }
            assertThat(server.ask("/4").get()).isEqualTo(429);
            assertThat(rejections).containsExactly(RejectionReason.OVERLOAD);
            permits.release(3);
            for (CompletableFuture<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
            server.awaitOpen(0);
        }
    }

    @Test
    void headsOfReviewsThatWaitForFactsTakeMemory() throws Exception {
        String field = "x".repeat(8_000);
        try (Running server = new Running(LONG, 3 * field.length() + 2 * OpenRequest.OVERHEAD_BYTES)) {
            for (int waiting = 1; waiting <= 3; waiting++) {
                CompletableFuture<Integer> unused = server.ask(FACTS, field);
                int count = waiting;
                await(() -> server.gate.lookedUp() == count);
            }
            assertThat(server.ask(FACTS, field).get(60, TimeUnit.SECONDS)).isEqualTo(429);
            assertThat(rejections).containsExactly(RejectionReason.OVERLOAD);
        }
    }

    private void judge(HttpServerExchange exchange) {
        Executor gate = exchange.getDispatchExecutor();
        Executor counting = task -> {
            gate.execute(task);
            inLine.incrementAndGet();
        };
        exchange.dispatch(counting, worker -> {
            judged.add(worker.getRequestPath());
            permits.acquire();
            worker.getResponseSender().send("judged");
        });
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    private final class Running implements AutoCloseable {

        private final RequestLimiter gate;
        private final Undertow undertow;
        private final Sweeper sweeper = new Sweeper();

        Running(Duration timeout, long requestBytes) {
            ConnectionLimits usual = ConnectionLimits.DEFAULTS;
            ConnectionLimits timed = new ConnectionLimits(
                    usual.headerBytes(),
                    timeout,
                    usual.idleTimeout(),
                    usual.connections(),
                    usual.streams(),
                    usual.resets());
            Limits limits = new Limits(timed, 1, Limits.DEFAULTS.bufferedBytes(), requestBytes);
            PolicyWebhook webhook = PolicyWebhook.builder(
                            () -> PolicySet.of(Policy.builder("test").build()))
                    .build();
            gate = new RequestLimiter(
                    limits,
                    webhook.maxBodyBytes(),
                    new Connections(
                            timed,
                            webhook.maxBodyBytes(),
                            () -> rejections.add(RejectionReason.CONNECTION),
                            () -> {},
                            client -> rejections.add(RejectionReason.UNREAD)),
                    webhook::overloaded,
                    rejections::add);
            undertow = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1", gate.before(this::handle))
                    .build();
            undertow.start();
            // As often as it comes round.
            sweeper.every(() -> gate.sweep(Duration.ofMillis(200).toNanos()));
        }

        private void handle(HttpServerExchange exchange) {
            if (exchange.getRequestPath().equals(FACTS)) {
                exchange.dispatch(SameThreadExecutor.INSTANCE, () -> gate.lookUp(exchange));
            } else {
                judge(exchange);
            }
        }

        CompletableFuture<Integer> ask(String path) {
            return ask(path, "");
        }

        CompletableFuture<Integer> ask(String path, String field) {
            InetSocketAddress address =
                    (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("X-Field", field)
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            return client.sendAsync(request, BodyHandlers.discarding()).thenApply(answer -> answer.statusCode());
        }

        void awaitOpen(int count) throws InterruptedException {
            await(() -> gate.inFlight() == count);
        }

        @Override
        public void close() {
            permits.release(100);
            sweeper.close();
            undertow.stop();
        }
    }
}
