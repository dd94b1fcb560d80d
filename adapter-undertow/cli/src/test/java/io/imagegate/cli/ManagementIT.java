package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of the management port that do not behave well, with the memory of the image. */
class ManagementIT {

    private static final int SLOW_READERS = Tier.tries(1_000, 3_000);
    private static final String METRICS = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static RunningJar server;

    @BeforeAll
    static void serve() throws Exception {
        Program.makeCertificates(folder);
        server = RunningJar.start(
                Program.withFlags(RunningJar.command(folder), "-Xmx64m", "-XX:MaxDirectMemorySize=16m"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void slowReadersOfMetricsHarmNeitherReviewsNorProbes() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_READERS; i++) {
                slow.add(send(METRICS.repeat(50)));
                if (i % 100 == 0) {
                    assertThat(server.manage("/livez")).isEqualTo("200 ok\n");
                    assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
                }
            }
            assertThat(server.manage("/readyz")).isEqualTo("200 ok\n");
            assertThat(ReviewTester.trusting(folder, Version.HTTP_1_1).ask(server, "nginx"))
                    .isEqualTo("denied");
            assertThat(server.metric("imagegate_ready")).isEqualTo(1);
            assertThat(server.output()).doesNotContain("OutOfMemory");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aConnectionServesOneRequest() throws Exception {
        try (Socket socket = send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Connection: close")
                    .endsWith("ok\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /livez, 405",
        "PUT, /metrics, 405",
        "DELETE, /readyz, 405",
        "OPTIONS, /healthz, 405",
        "POST, /image_policy, 405",
        "GET, /image_policy, 404",
        "GET, /, 404",
        "GET, /metrics/x, 404",
        "GET, /%6divez, 404",
        "GET, /readyz?verbose, 200",
        "HEAD, /healthz, 200"
    })
    void fourPathsCanBeReadAndNothingElse(String method, String path, String status) throws Exception {
        try (Socket socket = send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 " + status);
        }
    }

    @Test
    void aRequestThatDoesNotArriveIsGivenUp() throws Exception {
        try (Socket nothing = send("");
                Socket half = send("GET /livez HTTP/1.1\r\nHo")) {
            assertThat(nothing.getInputStream().read()).isNegative();
            assertThat(half.getInputStream().read()).isNegative();
            assertThat(server.manage("/livez")).isEqualTo("200 ok\n");
        }
    }

    @Test
    void bodiesWithoutALengthAreRefused() throws Exception {
        String endless = "GET /livez HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y";
        try (Socket socket = send(endless)) {
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 411");
        }
    }

    /** A connection whose client takes only a few bytes unless it reads. */
    private static Socket send(String requests) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.managementPort()));
        try {
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException closed) {
            // The server need not take all of it.
        }
        return socket;
    }
}
