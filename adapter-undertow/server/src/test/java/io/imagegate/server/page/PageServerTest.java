package io.imagegate.server.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.console.Playground;
import io.imagegate.console.Replica;
import io.imagegate.console.WebPages;
import io.imagegate.server.Conditions;
import io.imagegate.server.undertow.PlainServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The server of pages")
@Timeout(180)
class PageServerTest {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final int STREAMS = 16;
    private static final String GET = "GET /playground HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String FOLLOW = "GET /api/decisions HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final WebPages pages = WebPages.builder()
            .playground(new Playground(root -> {}))
            .replica(Replica.builder("replica", "1").build())
            .build();
    private final List<Socket> sockets = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private PlainServer server;

    @BeforeEach
    void serve() throws IOException {
        server = PageServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pages);
    }

    /** Serves with a short deadline, for tests that wait until it is over. */
    private void hurry() throws IOException {
        server.close();
        server = PageServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pages, SHORT);
    }

    @AfterEach
    void end() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
        pages.close();
    }

    private Socket send(String request) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    private String ask(String request) throws IOException {
        return rest(send(request));
    }

    /** All until the connection ends; nothing if it was cut. */
    private static String rest(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException cut) {
            return "";
        }
    }

    private static String until(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int c = in.read();
            assertThat(c).as(read.toString()).isNotNegative();
            read.append((char) c);
        }
        return read.toString();
    }

    private static String judge(int length, String body) {
        return "POST /api/judge HTTP/1.1\r\nHost: localhost:1\r\nOrigin: http://localhost:1\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n" + body;
    }

    private void expectPage() throws IOException {
        assertThat(ask(GET)).startsWith("HTTP/1.1 200 OK\r\n").contains("</html>");
    }

    private List<Socket> sendOften(int times, String request) throws IOException {
        List<Socket> sent = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            sent.add(send(request));
        }
        return sent;
    }

    @Test
    @DisplayName("answers one request of a connection and closes it, also if more were pipelined")
    void oneRequest() throws Exception {
        String answers = ask(GET.repeat(3));
        assertThat(answers).startsWith("HTTP/1.1 200 OK\r\n").contains("Connection: close", "Content-Length: ");
        assertThat(answers.split("HTTP/1\\.1 ", -1)).hasSize(2);
    }

    @Test
    @DisplayName("has a body judged on the task thread")
    void judged() throws Exception {
        assertThat(ask(judge(2, "[]"))).startsWith("HTTP/1.1 400 ").contains("{\"error\":");
    }

    @Test
    @DisplayName(
            "cuts bodies that do not arrive; while they hold all places, other bodies get 503 and pages are answered")
    void slowBodies() throws Exception {
        hurry();
        List<Socket> slow = new ArrayList<>();
        AtomicReference<String> answer = new AtomicReference<>("");
        Conditions.await("no place", () -> {
            // Those that were sent before may be cut already, if the machine stands still.
            slow.addAll(sendOften(PageHandler.PLACES, judge(1_000, "{")));
            String asked = ask(judge(2, "[]"));
            answer.set(asked);
            return asked.startsWith("HTTP/1.1 503 ");
        });
        assertThat(answer.get())
                .contains("\r\nRetry-After: 1\r\n")
                .endsWith("{\"error\": \"others are being answered; try again\"}");
        expectPage();
        for (Socket socket : slow.subList(0, PageHandler.PLACES)) {
            assertThat(rest(socket)).isEmpty();
        }
        Conditions.await("places are free", () -> ask(judge(2, "[]")).startsWith("HTTP/1.1 400 "));
    }

    @Test
    @DisplayName("gives the places of clients that disconnect to others")
    void disconnected() throws Exception {
        for (int i = 0; i < 5 * PageHandler.PLACES; i++) {
            send(judge(1_000, "{")).close();
            send(judge(2, "[]")).close();
        }
        Conditions.await("places are free", () -> ask(judge(2, "[]")).startsWith("HTTP/1.1 400 "));
        List<Socket> slow = sendOften(PageHandler.PLACES - 1, judge(1_000, "{"));
        Conditions.await("a place is free", () -> ask(judge(2, "[]")).startsWith("HTTP/1.1 400 "));
        assertThat(slow).hasSize(PageHandler.PLACES - 1);
    }

    @Test
    @DisplayName("refuses bodies that are too long or have no length, unread")
    void longBodies() throws Exception {
        assertThat(ask(judge(PageHandler.MAX_BODY_BYTES + 1, "{"))).startsWith("HTTP/1.1 413 ");
        assertThat(ask(judge(2, "[]").replaceFirst("Content-Length: 2", "Transfer-Encoding: chunked")))
                .startsWith("HTTP/1.1 411 ");
        assertThat(ask(judge(2, "[]").replaceFirst("Content-Length: 2", "Content-Length: -2")))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    @DisplayName("closes connections without a request, with half a request and with a head that is too long")
    void halfRequests() throws Exception {
        String head = "GET /playground HTTP/1.1\r\nHost: localhost\r\nX: ";
        assertThat(ask(head + "y".repeat(9_000) + "\r\n\r\n")).doesNotContain("200 OK");
        assertThat(ask(head + "y".repeat(7_000) + "\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
        hurry();
        assertThat(ask("")).isEmpty();
        assertThat(ask("GET /playground HTTP/1.1\r\nHo")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example"})
    @DisplayName("refuses other hosts")
    void otherHosts(String host) throws Exception {
        assertThat(ask(GET.replace("localhost", host))).startsWith("HTTP/1.1 421 ");
        assertThat(ask(FOLLOW.replace("localhost", host))).startsWith("HTTP/1.1 421 ");
        assertThat(ask(judge(2, "[]").replace("Host: localhost:1", "Host: " + host)))
                .startsWith("HTTP/1.1 421 ");
    }

    @Test
    @DisplayName("refuses a request without a host, or with two")
    void noHost() throws Exception {
        assertThat(ask(GET.replace("localhost", "localhost\r\nHost: localhost")))
                .startsWith("HTTP/1.1 400 ");
        assertThat(ask("GET /playground HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 421 ");
        assertThat(ask("GET /playground HTTP/1.1\r\n\r\n")).containsPattern("^HTTP/1.1 (400|421) ");
    }

    @Test
    @DisplayName("answers while a hundred clients open connections, send half a request, or do not read")
    void crowds() throws Exception {
        for (String request : List.of("", "GET /pl", judge(1_000, "{"), GET.repeat(20))) {
            sendOften(100, request);
            expectPage();
        }
    }

    @Test
    @DisplayName(
            "has sixteen streams of events, tells the seventeenth, and gives the place of one that has gone to another")
    void streams() throws Exception {
        hurry();
        List<Socket> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(send(FOLLOW));
            assertThat(until(streams.get(i), "\r\n\r\n")).contains("Content-Type: text/event-stream");
        }
        assertThat(ask(FOLLOW)).contains("event: full\ndata: ");
        sendOften(100, "GET /pl");
        expectPage();
        // Longer than other connections stay open.
        Thread.sleep(SHORT.plusMillis(500).toMillis());
        assertThat(ask(FOLLOW)).contains("event: full\n");
        streams.get(3).close();
        Conditions.await("a free place", this::isFollowing);
    }

    /** A stream that is full ends at once. */
    private boolean isFollowing() throws IOException {
        Socket stream = send(FOLLOW);
        stream.setSoTimeout(500);
        try {
            stream.getInputStream().readAllBytes();
            return false;
        } catch (SocketTimeoutException open) {
            return true;
        }
    }
}
