package io.imagegate.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rules;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.RawConnection;
import io.imagegate.webhook.ReviewLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients of an application with WebFlux that are slow, send too much or something else, or are many. */
@Tag("full")
@SuppressWarnings("try") // Some connections are closed before the end.
class HostileClientsTest {

    private static final String ALLOWED = "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}";
    private static final int LONGEST = 1 << 20;
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private final CountDownLatch open = new CountDownLatch(1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ReviewWebFilter filter = filter(PATIENT, 1 << 30);
    private RunningNetty netty = new RunningNetty(List.of(filter));

    private ReviewWebFilter filter(Duration timeout, long memory) {
        Policy policy = Policy.builder("p")
                .rule("fixed", Rules.fixedTag())
                .rule("thread", image -> {
                    if (image.reference().repository().endsWith("slow")) {
                        hold();
                    }
                    if (!Thread.currentThread().getName().startsWith("imagegate-reviews")) {
                        throw new IllegalStateException("decided on another thread");
                    }
                    return Finding.satisfied();
                })
                .build();
        PolicyWebhook webhook = PolicyWebhook.builder(ImageGate.of(PolicySet.of(policy)))
                .limits(ReviewLimits.DEFAULTS.withBodyBytes(LONGEST))
                .build();
        return new ReviewWebFilter(webhook, List.of("/validate"), timeout, memory);
    }

    private void hold() {
        try {
            assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void restart(Duration timeout, long memory) {
        netty.close();
        filter = filter(timeout, memory);
        netty = new RunningNetty(List.of(filter));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        open.countDown();
        assertThat(review(ALLOWED).body()).contains("\"allowed\":true");
        await(() -> filter.memory().taken() == 0);
        netty.close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(SocketFactory.getDefault(), at("/validate"));
    }

    private URI at(String path) {
        return URI.create(netty.base() + path);
    }

    private HttpResponse<String> review(String body) throws IOException, InterruptedException {
        return client.send(request(body), BodyHandlers.ofString());
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(at("/validate"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    @Test
    @DisplayName("a body that does not arrive in time is denied")
    void slow() throws Exception {
        restart(Duration.ofSeconds(2), 1 << 30);
        try (RawConnection connection = connect()) {
            connection.post("Content-Length: 1000").write(ALLOWED);
            RawConnection.Response answer = connection.response();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"allowed\":false", "the review did not arrive completely");
        }
    }

    @Test
    @DisplayName("a body without an end is denied")
    void endless() throws Exception {
        try (RawConnection connection = connect()) {
            connection.post("Transfer-Encoding: chunked");
            String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
            for (int i = 0; i < 70 * 16; i++) {
                try {
                    connection.write(chunk);
                } catch (IOException closed) {
                    break; // The answer is there before all is sent.
                }
            }
            assertThat(connection.response().body()).contains("\"allowed\":false", "too large");
        }
    }

    @Test
    @DisplayName("what is no HTTP gets no allowance")
    void broken() throws Exception {
        for (String rest : List.of("zz\r\n", "5\r\n" + ALLOWED + "\r\n0\r\n\r\n", "-1\r\n")) {
            try (RawConnection connection = connect()) {
                connection.post("Transfer-Encoding: chunked").write(rest);
                assertThat(connection.response().body()).doesNotContain("\"allowed\":true");
            } catch (IOException closed) {
                // That is an answer, too.
            }
        }
    }

    @Test
    @DisplayName("a body in an encoding is denied, however short")
    void encoded() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(ALLOWED.getBytes(UTF_8));
        }
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(at("/validate"))
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"allowed\":false", "malformed review");
    }

    @Test
    @DisplayName("huge headers are refused")
    void hugeHeaders() throws Exception {
        try (RawConnection connection = connect()) {
            connection
                    .post("X-Large: " + "x".repeat(1 << 20), "Content-Length: 2")
                    .write("{}");
            assertThat(connection.response().status()).isBetween(400, 499);
        } catch (IOException closed) {
            // That is an answer, too.
        }
    }

    @Test
    @DisplayName("many connections that say little hold no others up")
    void many() throws Exception {
        List<RawConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                connections.add(connect().post("Content-Length: 100000").write("{"));
            }
            assertThat(review(ALLOWED).body()).contains("\"allowed\":true");
            await(() -> filter.memory().taken() == 500 * 4_096L);
        } finally {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    @DisplayName("a body waits for the memory that another holds, and then for as long as it may")
    void memory() throws Exception {
        restart(Duration.ofSeconds(3), LONGEST + 1);
        String large = " ".repeat(LONGEST - ALLOWED.length()) + ALLOWED;
        try (RawConnection holder = connect()) {
            holder.post("Content-Length: " + LONGEST).write(large.substring(1));
            await(() -> filter.memory().taken() > LONGEST / 2);
            CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(request(large), BodyHandlers.ofString());
            Thread.sleep(200);
            assertThat(waiting).isNotDone();
            holder.close();
            assertThat(waiting.get().body()).contains("\"allowed\":true");
        }
        try (RawConnection holder = connect()) {
            holder.post("Content-Length: " + LONGEST).write(large.substring(1));
            await(() -> filter.memory().taken() > LONGEST / 2);
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                statuses.add(review(large).statusCode());
            }
            assertThat(statuses).last().isEqualTo(200);
        }
    }

    @Test
    @DisplayName("slow rules hold up reviews, and no other requests")
    void slowRules() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            slow.add(client.sendAsync(request(ALLOWED.replace("nginx", "slow")), BodyHandlers.ofString()));
        }
        for (int i = 0; i < 20; i++) {
            HttpRequest other = HttpRequest.newBuilder(at("/other")).build();
            assertThat(client.send(other, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
        }
        assertThat(slow).noneMatch(CompletableFuture::isDone);
        open.countDown();
        for (CompletableFuture<HttpResponse<String>> answer : slow) {
            assertThat(answer.get().body()).contains("\"allowed\":true");
        }
    }
}
