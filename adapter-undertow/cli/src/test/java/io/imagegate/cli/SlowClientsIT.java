package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their time: each is ended when it is up, and none keeps another from being answered. */
@Tag("full")
class SlowClientsIT {

    /** More of each kind than there are threads, and more than may be in flight. */
    private static final int OF_EACH_KIND = 20;

    private static final String HEAD = "POST /image_policy HTTP/1.1\r\nHost: localhost\r\nX: ";
    private static final String FIRST_RECORD = "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003";

    @TempDir
    static Path folder = Path.of("");

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void serve() throws Exception {
        Program.makeCertificates(folder);
        server = ServerHere.serve(folder, "--request-timeout", "3s", "--max-in-flight", "10");
    }

    @AfterAll
    static void stop() throws Exception {
        THREADS.shutdownNow();
        server.close();
    }

    /** Makes a connection that is slow in one way. */
    private interface Kind {
        SlowClient start(ReviewTester tester) throws IOException;
    }

    @Test
    void handshakesThatNeverBegin() throws Exception {
        expectEndOf(tester -> SlowClient.start(connect(), "", THREADS));
    }

    @Test
    void handshakesAByteASecond() throws Exception {
        expectEndOf(tester -> SlowClient.start(connect(), FIRST_RECORD, THREADS));
    }

    @Test
    void headsAByteASecond() throws Exception {
        expectEndOf(tester -> SlowClient.start(tester.connect(server), HEAD, THREADS));
    }

    @Test
    void secondHeadsAByteASecond() throws Exception {
        expectEndOf(tester -> {
            SSLSocket socket = tester.connect(server);
            assertThat(ReviewTester.askOver(socket, "nginx")).isEqualTo("denied");
            return SlowClient.start(socket, HEAD, THREADS);
        });
    }

    @Test
    void bodiesAByteASecond() throws Exception {
        expectEndOf(
                tester -> SlowClient.start(tester.announce(server, 1_000), ReviewTester.review("nginx:1"), THREADS));
    }

    @Test
    void largeBodiesAByteASecond() throws Exception {
        expectEndOf(
                tester -> SlowClient.start(tester.announce(server, 1 << 20), ReviewTester.review("nginx:1"), THREADS));
    }

    /** The time-out is for what does not arrive, and not for what arrives in pieces. */
    @Test
    void aReviewInPiecesIsAnswered() throws Exception {
        String review = ReviewTester.review("nginx:1");
        String all = "POST /image_policy HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: " + review.length() + "\r\n\r\n" + review;
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        int most = all.length() - 1;
        try (SSLSocket socket = tester.connect(server)) {
            socket.getOutputStream().write(all.substring(0, most).getBytes(StandardCharsets.US_ASCII));
            // Well within the time-out.
            Thread.sleep(200);
            SlowClient slow = SlowClient.start(socket, all.substring(most), THREADS);

            assertThat(slow.answer()).startsWith("HTTP/1.1 200 OK").contains("\"allowed\":true");
        }
    }

    private static void expectEndOf(Kind kind) throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        List<SlowClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < OF_EACH_KIND; i++) {
                clients.add(kind.start(tester));
            }
            Conditions.await("all are ended", () -> {
                // Within the first second they may be too many; then the API server asks again, and they give way.
                Conditions.await("answered", () -> !tester.ask(server, "nginx").equals("429"));
                assertThat(tester.ask(server, "nginx:1")).isIn("allowed", "429");
                return clients.stream().allMatch(SlowClient::isOver);
            });
            assertThat(clients).allSatisfy(client -> assertThat(client.answer()).doesNotContain("200 OK"));
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
            Conditions.await("nothing is left", () -> server.metric("imagegate_reviews_in_flight") == 0);
        } finally {
            for (SlowClient client : clients) {
                client.close();
            }
        }
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }
}
