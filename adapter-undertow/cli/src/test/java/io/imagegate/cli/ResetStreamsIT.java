package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import io.imagegate.server.Http2Frames;
import io.imagegate.server.Http2Frames.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of HTTP/2 that is reset, by the server or by the client, ends alone. */
@Tag("full")
class ResetStreamsIT {

    private static final String IN_FLIGHT = "imagegate_reviews_in_flight";
    private static final int WINDOW_UPDATE = 8;
    private static final int INITIAL_WINDOW = 65_535;
    private static final int FRAME_BYTES = 16_000;
    private static final int FLOW_CONTROL_ERROR = 3;

    /** The first entry of the dynamic table of HPACK, which stands behind 61 static ones. */
    private static final byte FIRST_OF_CONNECTION = (byte) (0x80 | 62);

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void makeCertificates() throws Exception {
        Program.makeCertificates(folder);
    }

    @Test
    void lateFramesAreDiscarded() throws Exception {
        try (RunningServer server = ServerHere.serve(folder, "--request-timeout", "2s");
                Http2Frames client = connect(server)) {
            awaitReset(client, 1);
            content(client, 1, 1_000);
            // The field of the trailer enters the table that all requests of the connection share.
            client.write(Http2Frames.frame(
                    Http2Frames.HEADERS, Http2Frames.END_HEADERS | Http2Frames.END_STREAM, 1, indexed("x-late", "1")));

            ByteArrayOutputStream head = new ByteArrayOutputStream();
            head.writeBytes(Http2Frames.head("/image_policy"));
            head.write(FIRST_OF_CONNECTION);
            client.write(Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 3, head.toByteArray()));
            client.end(3, ReviewTester.review("nginx:1"));
            assertAnswered(client, 3);
        }
    }

    @Test
    void moreLateContentThanTheWindowAllowsEndsTheConnection() throws Exception {
        try (RunningServer server = ServerHere.serve(folder, "--request-timeout", "2s");
                Http2Frames client = connect(server)) {
            awaitReset(client, 1);
            for (int sent = 0; sent <= INITIAL_WINDOW; sent += FRAME_BYTES) {
                content(client, 1, FRAME_BYTES);
            }
            assertThat(client.await(Http2Frames.GO_AWAY, Http2Frames.GO_AWAY))
                    .matches(frame -> frame.isEnd() || frame.errorCode() == FLOW_CONTROL_ERROR);
        }
    }

    @Test
    void contentOfAStreamThatWasNeverOpenedStillEndsTheConnection() throws Exception {
        try (RunningServer server = ServerHere.serve(folder, "--request-timeout", "2s");
                Http2Frames client = connect(server)) {
            awaitReset(client, 1);
            content(client, 3, 1);
            assertThat(client.await(Http2Frames.GO_AWAY, Http2Frames.GO_AWAY).type())
                    .isIn(Http2Frames.GO_AWAY, -1);
        }
    }

    /** Content that arrives with the reset is read by nobody. */
    @Test
    void cancelledRequestsLeaveTheWindowOfTheConnectionAsItWas() throws Exception {
        int length = 4_000;
        int requests = 30;
        try (RunningServer server = ServerHere.serve(folder);
                Http2Frames client = connect(server)) {
            for (int i = 0; i < requests; i++) {
                client.begin(2 * i + 1);
                content(client, 2 * i + 1, length);
                client.reset(2 * i + 1);
            }
            client.ping();
            int window = INITIAL_WINDOW - requests * length;
            for (Frame frame = client.read(); frame.type() != Http2Frames.PING; frame = client.read()) {
                assertThat(frame.isEnd()).isFalse();
                if (frame.type() == WINDOW_UPDATE && frame.stream() == 0) {
                    window += frame.payload().getInt();
                }
            }
            assertThat(window).isGreaterThan(INITIAL_WINDOW / 2 - length);
        }
    }

    @Test
    void aRequestThatIsCancelledWhileItWaitsForMemoryIsOver() throws Exception {
        int large = 1_000_000;
        String length = Integer.toString(large);
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (RunningServer server = ServerHere.serve(
                        folder,
                        "--max-body-bytes",
                        length,
                        "--max-buffered-bytes",
                        length,
                        "--request-timeout",
                        "10m");
                Http2Frames client = connect(server)) {
            try (SSLSocket holder = tester.announce(server, large)) {
                Conditions.await("the first has begun", () -> server.metric(IN_FLIGHT) == 1);
                client.write(Http2Frames.frame(
                        Http2Frames.HEADERS,
                        Http2Frames.END_HEADERS,
                        1,
                        Http2Frames.head("/image_policy", "content-length", length)));
                client.reset(1);
                client.ping();
                assertThat(client.await(Http2Frames.PING, Http2Frames.GO_AWAY).type())
                        .isEqualTo(Http2Frames.PING);
                Conditions.await("the second is over", () -> server.metric(IN_FLIGHT) < 2);
                assertThat(holder.isConnected()).isTrue();
            }
            Conditions.await("nothing is left", () -> server.metric(IN_FLIGHT) == 0);
        }
    }

    private static Http2Frames connect(RunningServer server) throws IOException {
        return new Http2Frames(ReviewTester.trusting(folder, Version.HTTP_2).connect(server));
    }

    private static void awaitReset(Http2Frames client, int stream) throws IOException {
        client.begin(stream);
        assertThat(client.await(Http2Frames.RESET, Http2Frames.GO_AWAY))
                .matches(frame -> frame.type() == Http2Frames.RESET && frame.stream() == stream);
    }

    private static void content(Http2Frames client, int stream, int length) throws IOException {
        client.write(Http2Frames.frame(Http2Frames.DATA, 0, stream, new byte[length]));
    }

    private static void assertAnswered(Http2Frames client, int stream) throws IOException {
        assertThat(client.await(Http2Frames.DATA, Http2Frames.GO_AWAY))
                .matches(frame -> frame.type() == Http2Frames.DATA && frame.stream() == stream)
                .extracting(
                        frame -> StandardCharsets.UTF_8.decode(frame.payload()).toString())
                .asString()
                .contains("\"allowed\":true");
    }

    /** A literal field that enters the dynamic table. */
    private static byte[] indexed(String name, String value) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.write(0x40);
        for (String text : new String[] {name, value}) {
            field.write(text.length());
            field.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
        return field.toByteArray();
    }
}
