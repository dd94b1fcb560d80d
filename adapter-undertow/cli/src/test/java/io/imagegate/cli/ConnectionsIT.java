package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import io.imagegate.server.Http2Frames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More connections than may be open: those that ask are kept, as long as there is one that does not. */
class ConnectionsIT {

    private static final int MOST = 20;
    private static final String OPEN = "imagegate_connections";

    @TempDir
    static Path folder = Path.of("");

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        Program.makeCertificates(folder);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void thoseThatSayNothingGiveWayAndRoomComesBack() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (RunningServer server = serve();
                SSLSocket asking = tester.connect(server)) {
            assertThat(ReviewTester.askOver(asking, "nginx")).isEqualTo("denied");
            openSilent(server, 3 * MOST);
            Conditions.await("as many as may be", () -> open() == MOST - 1);
            assertThat(server.metric(OPEN)).isEqualTo(MOST);
            assertThat(ReviewTester.askOver(asking, "nginx")).isEqualTo("denied");
            assertThat(tester.ask(server, "nginx:1")).as("over a new one").isEqualTo("allowed");

            close();
            Conditions.await("only those that asked are left", () -> server.metric(OPEN) == 2);
            sockets.clear();
            openSilent(server, MOST - 2);
            Conditions.await("there is room for them", () -> server.metric(OPEN) == MOST);
            assertThat(ReviewTester.askOver(asking, "nginx")).isEqualTo("denied");
            assertThat(open()).isEqualTo(MOST - 2);
        }
    }

    @Test
    void whenAllHaveAskedThatGivesWayWhichAskedLongestAgo() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (RunningServer server = serve()) {
            for (int i = 0; i < MOST; i++) {
                SSLSocket socket = tester.connect(server);
                sockets.add(socket);
                assertThat(ReviewTester.askOver(socket, "nginx")).isEqualTo("denied");
            }
            assertThat(ReviewTester.askOver((SSLSocket) sockets.get(0), "nginx:1"))
                    .isEqualTo("allowed");

            assertThat(tester.ask(server, "nginx:1")).as("over a new one").isEqualTo("allowed");
            Conditions.await("one has given way", () -> open() == MOST - 1);
            assertThat(isOpen(sockets.get(1))).isFalse();
            assertThat(ReviewTester.askOver((SSLSocket) sockets.get(0), "nginx:1"))
                    .isEqualTo("allowed");
        }
    }

    @Test
    void anIdleHttp2ConnectionGetsAGoAwayBeforeItIsClosed() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (RunningServer server = serve();
                Http2Frames idle = new Http2Frames(tester.connect(server))) {
            idle.begin(1);
            idle.end(1, ReviewTester.review("nginx:1"));
            assertThat(idle.await(Http2Frames.DATA, Http2Frames.GO_AWAY).type()).isEqualTo(Http2Frames.DATA);
            for (int i = 0; i < MOST; i++) {
                SSLSocket socket = tester.connect(server);
                sockets.add(socket);
                assertThat(ReviewTester.askOver(socket, "nginx")).isEqualTo("denied");
            }

            Http2Frames.Frame last = idle.await(Http2Frames.GO_AWAY, Http2Frames.RESET);
            assertThat(last.type()).isEqualTo(Http2Frames.GO_AWAY);
            assertThat(last.errorCode()).as("NO_ERROR").isZero();
            assertThat(idle.read().isEnd()).isTrue();
            assertThat(open()).as("the others stay open").isEqualTo(MOST);
        }
    }

    /** Clients treat another first frame than SETTINGS as a fault, and do not send their requests again. */
    @Test
    void noGoAwayIsSentBeforeTheSettings() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (RunningServer server = serve();
                Http2Frames silent = Http2Frames.begun(tester.connect(server));
                Http2Frames late = Http2Frames.begun(tester.connect(server))) {
            for (int i = 0; i < MOST; i++) {
                SSLSocket socket = tester.connect(server);
                sockets.add(socket);
                assertThat(ReviewTester.askOver(socket, "nginx")).isEqualTo("denied");
            }
            assertThat(late.answerToPreface().type())
                    .as("SETTINGS, or closed before")
                    .isIn(Http2Frames.SETTINGS, -1);
            assertThat(silent.read().isEnd()).isTrue();
        }
    }

    /** Its warm-up uses two, so one of them is displaced, as many others could do, too. */
    @Test
    void aServerWhoseWarmUpIsDisplacedAnswers() throws Exception {
        try (RunningJar server = RunningJar.serveManaged(folder, "--max-connections", "1")) {
            assertThat(ReviewTester.trusting(folder, Version.HTTP_1_1).ask(server, "nginx"))
                    .isEqualTo("denied");
            server.awaitOutput("warm-up");
            assertThat(server.output()).doesNotContain("error in imagegate");
        }
    }

    @Test
    void thoseThatAskNothingMoreAreClosed() throws Exception {
        try (RunningServer server = ServerHere.serve(folder, "--idle-timeout", "2s")) {
            for (Version version : Version.values()) {
                ReviewTester tester = ReviewTester.trusting(folder, version);
                assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
                Conditions.await("it is closed", () -> server.metric(OPEN) == 0);
                assertThat(askAgain(tester, server)).as("over a new one").isEqualTo("denied");
                Conditions.await("it is closed", () -> server.metric(OPEN) == 0);
            }
        }
    }

    /** The client may not know yet that its connection is closed; then it cannot write, and knows. */
    private static String askAgain(ReviewTester tester, RunningServer server) throws Exception {
        try {
            return tester.ask(server, "nginx");
        } catch (IOException closed) {
            return tester.ask(server, "nginx");
        }
    }

    /** It has made a request, so the time of a connection that has made none does not end it. */
    @Test
    void aSourcePortThatIsUsedAgainIsAnotherConnection() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (RunningServer server = ServerHere.serve(folder, "--request-timeout", "2s")) {
            SSLSocket first = tester.connect(server);
            assertThat(ReviewTester.askOver(first, "nginx")).isEqualTo("denied");
            int port = first.getLocalPort();
            first.setSoLinger(true, 0);
            first.close();
            try (SSLSocket second = tester.connect(server, port)) {
                assertThat(ReviewTester.askOver(second, "nginx")).isEqualTo("denied");
                openSilent(server, 1);
                Conditions.await("a younger one without a request is closed", () -> open() == 0);
                assertThat(ReviewTester.askOver(second, "nginx:1")).isEqualTo("allowed");
            }
        }
    }

    /** No time-out ends a connection while a test runs. */
    private static ServerHere serve() throws Exception {
        return ServerHere.serve(folder, "--max-connections", Integer.toString(MOST), "--request-timeout", "10m");
    }

    private void openSilent(RunningServer server, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        }
    }

    private long open() throws IOException {
        long count = 0;
        for (Socket socket : sockets) {
            count += isOpen(socket) ? 1 : 0;
        }
        return count;
    }

    /** What the server sent before, a session's ticket for instance, tells nothing. */
    private static boolean isOpen(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException quiet) {
            socket.setSoTimeout(30_000);
            return true;
        } catch (IOException reset) {
            return false;
        }
    }
}
