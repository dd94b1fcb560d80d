package io.imagegate.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.RawConnection;
import io.imagegate.webhook.RawConnection.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the adapter adds to the webhook: reading, threads, and copying the answer. */
class PolicyWebhookHandlerTest {

    private final RunningServer server = new RunningServer(Rules.fixedTag());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void needsAWebhook() {
        assertThatNullPointerException()
                .isThrownBy(() -> new PolicyWebhookHandler(PolicyWebhookHandlerTest.<PolicyWebhook>nothing()));
    }

    @Test
    void copiesStatusHeadersAndBodyOfTheAnswer() throws Exception {
        try (RawConnection client = server.connect()) {
            Response denied = send(client, review("nginx"));

            assertThat(denied.status()).isEqualTo(200);
            assertThat(denied.head()).contains("Content-Type: application/json\r\n");
            assertThat(denied.body()).contains("\"allowed\":false", "\\\"nginx\\\"");
        }
    }

    @Test
    void keepsTheConnectionForTheNextReview() throws Exception {
        try (RawConnection client = server.connect()) {
            assertThat(send(client, review("nginx")).body()).contains("\"allowed\":false");
            assertThat(send(client, review("nginx:1.17.1")).body()).contains("\"allowed\":true");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET /image_policy,405", "POST /elsewhere,404", "GET /,404"})
    void answersBeforeTheBodyIsRead(String request, int status) throws Exception {
        try (RawConnection client = server.connect()) {
            client.head(request, "Content-Length: 600000000");

            assertThat(client.response().status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/image_policy, 200",
        "http://localhost/image_policy?timeout=10s, 200",
        "https://localhost/image_policy, 200",
        "http://localhost/image_policy/, 404",
        "http://localhost/image_polic%79, 404",
        "http://localhost/elsewhere, 404",
        "http://localhost, 404"
    })
    void readsThePathOfATargetWithAHost(String target, int status) throws Exception {
        try (RawConnection client = server.connect()) {
            String review = review("nginx:1");
            client.head("POST " + target, "Content-Length: " + review.length()).write(review);

            assertThat(client.response().status()).isEqualTo(status);
        }
    }

    @Test
    void refusesAnotherMediaType() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri())
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(review("nginx:1")))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("\"kind\":\"Status\"");
    }

    @Test
    void readsABodyInChunks() throws Exception {
        try (RawConnection client = server.connect()) {
            client.post("Transfer-Encoding: chunked");
            for (byte b : review("nginx:1.17.1").getBytes(StandardCharsets.UTF_8)) {
                client.write("1\r\n" + (char) b + "\r\n");
            }
            client.write("0\r\n\r\n");

            assertThat(client.response().body()).contains("\"allowed\":true");
        }
    }

    @Test
    void asksForTheBodyWhenTheClientWaitsForThat() throws Exception {
        String body = review("nginx:1.17.1");
        try (RawConnection client = server.connect()) {
            client.post("Expect: 100-continue", "Content-Length: " + body.length());
            assertThat(client.response().status()).isEqualTo(100);

            assertThat(client.write(body).response().body()).contains("\"allowed\":true");
        }
    }

    @Test
    void doesNotAskForABodyThatItWillNotRead() throws Exception {
        try (RawConnection client = server.connect()) {
            client.head("POST /elsewhere", "Expect: 100-continue", "Content-Length: 600000000");

            assertThat(client.response().status()).isEqualTo(404);
            assertThat(client.endsByServer()).isTrue();
        }
    }

