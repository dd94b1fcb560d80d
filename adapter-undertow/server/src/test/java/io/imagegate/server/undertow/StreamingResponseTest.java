package io.imagegate.server.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import io.imagegate.server.limit.ConnectionLimits;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("An answer without end")
@Timeout(60)
class StreamingResponseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final byte[] NOTHING = {};

    private final Pieces pieces = new Pieces();
    private final List<Socket> sockets = new ArrayList<>();

    /** What each answer consists of, and what was asked of it. */
    private static final class Pieces implements StreamingResponse.Source {

        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile Supplier<byte[]> next = () -> NOTHING;
        private volatile boolean last;

        @Override
        public byte[] next() {
            asked.incrementAndGet();
            return next.get();
        }

        @Override
        public boolean isLast() {
            return last;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private PlainServer serve(int connections) throws IOException {
        return serve(connections, PATIENCE);
    }

    /** A client has so long for each piece. */
    private PlainServer serve(int connections, Duration patience) throws IOException {
        ConnectionLimits limits = new ConnectionLimits(8 << 10, PATIENCE, PATIENCE, connections, 1, 1);
        HttpHandler handler = exchange -> StreamingResponse.begin(exchange, pieces, patience);
        return PlainServer.start(
                "imagegate-test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, 0, handler);
    }

    private Socket ask(PlainServer server, String request) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return socket;
    }

    private static void expect(Socket socket, String text) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int c = in.read();
            assertThat(c).as(read.toString()).isNotNegative();
            read.append((char) c);
        }
    }

    /** Returns when the connection has ended; fails if it stays open. */
    private static void expectEnd(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    @DisplayName(
            "has its head at once, and each piece when it is there, for longer than other connections may stay open")
    void pieces() throws Exception {
        try (PlainServer server = serve(10)) {
            Socket socket = ask(server, REQUEST);
            Socket unused = ask(server, "");
            expect(socket, "\r\n\r\n");
            expectEnd(unused);
            for (int i = 0; i < 3; i++) {
                String piece = "piece " + i + "\n";
                AtomicInteger given = new AtomicInteger();
                pieces.next = () -> given.getAndIncrement() == 0 ? piece.getBytes(US_ASCII) : NOTHING;
                expect(socket, piece);
            }
            assertThat(pieces.closed).hasValue(0);
            socket.close();
            Conditions.await("closed", () -> pieces.closed.get() == 1);
        }
    }

    @Test
    @DisplayName("asks for nothing more while a client does not read, and is cut after a while")
    void slowReader() throws Exception {
        byte[] piece = new byte[8 << 20];
        pieces.next = () -> piece;
        try (PlainServer server = serve(10)) {
            Socket socket = ask(server, REQUEST);
            Conditions.await("cut", () -> pieces.closed.get() == 1);
            assertThat(pieces.asked).hasValue(1);
            expectEnd(socket);
        }
    }

    @Test
    @DisplayName("gives a client that reads as much as it takes")
    void quickReader() throws Exception {
        byte[] piece = new byte[1 << 20];
        pieces.next = () -> piece;
        // A slow machine takes seconds for a piece.
        try (PlainServer server = serve(10, Duration.ofMinutes(1))) {
            Socket socket = ask(server, REQUEST);
            assertThat(socket.getInputStream().readNBytes(4 << 20)).hasSize(4 << 20);
            assertThat(pieces.asked).hasValueGreaterThanOrEqualTo(4);
        }
    }

    @Test
    @DisplayName("ends when the client has gone, though there is nothing to send and it read nothing")
    void gone() throws Exception {
        try (PlainServer server = serve(10)) {
            Socket quiet = ask(server, REQUEST);
            Conditions.await("asked", () -> pieces.asked.get() > 0);
            assertThat(pieces.closed).hasValue(0);
            quiet.close();
            Conditions.await("closed", () -> pieces.closed.get() == 1);
            Socket half = ask(server, REQUEST);
            half.shutdownOutput();
            Conditions.await("closed", () -> pieces.closed.get() == 2);
        }
    }

    @Test
    @DisplayName("ends when the client sends more")
    void pipelined() throws Exception {
        try (PlainServer server = serve(10)) {
            Socket socket = ask(server, REQUEST);
            expect(socket, "\r\n\r\n");
            socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
            expectEnd(socket);
            Conditions.await("closed", () -> pieces.closed.get() == 1);
        }
    }

    @Test
    @DisplayName("ends behind its last piece, and its connection with it")
    void last() throws Exception {
        pieces.next = () -> "full\n".getBytes(US_ASCII);
        pieces.last = true;
        try (PlainServer server = serve(10)) {
            assertThat(new String(ask(server, REQUEST).getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nfull\n");
            Conditions.await("closed", () -> pieces.closed.get() == 1);
        }
    }

    @Test
    @DisplayName("is not closed for other connections, which are closed for each other")
    void others() throws Exception {
        try (PlainServer server = serve(4)) {
            Socket socket = ask(server, REQUEST);
            expect(socket, "\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                ask(server, "GET");
            }
            expectEnd(sockets.get(1));
            AtomicInteger given = new AtomicInteger();
            pieces.next = () -> given.getAndIncrement() == 0 ? "still".getBytes(US_ASCII) : NOTHING;
            expect(socket, "still");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
