package io.imagegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than the server has room for: some is turned away, or waits, and the server lives on. */
class OverloadIT {

    private static final int LARGE = (8 << 20) - 1_000;
    private static final int LARGE_AT_ONCE = 16;
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(8);

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void makeCertificates() throws Exception {
        Program.makeCertificates(folder);
    }

    @Test
    void oneRequestTooManyComesAgainAndOneThatLingersGivesWay() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveManaged(folder, "--max-in-flight", "2")) {
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
            // Only within a second are two begun requests a reason to turn away a third.
            RunningJar.await("turned away", () -> {
                try (SSLSocket first = tester.announce(server, 100);
                        SSLSocket second = tester.announce(server, 100)) {
                    assertThat(first.isConnected() && second.isConnected()).isTrue();
                    // The third comes over another connection, and must not overtake them.
                    RunningJar.await("begun", () -> server.metric("imagegate_reviews_in_flight") == 2);
                    return tester.ask(server, "nginx:1").equals("429");
                }
            });
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"overload\"}"))
                    .isPositive();

            try (SSLSocket first = tester.announce(server, 100);
                    SSLSocket second = tester.announce(server, 100)) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                RunningJar.await("answered", () -> tester.ask(server, "nginx:1").equals("allowed"));
            }
        }
    }

    /** 128 MiB of bodies at once where the heap has 64. */
    @Test
    void largeBodiesWaitForEachOtherAndSmallOnesForNobody() throws Exception {
        ReviewTester small = ReviewTester.trusting(folder, Version.HTTP_2);
        String large = ReviewClient.review("nginx:1") + " ".repeat(LARGE);
        ExecutorService senders = Executors.newFixedThreadPool(LARGE_AT_ONCE);
        try (RunningJar server = RunningJar.serveWithHeap(64, folder, "--request-timeout", "60s")) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < LARGE_AT_ONCE; i++) {
                Version version = i % 2 == 0 ? Version.HTTP_1_1 : Version.HTTP_2;
                answers.add(senders.submit(
                        () -> ReviewTester.trusting(folder, version).post(server, large)));
            }
            do {
                assertThat(small.ask(server, "nginx")).isEqualTo("denied");
                assertThat(server.metric("imagegate_buffered_bytes")).isLessThanOrEqualTo(16 << 20);
            } while (!answers.stream().allMatch(Future::isDone));
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
                assertThat(answer.get().body()).contains("\"allowed\":true");
            }
            RunningJar.await("the memory is free again", () -> server.metric("imagegate_buffered_bytes") == 0);
            assertThat(server.output()).doesNotContain("OutOfMemory");
        } finally {
            senders.shutdownNow();
        }
    }

    /** Room for one body: the second waits and then has its whole time, the third waits for that time in vain. */
    @Test
    void aBodyThatWaitedForRoomHasItsWholeTimeToArrive() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        String review = ReviewClient.review("nginx:1");
        String body = review + " ".repeat(MEBIBYTE - review.length());
        try (RunningJar server = serveWithRoomForOneBody()) {
            SSLSocket first = tester.announce(server, MEBIBYTE);
            awaitInFlight(server, 1);
            try (SSLSocket second = tester.announce(server, MEBIBYTE)) {
                awaitInFlight(server, 2);
                try (SSLSocket third = tester.announce(server, MEBIBYTE)) {
                    awaitInFlight(server, 3);
                    Thread.sleep(REQUEST_TIMEOUT.dividedBy(2).toMillis());
                    first.close();

                    assertThat(statusLine(third)).isEqualTo("HTTP/1.1 429 Too Many Requests");
                    // Before the third did, the second had all the time that it would have had without waiting.
                    second.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
                    assertThat(statusLine(second)).isEqualTo("HTTP/1.1 200 OK");
                }
            }
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"memory\"}"))
                    .isEqualTo(1);
            RunningJar.await("the memory is free again", () -> server.metric("imagegate_buffered_bytes") == 0);
        }
    }

    private static RunningJar serveWithRoomForOneBody() throws Exception {
        String room = Integer.toString(MEBIBYTE);
        return RunningJar.serveManaged(
                folder,
                "--max-body-bytes",
                room,
                "--max-buffered-bytes",
                room,
                "--request-timeout",
                REQUEST_TIMEOUT.toSeconds() + "s");
    }

    private static void awaitInFlight(RunningJar server, int count) throws Exception {
        RunningJar.await("let in: " + count, () -> server.metric("imagegate_reviews_in_flight") == count);
    }

    private static String statusLine(SSLSocket socket) throws Exception {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    @Test
    void aHeadThatIsTooLongEndsItsConnectionOnly() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveManaged(folder, "--max-header-bytes", "4k");
                SSLSocket socket = tester.connect(server)) {
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
            String head = "POST /image_policy HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(6_000)
                    + "\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).doesNotContain("200 OK");
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
        }
    }
}
