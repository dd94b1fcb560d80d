package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import io.imagegate.server.Conditions;
import io.imagegate.server.Http2Frames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** More than the server has memory for waits or is refused, slow clients lose theirs, and the server lives on. */
@Isolated("It measures or attacks.")
@Tag("full")
class OverloadIT {

    private static final int LARGE = (8 << 20) - 1_000;
    private static final int LARGE_AT_ONCE = Tier.tries(10, 16);
    private static final int MEBIBYTE = 1 << 20;
    private static final int FRAME_BYTES = 16_000;
    private static final int WINDOW_UPDATE = 8;
    private static final String CLAIMED = "imagegate_buffered_bytes";

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void makeCertificates() throws Exception {
        Program.makeCertificates(folder);
    }

    /** Reviews wait for their turn once they are there, not for others that have only begun. */
    @Test
    void requestsThatDoNotArriveKeepNobodyWaiting() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(folder, "--max-in-flight", "2")) {
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
            try (SSLSocket first = tester.announce(server, 100);
                    SSLSocket second = tester.announce(server, 100)) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                awaitInFlight(server, 2);
                assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
            }
            assertThat(server.metric(rejected("overload"))).isZero();
        }
    }

    /**
     * 80 MiB of bodies at once, in higher tiers 128, where the heap has 64. On a slow machine one may take longer to arrive
     * than others have to wait for it: the server drops that one, and it is sent again.
     */
    @Test
    void largeBodiesWaitForEachOtherAndSmallOnesForNobody() throws Exception {
        ReviewTester small = ReviewTester.trusting(folder, Version.HTTP_2);
        String large = ReviewTester.review("nginx:1") + " ".repeat(LARGE);
        ExecutorService senders = Executors.newFixedThreadPool(LARGE_AT_ONCE);
        try (RunningJar server = RunningJar.serveWithHeap(64, folder, "--request-timeout", "10m")) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < LARGE_AT_ONCE; i++) {
                Version version = i % 2 == 0 ? Version.HTTP_1_1 : Version.HTTP_2;
                answers.add(senders.submit(() -> isAllowed(server, version, large)));
            }
            do {
                assertThat(small.ask(server, "nginx")).isEqualTo("denied");
                assertThat(server.metric(CLAIMED)).isLessThanOrEqualTo(16 << 20);
                Thread.sleep(10);
            } while (!answers.stream().allMatch(Future::isDone));
            int dropped = 0;
            for (Future<Boolean> answer : answers) {
                if (!answer.get()) {
                    dropped++;
                    assertThat(isAllowed(server, Version.HTTP_1_1, large))
                            .as("nobody waits for the one that is alone")
                            .isTrue();
                }
            }
            assertThat(server.metric(rejected("slow_request"))).isGreaterThanOrEqualTo(dropped);
            assertThat(server.metric(rejected("memory")) + server.metric(rejected("overload")))
                    .isZero();
            Conditions.await("the memory is free again", () -> server.metric(CLAIMED) == 0);
            assertThat(server.output()).doesNotContain("OutOfMemory");
        } finally {
            senders.shutdownNow();
        }
    }

    /** Whether the server allows a review; false if it drops the request. */
    private static boolean isAllowed(RunningServer server, Version version, String review) throws Exception {
        HttpResponse<String> answer;
        try {
            answer = ReviewTester.trusting(folder, version).post(server, review);
        } catch (IOException dropped) {
            return false;
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"allowed\":true");
        return true;
    }

    private static String rejected(String reason) {
        return "imagegate_reviews_rejected_total{reason=\"" + reason + "\"}";
    }

    /** Room for one body: of those that are announced, only the last comes. */
    @Test
    void aBodyThatDoesNotComeLosesItsMemoryToTheNext() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        String review = ReviewTester.review("nginx:1");
        String body = review + " ".repeat(MEBIBYTE - review.length());
        try (RunningServer server = serveWithRoomForOneBody();
                SSLSocket first = tester.announce(server, MEBIBYTE);
                SSLSocket second = tester.announce(server, MEBIBYTE)) {
            awaitInFlight(server, 2);
            try (SSLSocket third = tester.announce(server, MEBIBYTE)) {
                third.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
                assertThat(statusLine(third)).isEqualTo("HTTP/1.1 200 OK");
            }
            assertThat(statusLine(first)).isNull();
            assertThat(statusLine(second)).isNull();
            assertThat(server.metric(rejected("memory"))).isZero();
            Conditions.await("the memory is free again", () -> server.metric(CLAIMED) == 0);
        }
    }

    @Test
    void aBodyWithoutALengthClaimsMemoryAsItGrows() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(folder);
                Http2Frames client = new Http2Frames(tester.connect(server))) {
            client.begin(1);
            client.write(Http2Frames.frame(Http2Frames.DATA, 0, 1, (byte) ' '));
            awaitInFlight(server, 1);
            assertThat(server.metric(CLAIMED)).isZero();

            client.begin(3);
            sendLarge(client, 3);
            Conditions.await("it has grown", () -> server.metric(CLAIMED) > 0);
            assertThat(server.metric(CLAIMED)).isLessThan(MEBIBYTE);
            client.end(3, ReviewTester.review("nginx:1"));
            Conditions.await("the memory is free again", () -> server.metric(CLAIMED) == 0);
        }
    }

    @Test
    void anAnswerThatIsNotTakenHoldsNoMemoryOfTheBody() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(folder, "--request-timeout", "10m");
                Http2Frames client = new Http2Frames(tester.connect(server))) {
            client.takeNoAnswer();
            client.begin(1);
            sendLarge(client, 1);
            Conditions.await("it has grown", () -> server.metric(CLAIMED) > 0);
            client.end(1, ReviewTester.review("nginx:1"));
            Conditions.await("the memory is free again", () -> server.metric(CLAIMED) == 0);
            assertThat(server.metric("imagegate_reviews_in_flight")).isEqualTo(1);
        }
    }

    /** The beginning of a body that is longer than small ones, of which the client may send more. */
    private static void sendLarge(Http2Frames client, int stream) throws Exception {
        byte[] spaces = new byte[FRAME_BYTES];
        Arrays.fill(spaces, (byte) ' ');
        for (int sent = 0; sent < 4 * FRAME_BYTES; sent += FRAME_BYTES) {
            client.write(Http2Frames.frame(Http2Frames.DATA, 0, stream, spaces));
        }
        for (int windows = 0; windows < 2; windows++) {
            assertThat(client.await(WINDOW_UPDATE, Http2Frames.GO_AWAY).type()).isEqualTo(WINDOW_UPDATE);
        }
        client.write(Http2Frames.frame(Http2Frames.DATA, 0, stream, spaces));
    }

    private static ServerHere serveWithRoomForOneBody() throws Exception {
        String room = Integer.toString(MEBIBYTE);
        return ServerHere.serve(folder, "--max-body-bytes", room, "--max-buffered-bytes", room);
    }

    private static void awaitInFlight(RunningServer server, int count) throws Exception {
        Conditions.await("let in: " + count, () -> server.metric("imagegate_reviews_in_flight") == count);
    }

    private static String statusLine(SSLSocket socket) throws Exception {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    @Test
    void aHeadThatIsTooLongEndsItsConnectionOnly() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(folder, "--max-header-bytes", "4k");
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
