package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import io.imagegate.server.Http2Frames;
import io.imagegate.server.Http2Frames.Frame;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that one HTTP/2 connection may have open, and that others are answered meanwhile. */
@Tag("full")
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
        try (RunningServer server = ServerHere.serve(folder, "--max-resets", "20");
                Http2Frames hasty = new Http2Frames(tester.connect(server))) {
            assertThat(resetUntilSentAway(hasty)).isLessThan(1_000);
            Frame sentAway = hasty.await(Http2Frames.GO_AWAY, Http2Frames.GO_AWAY);
            assertThat(sentAway.isEnd() || sentAway.errorCode() == Http2Frames.ENHANCE_YOUR_CALM)
                    .isTrue();
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
            Conditions.await("nothing is left of it", () -> server.metric(IN_FLIGHT) == 0);
        }
    }

    @Test
    void aConnectionWithMoreRequestsThanItWasToldIsTurnedAwayAndThenClosed() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(folder, "--max-streams", "10");
                Http2Frames crowd = new Http2Frames(tester.connect(server))) {
            begin(crowd, 0, 10);
            Conditions.await("as many as may be", () -> server.metric(IN_FLIGHT) == 10);
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
            Conditions.await("nothing is left of it", () -> server.metric(IN_FLIGHT) == 0);
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
        }
    }

    @Test
    void aConnectionThatEndsTakesItsRequestsWithIt() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(folder, "--request-timeout", "10m")) {
            Http2Frames crowd = new Http2Frames(tester.connect(server));
            begin(crowd, 0, 10);
            Conditions.await("they are in", () -> server.metric(IN_FLIGHT) == 10);
            crowd.close();
            Conditions.await("nothing is left of it", () -> server.metric(IN_FLIGHT) == 0);
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
        }
    }

    @Test
    void aBodyThatDoesNotComeEndsItsRequestOnly() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(folder, "--request-timeout", "2s");
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
    void aConnectionThatTakesNoAnswerIsClosedAndTold() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        // In the JVM of the tests, other servers write to the same log.
        try (RunningJar server = RunningJar.serveManaged(folder, "--request-timeout", "2s");
                Http2Frames greedy = new Http2Frames(tester.connect(server))) {
            greedy.takeNoAnswer();
            int late = 0;
            while (!isClosed(greedy, 2 * late + 1)) {
                late++; // The machine stood still between the parts of the request.
            }
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"slow_request\"}"))
                    .isEqualTo(late + 1);
            Conditions.await("nothing is left of it", () -> server.metric(IN_FLIGHT) == 0);
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"unread\"}"))
                    .isEqualTo(1);
            assertThat(server.metric("imagegate_reviews_rejected_total{reason=\"connection\"}"))
                    .isZero();
            server.awaitOutput("closed a connection");
            assertThat(server.output().lines().filter(line -> line.contains("closed a connection")))
                    .singleElement()
                    .asString()
                    .contains("does not read the answers");
            assertThat(server.isReady()).isTrue();
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
        }
    }

    @Test
    void answersThatAreNotTakenGiveWay() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(folder, "--max-in-flight", "2", "--request-timeout", "10m");
                Http2Frames greedy = new Http2Frames(tester.connect(server))) {
            greedy.takeNoAnswer();
            for (int stream : new int[] {1, 3}) {
                greedy.begin(stream);
                greedy.end(stream, ReviewTester.review("nginx"));
            }
            Conditions.await("they are in", () -> server.metric(IN_FLIGHT) == 2);
            Conditions.await("answered", () -> tester.ask(server, "nginx:1").equals("allowed"));
        }
    }

    /** Sends a review; false if it is reset. */
    private static boolean isClosed(Http2Frames greedy, int stream) throws IOException {
        greedy.begin(stream);
        greedy.end(stream, ReviewTester.review("nginx"));
        Frame end = greedy.await(Http2Frames.DATA, Http2Frames.RESET);
        while (!end.isEnd() && end.stream() != stream) { // What comes for a stream that was reset is reset, too.
            end = greedy.await(Http2Frames.DATA, Http2Frames.RESET);
        }
        assertThat(end.isEnd() || end.type() == Http2Frames.RESET).isTrue();
        return end.isEnd();
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
