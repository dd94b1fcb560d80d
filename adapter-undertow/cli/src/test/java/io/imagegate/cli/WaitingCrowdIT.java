package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand reviews that wait for a registry that hangs, in a few connections. */
@Tag("full")
class WaitingCrowdIT {

    private static final int CONNECTIONS = 12;
    private static final int REVIEWS = 1_000;
    private static final int IMAGES = 100;
    private static final int FLIGHTS = 8;

    /** The time-out of a review, which waits for nine tenths of it. */
    private static final int SECONDS = 15;

    private static final int MILLIS_OF_NINE_TENTHS = 900;

    /** How much earlier a look-up ends, so that there is time for the answer. */
    private static final int EARLY_MILLIS = 100;

    private static final Pattern WAITED = Pattern.compile("did not answer within (\\d+) ms");

    /** More than the look-ups need, and far fewer than there are reviews. */
    private static final int FURTHER_THREADS = 40;

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("a thousand reviews wait without threads, delay nobody, and are answered at the deadline of their URL")
    void aThousandWait() throws Exception {
        Program.makeCertificates(folder);
        ReviewTester other = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (TestRegistry registry = new TestRegistry();
                RunningJar server = RunningJar.serveManaged(
                        folder,
                        "--policy",
                        registry.policy(folder).toString(),
                        "--registries",
                        registry.file(folder).toString(),
                        "--fact-timeout",
                        "2m")) {
            List<ReviewTester> testers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                testers.add(ReviewTester.trusting(folder, Version.HTTP_2));
                assertThat(testers.get(i).ask(server, "nginx:1")).isEqualTo("allowed");
            }
            double threads = server.metric("jvm_threads_current");

            int seconds = SECONDS;
            AtomicLong slowest = new AtomicLong();
            long began = System.nanoTime();
            List<CompletableFuture<HttpResponse<String>>> answers = ask(testers, server, registry, seconds, slowest);
            while (!allWait(server, answers)) {
                // A slow machine: the first is answered before the last waits. Four times the time is enough.
                assertThat(seconds).isEqualTo(SECONDS);
                answers.forEach(CompletableFuture::join);
                seconds *= 4;
                slowest.set(0);
                began = System.nanoTime();
                answers = ask(testers, server, registry, seconds, slowest);
            }
            int deadline = seconds * MILLIS_OF_NINE_TENTHS;
            int untilAllWait = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + 1;
            assertThat(server.metric("imagegate_fact_flights")).isEqualTo(FLIGHTS);
            assertThat(server.metric("imagegate_fact_waiting")).isEqualTo(IMAGES - FLIGHTS);
            assertThat(server.metric("jvm_threads_current")).isLessThan(threads + FURTHER_THREADS);
            assertThat(other.ask(server, "nginx:1")).isEqualTo("allowed");
            assertThat(answers).noneMatch(CompletableFuture::isDone);

            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                String body = answer.get().body();
                Matcher waited = WAITED.matcher(body);
                assertThat(waited.find()).as(body).isTrue();
                assertThat(body).contains("\"allowed\":false");
                // Less the time that the request waited before.
                assertThat(Integer.parseInt(waited.group(1)))
                        .isBetween(deadline - EARLY_MILLIS - untilAllWait, deadline);
            }
            System.out.println("the last of " + REVIEWS + " answers came " + slowest.get() / 1_000_000
                    + " ms after its review was sent, whose deadline is " + deadline + " ms");
            assertThat(server.metric("imagegate_reviews_waiting")).isZero();
            assertThat(other.ask(server, "nginx:1")).isEqualTo("allowed");
        }
    }

    private static List<CompletableFuture<HttpResponse<String>>> ask(
            List<ReviewTester> testers, RunningJar server, TestRegistry registry, int seconds, AtomicLong slowest) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < REVIEWS; i++) {
            String review = ReviewTester.review(registry.host() + "/hung:" + i % IMAGES);
            long sent = System.nanoTime();
            answers.add(testers.get(i % CONNECTIONS)
                    .postAsync(server, "?timeout=" + seconds + "s", review)
                    .whenComplete((answer, failure) -> slowest.accumulateAndGet(System.nanoTime() - sent, Math::max)));
        }
        return answers;
    }

    /** Waits until they all wait; false if one is answered before. */
    private static boolean allWait(RunningJar server, List<CompletableFuture<HttpResponse<String>>> answers)
            throws Exception {
        Conditions.await(
                "all wait, or one is answered",
                () -> server.metric("imagegate_reviews_waiting") == REVIEWS
                        || answers.stream().anyMatch(CompletableFuture::isDone));
        return answers.stream().noneMatch(CompletableFuture::isDone);
    }
}
