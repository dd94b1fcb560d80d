package io.imagegate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.server.Http2Frames.Frame;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one HTTP/2 connection may do, and that others are answered meanwhile. */
class Http2LimitsIT {

    private static final String IN_FLIGHT = "imagegate_reviews_in_flight";

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void makeCertificates() throws Exception {
        Program.makeCertificates(folder);
    }

    @Test
    void aClientThatTakesBackWhatItAsksIsSentAway() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveManaged(folder, "--max-resets", "20");
                Http2Frames hasty = new Http2Frames(tester.connect(server))) {
            assertThat(resetUntilSentAway(hasty)).isLessThan(1_000);
            Frame sentAway = hasty.await(Http2Frames.GO_AWAY, Http2Frames.GO_AWAY);
            assertThat(sentAway.isEnd() || sentAway.errorCode() == Http2Frames.ENHANCE_YOUR_CALM)
                    .isTrue();
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
            RunningJar.await("nothing is left of it", () -> server.metric(IN_FLIGHT) == 0);
        }
    }

    @Test
    void aConnectionWithMoreRequestsThanItWasToldIsTurnedAwayAndThenClosed() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveManaged(folder, "--max-streams", "10");
                Http2Frames crowd = new Http2Frames(tester.connect(server))) {
            begin(crowd, 0, 10);
            RunningJar.await("as many as may be", () -> server.metric(IN_FLIGHT) == 10);
            begin(crowd, 10, 15);
            for (int i = 10; i < 15; i++) {
                // That of the first ten is not complete, so nothing answers them.
                assertThat(crowd.await(Http2Frames.HEADERS, Http2Frames.GO_AWAY).stream())
                        .isEqualTo(2 * i + 1);
            }
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"streams\"}"))
                    .isEqualTo(5);
            assertThat(server.metric(IN_FLIGHT)).isEqualTo(10);
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");

            begin(crowd, 15, 21);
            Frame sentAway = crowd.await(Http2Frames.GO_AWAY, Http2Frames.GO_AWAY);
            assertThat(sentAway.isEnd() || sentAway.errorCode() == Http2Frames.ENHANCE_YOUR_CALM)
                    .isTrue();
            RunningJar.await("nothing is left of it", () -> server.metric(IN_FLIGHT) == 0);
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
        }
    }

    @Test
    void aConnectionThatEndsTakesItsRequestsWithIt() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveManaged(folder, "--request-timeout", "10m")) {
            Http2Frames crowd = new Http2Frames(tester.connect(server));
            begin(crowd, 0, 10);
            RunningJar.await("they are in", () -> server.metric(IN_FLIGHT) == 10);
            crowd.close();
            RunningJar.await("nothing is left of it", () -> server.metric(IN_FLIGHT) == 0);
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
        }
    }

    @Test
    void aBodyThatDoesNotComeEndsItsRequestOnly() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveManaged(folder, "--request-timeout", "2s");
                Http2Frames slow = new Http2Frames(tester.connect(server))) {
            slow.begin(1);
            assertThat(slow.await(Http2Frames.RESET, Http2Frames.GO_AWAY))
                    .matches(frame -> frame.type() == Http2Frames.RESET && frame.stream() == 1);
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"slow_request\"}"))
                    .isEqualTo(1);
            slow.begin(3);
            slow.end(3, ReviewTester.review("nginx:1"));
            assertThat(slow.await(Http2Frames.HEADERS, Http2Frames.GO_AWAY).stream())
                    .isEqualTo(3);
        }
    }

    @Test
    void anAnswerThatIsNotTakenEndsItsRequestOnly() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveManaged(folder, "--request-timeout", "2s");
                Http2Frames greedy = new Http2Frames(tester.connect(server))) {
            greedy.takeNoAnswer();
            greedy.begin(1);
            greedy.end(1, ReviewTester.review("nginx"));
            assertThat(greedy.await(Http2Frames.RESET, Http2Frames.DATA))
                    .matches(frame -> frame.type() == Http2Frames.RESET && frame.stream() == 1);
            RunningJar.await("nothing is left of it", () -> server.metric(IN_FLIGHT) == 0);
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
        }
    }

    @Test
    void answersThatAreNotTakenGiveWay() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveManaged(folder, "--max-in-flight", "2", "--request-timeout", "10m");
                Http2Frames greedy = new Http2Frames(tester.connect(server))) {
            greedy.takeNoAnswer();
            for (int stream : new int[] {1, 3}) {
                greedy.begin(stream);
                greedy.end(stream, ReviewTester.review("nginx"));
            }
            RunningJar.await("they are in", () -> server.metric(IN_FLIGHT) == 2);
            RunningJar.await("answered", () -> tester.ask(server, "nginx:1").equals("allowed"));
        }
    }

    @Test
    void aHeadThatDoesNotEndEndsItsConnection() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serve(folder);
                Http2Frames endless = new Http2Frames(tester.connect(server))) {
            endless.beginHead(1);
            assertEndsBefore(100_000, i -> endless.continueHead(1, "x-" + i, "x".repeat(100)));
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
        }
    }

    @Test
    void acknowledgementsThatAreNotReadAreNotKept() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveWithHeap(64, folder)) {
            // One after the other, for a connection without a request ends by itself after the request timeout.
            assertFloodEnds(tester.connect(server), Http2Frames::ping);
            assertFloodEnds(tester.connect(server), Http2Frames::settings);
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
            assertThat(server.output()).doesNotContain("OutOfMemory");
        }
    }

    /** Frames that Undertow handles as fast as they come, on a connection that a request keeps open. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                Http2Frames.DATA,
                Http2Frames.PRIORITY,
                Http2Frames.SETTINGS,
                Http2Frames.PING,
                Http2Frames.WINDOW_UPDATE,
                Http2Frames.UNKNOWN
            })
    void framesWithoutContentEndTheirConnection(int type) throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveWithHeap(64, folder, "--request-timeout", "10m");
                Http2Frames flood = new Http2Frames(tester.connect(server))) {
            flood.begin(1);
            assertEndsBefore(1_000_000, i -> flood.withoutContent(type, 1));
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"flood\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void emptyContinuationsEndTheirConnection() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serveWithHeap(64, folder, "--request-timeout", "10m");
                Http2Frames endless = new Http2Frames(tester.connect(server))) {
            endless.beginHead(1);
            assertEndsBefore(1_000_000, i -> endless.withoutContent(Http2Frames.CONTINUATION, 1));
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"flood\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aClientThatReadsManyAnswersMayUpdateItsWindow() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.serve(folder);
                Http2Frames keen = new Http2Frames(tester.connect(server))) {
            for (int stream = 1; stream < 3_000; stream += 2) {
                keen.begin(stream);
                keen.end(stream, ReviewTester.review("nginx:1"));
                assertThat(keen.await(Http2Frames.HEADERS, Http2Frames.GO_AWAY).stream())
                        .isEqualTo(stream);
                keen.withoutContent(Http2Frames.WINDOW_UPDATE, 0);
                keen.withoutContent(Http2Frames.PING, 0);
            }
        }
    }

    private static void assertFloodEnds(SSLSocket socket, ThrowingConsumer<Http2Frames> sending) throws IOException {
        try (Http2Frames flood = new Http2Frames(socket)) {
            assertEndsBefore(1_000_000, i -> sending.acceptThrows(flood));
        }
    }

    private static void assertEndsBefore(int frames, ThrowingConsumer<Integer> sending) {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < frames; i++) {
                        sending.acceptThrows(i);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static void begin(Http2Frames crowd, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            crowd.begin(2 * i + 1);
        }
    }

    private static int resetUntilSentAway(Http2Frames hasty) throws InterruptedException {
        int count = 0;
        try {
            while (count < 1_000) {
                hasty.begin(2 * count + 1);
                hasty.reset(2 * count + 1);
                count++;
                Thread.sleep(1);
            }
        } catch (IOException closed) {
            return count;
        }
        return count;
    }
}