    @Test
    void anAnnouncedLengthCostsNothing() throws Exception {
        long announced = 600L << 20;
        long connections = Runtime.getRuntime().maxMemory() / announced + 2;
        List<RawConnection> clients = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                clients.add(
                        server.connect().post("Content-Length: " + announced).write("{"));
            }
            try (RawConnection client = server.connect()) {
                assertThat(send(client, review("nginx:1.17.1")).body()).contains("\"allowed\":true");
            }
            assertThat(server.completed(1)).isEqualTo(1);
        } finally {
            for (RawConnection client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aBodyOfExactlyTheLimitIsReviewed() throws Exception {
        try (RawConnection client = server.connect()) {
            String body = review("nginx:1.17.1");
            String padded = body + " ".repeat(RunningServer.LIMIT - body.length());

            assertThat(send(client, padded).body()).contains("\"allowed\":true");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RunningServer.LIMIT + 1, 5_000_000, 40_000_000})
    void aClientThatSendsTooMuchBeforeItReadsGetsTheDenial(int length) throws Exception {
        try (RawConnection client = server.connect()) {
            Response answer = send(client, " ".repeat(length));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"allowed\":false", String.valueOf(RunningServer.LIMIT));
            assertThat(client.endsByServer()).isTrue();
        }
    }

    @Test
    void aBodyOverTheLimitIsDeniedWithoutWaitingForTheRest() throws Exception {
        try (RawConnection client = server.connect()) {
            client.post("Content-Length: 600000000").write(" ".repeat(RunningServer.LIMIT + 1));

            assertThat(client.response().body()).contains("\"allowed\":false");
        }
    }

    @Test
    void aClientThatNeverStopsSendingIsCutOff() throws Exception {
        byte[] mebibyte = new byte[1 << 20];
        try (RawConnection client = server.connect()) {
            client.post("Content-Length: 6000000000").write(mebibyte);
            // What cuts it off would end the answer, too, if it were not read before.
            assertThat(client.response().body()).contains("\"allowed\":false");
            assertThatThrownBy(() -> {
                        for (int sent = 0; sent < 1_000; sent++) {
                            client.write(mebibyte);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(server.completed(1)).isEqualTo(1);
    }

    @Test
    void aClientThatLeavesHalfWayEndsItsExchangeAlone() throws Exception {
        for (int i = 1; i <= 20; i++) {
            try (RawConnection client = server.connect()) {
                client.post("Content-Length: 1000").write("{\"kind\":");
            }
        }
        try (RawConnection client = server.connect()) {
            assertThat(send(client, review("nginx:1.17.1")).body()).contains("\"allowed\":true");
        }
        assertThat(server.completed(21)).isEqualTo(21);
    }

    @Test
    void manyReviewsAtOnceGetEachTheirOwnAnswer() {
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            HttpRequest request = HttpRequest.newBuilder(uri())
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(review("app-" + i)))
                    .build();
            answers.add(client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body));
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).contains("\\\"app-" + i + "\\\"");
        }
    }

    @Test
    void decidesOnTheThreadThatReadsUnlessItMayTakeLong() throws Exception {
        assertThat(decidingThread(review("nginx"))).contains("I/O").doesNotContain("task");
        assertThat(decidingThread(padded(16 << 10))).contains("I/O").doesNotContain("task");
        assertThat(decidingThread(padded((16 << 10) + 1))).contains("task").doesNotContain("I/O");
    }

    private static String padded(int length) {
        String review = review("nginx");
        return review + " ".repeat(length - review.length());
    }

    private static String decidingThread(String body) throws Exception {
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        Rule rule = image -> {
            threads.add(Thread.currentThread().getName());
            return Finding.satisfied();
        };
        try (RunningServer server = new RunningServer(rule);
                RawConnection client = server.connect()) {
            // In two parts, so that the second is read by a listener, as slow bodies are.
            client.post("Content-Length: " + body.length()).write(body.substring(0, 10));
            Thread.sleep(50);
            assertThat(client.write(body.substring(10)).response().body()).contains("\"allowed\":true");
            assertThat(send(client, body).body()).contains("\"allowed\":true");
        }
        String first = threads.remove();
        String second = threads.remove();
        return first + " and " + second;
    }

    private static Response send(RawConnection client, String body) throws IOException {
        return client.post("Content-Length: " + body.length()).write(body).response();
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.port() + "/image_policy");
    }

    private static String review(String image) {
        return "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"spec\":{\"containers\":"
                + "[{\"image\":\"" + image + "\"}],\"namespace\":\"default\"}}";
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
