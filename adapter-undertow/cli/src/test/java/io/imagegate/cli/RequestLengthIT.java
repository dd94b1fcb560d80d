package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 requests whose body has no usable length, and what comes behind their head. */
class RequestLengthIT {

    private static final byte[] TRAILER = "y".repeat(16 << 10).getBytes(StandardCharsets.US_ASCII);
    private static final int MEBIBYTES = 64;
    private static final String REJECTED = "imagegate_reviews_rejected_total{reason=\"length\"}";

    @TempDir
    static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static RunningJar server;

    @BeforeAll
    static void serve() throws Exception {
        Program.makeCertificates(folder);
        server = RunningJar.serveWithHeap(MEBIBYTES, folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @AfterEach
    void nothingFailedInside() throws Exception {
        assertThat(server.output())
                .doesNotContain("Exception")
                .doesNotContain("\tat ")
                .doesNotContain("ERROR")
                .doesNotContain("OutOfMemory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /image_policy", "POST /elsewhere", "GET /image_policy"})
    void anEndlessTrailerEndsItsConnection(String request) throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (SSLSocket endless = tester.connect(server)) {
            endless.getOutputStream().write(head(request, "Transfer-Encoding: chunked", "0\r\nX: "));
            assertThatThrownBy(() -> sendFor(endless.getOutputStream(), 2 * MEBIBYTES))
                    .isInstanceOf(IOException.class);
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Transfer-Encoding: chunked, 411",
        "Transfer-Encoding: xchunked, 411",
        "Transfer-Encoding: identity, 411",
        "Content-Length: 18446744073709551770, 400",
    })
    void aBodyWithoutAUsableLengthIsRefused(String field, int status) throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        double before = server.metric(REJECTED);
        try (SSLSocket socket = tester.connect(server)) {
            socket.getOutputStream().write(head("POST /image_policy", field, ""));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer).contains("Connection: close", "\"kind\":\"Status\"", "\"code\":" + status);
            assertThat(server.metric(REJECTED)).isEqualTo(before + 1);
        }
    }

    /** Undertow answers these itself, without a body. */
    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "+1", "one"})
    void whatIsNoNumberIsMalformed(String length) throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (SSLSocket socket = tester.connect(server)) {
            socket.getOutputStream().write(head("POST /image_policy", "Content-Length: " + length, ""));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Connection: close");
        }
    }

    @Test
    void aLengthOfEighteenDigitsIsOne() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (SSLSocket socket = tester.connect(server)) {
            socket.getOutputStream().write(head("POST /elsewhere", "Content-Length: 999999999999999999", ""));
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 404");
        }
    }

    /** Reading pauses many times while it arrives, so that other connections have their turn. */
    @Test
    void aBodyInManySmallRecordsIsJudged() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        byte[] body = (" ".repeat(4_000) + ReviewTester.review("nginx:1")).getBytes(StandardCharsets.US_ASCII);
        try (SSLSocket socket = tester.connect(server)) {
            socket.getOutputStream().write(head("POST /image_policy", "Content-Length: " + body.length, ""));
            for (byte next : body) {
                socket.getOutputStream().write(next);
            }
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        }
    }

    private static byte[] head(String request, String field, String rest) {
        return (request + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + field + "\r\n\r\n"
                        + rest)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void sendFor(OutputStream out, int mebibytes) throws IOException {
        for (int i = 0; i < mebibytes << 6; i++) {
            out.write(TRAILER);
        }
    }
}
