package io.imagegate.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reviews that wait for facts, beside others. */
class WaitingReviewsTest {

    private static final int MANY = 200;
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
    private static final Rule CONTENT =
            Rules.anyOf(Rules.fixedTag(), image -> Finding.of(image.facts().digest(), digest -> Finding.satisfied()));

    /** One call of the source, which its test completes. */
    private record Call(
            Map<ImageReference, Set<Need<?>>> needs, CompletableFuture<Map<ImageReference, ImageFacts>> facts) {

        void find() {
            ImageFacts found = ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, Fact.known(DIGEST));
            facts.complete(Map.of(needs.keySet().iterator().next(), found));
        }
    }

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private CompletableFuture<Map<ImageReference, ImageFacts>> find(Map<ImageReference, Set<Need<?>>> needs) {
        Call call = new Call(needs, new CompletableFuture<>());
        calls.add(call);
        return call.facts;
    }

    private CompletableFuture<String> send(RunningServer server, String image, int length) {
        String review = "{\"spec\":{\"containers\":[{\"image\":\"" + image + "\"}]}}";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/image_policy?timeout=30s"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(review + " ".repeat(Math.max(0, length - review.length()))))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }

    private void awaitCalls(int count) throws InterruptedException {
        for (int wait = 0; wait < 3_000 && calls.size() < count; wait++) {
            Thread.sleep(10);
        }
        assertThat(calls).hasSize(count);
    }

    @ParameterizedTest(name = "bodies of {0} bytes")
    @ValueSource(ints = {0, 20_000})
    void holdNoThread(int length) throws Exception {
        try (RunningServer server = new RunningServer(CONTENT, (needs, limit) -> find(needs))) {
            List<CompletableFuture<String>> waiting = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                waiting.add(send(server, "app-" + i, length));
            }
            awaitCalls(MANY);
            // More than there are threads wait, and one that needs no fact is answered meanwhile.
            assertThat(send(server, "nginx:1.17.1", length).get()).contains("\"allowed\":true");
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            calls.forEach(Call::find);
            for (CompletableFuture<String> answer : waiting) {
                assertThat(answer.get()).contains("\"allowed\":true");
            }
            assertThat(server.completed(MANY + 1)).isEqualTo(MANY + 1);
            assertThat(server.waiting).hasValue(MANY);
        }
    }

    @Test
    void waitTheLessTheLongerTheirBodyTakes() throws Exception {
        List<Duration> limits = new CopyOnWriteArrayList<>();
        try (RunningServer server = new RunningServer(CONTENT, (needs, limit) -> {
                    limits.add(limit);
                    return CompletableFuture.completedFuture(Map.of());
                });
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String body = "{\"spec\":{\"containers\":[{\"image\":\"app\"}]}}";
            OutputStream out = socket.getOutputStream();
            out.write(("POST /image_policy?timeout=5s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                            + "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            // From when the server asks for it, the body takes a second.
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(CONTINUE.length()), StandardCharsets.US_ASCII))
                    .isEqualTo(CONTINUE);
            Thread.sleep(1_000);
            out.write(body.getBytes(StandardCharsets.US_ASCII));
            assertThat(in.readNBytes(1)).isNotEmpty();
        }
        assertThat(limits)
                .singleElement()
                .satisfies(limit -> assertThat(limit).isLessThanOrEqualTo(Duration.ofMillis(3_500)));
    }

    @Test
    void areDeniedWhenTheFactsDoNotCome() throws Exception {
        try (RunningServer server = new RunningServer(CONTENT, (needs, limit) -> find(needs))) {
            CompletableFuture<String> answer = send(server, "nginx", 0);
            awaitCalls(1);
            calls.remove().facts.completeExceptionally(new IllegalStateException("secret"));
            assertThat(answer.get()).contains("\"allowed\":false").doesNotContain("secret");
        }
    }
}
