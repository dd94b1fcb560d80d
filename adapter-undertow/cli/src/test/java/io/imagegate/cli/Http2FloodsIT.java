package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.server.Http2Frames;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames without end on one HTTP/2 connection, and that others are answered meanwhile. */
@Tag("full")
class Http2FloodsIT {

    private static final String FLOODS = "imagegate_reviews_rejected_total{reason=\"flood\"}";

    @TempDir
    static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static RunningJar server;

    @SuppressWarnings("NullAway.Init")
    private ReviewTester tester;

    /** With a small heap; no time-out ends a connection with a request while a test runs. */
    @BeforeAll
    static void serve() throws Exception {
        Program.makeCertificates(folder);
        server = RunningJar.serveWithHeap(64, folder, "--request-timeout", "10m");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void prepare() {
        tester = ReviewTester.trusting(folder, Version.HTTP_2);
    }

    @AfterEach
    void othersAreAnswered() throws Exception {
        assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
        assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
        assertThat(server.output()).doesNotContain("OutOfMemory");
    }

    @Test
    void aHeadThatDoesNotEndEndsItsConnection() throws Exception {
        try (Http2Frames endless = new Http2Frames(tester.connect(server))) {
            endless.beginHead(1);
            assertEndsBefore(100_000, i -> endless.continueHead(1, "x-" + i, "x".repeat(100)));
        }
    }

    @Test
    void acknowledgementsThatAreNotReadAreNotKept() throws Exception {
        assertFloodEnds(tester.connect(server), Http2Frames::ping);
        assertFloodEnds(tester.connect(server), Http2Frames::settings);
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
        double before = server.metric(FLOODS);
        try (Http2Frames flood = new Http2Frames(tester.connect(server))) {
            flood.begin(1);
            assertEndsBefore(1_000_000, i -> flood.withoutContent(type, 1));
            assertThat(server.metric(FLOODS)).isEqualTo(before + 1);
        }
    }

    @Test
    void emptyContinuationsEndTheirConnection() throws Exception {
        double before = server.metric(FLOODS);
        try (Http2Frames endless = new Http2Frames(tester.connect(server))) {
            endless.beginHead(1);
            assertEndsBefore(1_000_000, i -> endless.withoutContent(Http2Frames.CONTINUATION, 1));
            assertThat(server.metric(FLOODS)).isEqualTo(before + 1);
        }
    }

    @Test
    void aClientThatReadsManyAnswersMayUpdateItsWindow() throws Exception {
        try (Http2Frames keen = new Http2Frames(tester.connect(server))) {
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
}
