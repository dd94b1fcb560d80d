package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import io.imagegate.server.Http2Frames;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reviews that wait for registries. */
class FactsIT {

    private static final String WAITING = "imagegate_reviews_waiting";
    private static final String IN_FLIGHT = "imagegate_reviews_in_flight";
    private static final int PODS = 50;

    @TempDir
    static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private TestRegistry registry;

    @BeforeAll
    static void makeCertificates() throws Exception {
        Program.makeCertificates(folder);
    }

    @BeforeEach
    void openRegistry() throws Exception {
        registry = new TestRegistry();
    }

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    private ServerHere serve(String... more) throws Exception {
        return ServerHere.serve(folder, options(more));
    }

    private String[] options(String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("--policy", registry.policy(folder).toString()));
        options.addAll(List.of("--registries", registry.file(folder).toString()));
        return options.toArray(String[]::new);
    }

    private static void awaitWaiting(RunningServer server, int count) throws Exception {
        Conditions.await("reviews that wait: " + count, () -> server.metric(WAITING) == count);
    }

    private String image(String repository) {
        return registry.host() + "/" + repository + ":1";
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @DisplayName("reviews that wait hold no place of --max-in-flight and are not slow")
    void hangingRegistryDelaysNobodyElse(Version version) throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, version);
        // Longer than an I/O thread judges, so that it waits after a worker thread has judged it.
        String large = ReviewTester.review(image("hung/2")) + " ".repeat(100_000);
        try (RunningServer server = serve("--max-in-flight", "1", "--request-timeout", "2s", "--fact-timeout", "10m")) {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(tester.postAsync(server, ReviewTester.review(image("hung/1"))));
                waiting.add(tester.postAsync(server, large));
            }
            awaitWaiting(server, 8);
            assertThat(server.metric("imagegate_buffered_bytes")).isZero();
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
            assertThat(tester.post(server, ReviewTester.review("nginx:1") + " ".repeat(100_000))
                            .body())
                    .contains("\"allowed\":true");
            assertThat(tester.ask(server, image("app"))).isEqualTo("allowed");
            // Longer than the request timeout.
            Thread.sleep(2_500);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            registry.close();
            for (CompletableFuture<HttpResponse<String>> answer : waiting) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            awaitWaiting(server, 0);
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"slow_request\"}"))
                    .isZero();
        }
    }

    @Test
    @DisplayName("many pods of one new image make one look-up")
    void podsOfOneImageShareALookUp() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = serve()) {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < PODS; i++) {
                waiting.add(tester.postAsync(server, ReviewTester.review(image("slow"))));
            }
            for (CompletableFuture<HttpResponse<String>> answer : waiting) {
                assertThat(answer.get().body()).contains("\"allowed\":true");
            }
            assertThat(tester.ask(server, image("slow"))).isEqualTo("allowed");
            assertThat(registry.asked("slow", "1")).isEqualTo(1);

            String entry = "registry=\"" + registry.host() + "\"";
            assertThat(server.metric("imagegate_fact_requests_total{outcome=\"known\"," + entry + "}"))
                    .isEqualTo(1);
            assertThat(server.metric("imagegate_fact_duration_seconds_count{" + entry + "}"))
                    .isEqualTo(1);
            assertThat(server.metric("imagegate_fact_cache_total{cache=\"digest\",result=\"miss\"}"))
                    .isEqualTo(1);
            assertThat(server.metric("imagegate_fact_cache_total{cache=\"digest\",result=\"hit\"}"))
                    .isPositive();
            assertThat(server.metric("imagegate_fact_flights")).isZero();
            assertThat(server.metric("imagegate_fact_waiting")).isZero();
            assertThat(server.metric("imagegate_fact_registry_limited{" + entry + "}"))
                    .isZero();
        }
    }

    @Test
    @DisplayName("resetting the stream or closing the connection of HTTP/2 ends the wait")
    void resettingTheStreamEndsTheWait() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = serve("--fact-timeout", "10m")) {
            try (Http2Frames client = new Http2Frames(tester.connect(server))) {
                for (int stream = 1; stream < 6; stream += 2) {
                    client.begin(stream);
                    client.end(stream, ReviewTester.review(image("hung")));
                }
                awaitWaiting(server, 3);
                client.reset(1);
                awaitWaiting(server, 2);
            }
            awaitWaiting(server, 0);
            Conditions.await("nothing is open", () -> server.metric(IN_FLIGHT) == 0);
            assertThat(server.metric("imagegate_reviews_total{outcome=\"denied\",policy_set=\"default\"}"))
                    .isZero();
        }
    }

    @Test
    @DisplayName("a client of HTTP/1.1 that has gone is noticed at the deadline")
    void aClosedConnectionIsNoticedAtTheDeadline() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        String review = ReviewTester.review(image("hung"));
        try (RunningServer server = serve("--fact-timeout", "2s")) {
            try (SSLSocket socket = tester.announce(server, review.length())) {
                socket.getOutputStream().write(review.getBytes(StandardCharsets.US_ASCII));
                Conditions.await("it waits", () -> registry.asked("hung", "1") > 0);
            }
            Conditions.await("nothing is open", () -> server.metric(IN_FLIGHT) == 0);
            assertThat(server.metric(WAITING)).isZero();
        }
    }

    @Test
    @DisplayName("onUnavailable holds while the registry is down, not while it hangs")
    void onUnavailableIsForOutages() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = serve("--fact-timeout", "3s")) {
            assertThat(tester.ask(server, image("hung"))).isEqualTo("denied");
            registry.close();
            assertThat(tester.ask(server, image("app"))).isEqualTo("allowed");
            assertThat(
                            server.metric(
                                    "imagegate_violations_total{outcome=\"warned\",policy=\"p\",policy_set=\"default\",rule=\"there\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a policy reload keeps the cache")
    void registriesOutliveReloads() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = serve()) {
            assertThat(tester.ask(server, image("app"))).isEqualTo("allowed");
            Path policy = registry.policy(folder);
            Files.writeString(policy, Program.read(policy) + "    - {name: other, deny: [other]}\n");
            Conditions.await(
                    "the policy is loaded again",
                    () -> server.metric("imagegate_policy_reloads_total{outcome=\"success\",policy_set=\"default\"}")
                            == 2);
            assertThat(tester.ask(server, image("app"))).isEqualTo("allowed");
            assertThat(registry.asked("app", "1")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("shutting down answers reviews that wait")
    void shuttingDownAnswersThoseThatWait() throws Exception {
        // There is a second for the last answers, in which a machine may stand still.
        Conditions.await("the answer comes in time", this::shuttingDownAnswers);
    }

    private boolean shuttingDownAnswers() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (RunningJar server =
                RunningJar.serveManaged(folder, options("--fact-timeout", "10m", "--drain-timeout", "2s"))) {
            CompletableFuture<HttpResponse<String>> waiting =
                    tester.postAsync(server, ReviewTester.review(image("hung")));
            awaitWaiting(server, 1);
            server.askToEnd();
            assertThat(server.exitStatus()).isZero();
            String answer = waiting.thenApply(HttpResponse::body)
                    .exceptionally(closed -> "")
                    .get();
            if (!answer.isEmpty()) {
                assertThat(answer).contains("\"allowed\":false", "closed");
            }
            return !answer.isEmpty();
        }
    }
}
