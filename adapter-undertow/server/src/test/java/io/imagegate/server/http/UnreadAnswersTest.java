package io.imagegate.server.http;

import static io.imagegate.server.Http2Frames.DATA;
import static io.imagegate.server.Http2Frames.END_HEADERS;
import static io.imagegate.server.Http2Frames.END_STREAM;
import static io.imagegate.server.Http2Frames.HEADERS;
import static io.imagegate.server.Http2Frames.RESET;
import static io.imagegate.server.Http2Frames.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.server.Conditions;
import io.imagegate.server.Http2Frames;
import io.imagegate.server.limit.ConnectionLimits;
import io.imagegate.server.limit.Limits;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.undertow.Connections;
import io.imagegate.server.undertow.HttpsServer;
import io.imagegate.webhook.PolicyWebhook;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of answers for which an HTTP/2 client opens no window. */
class UnreadAnswersTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration VALIDITY = Duration.ofDays(1);
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int MOST_TRIES = 5;

    /** As many requests as a connection may have open. */
    private static final int REQUESTS = 100;

    private static final byte[] WIDEST = {0x7f, (byte) 0xff, 0, 0};

    /** What the connection itself may hold: a record that arrived, what was read of it, and a record that is sent. */
    private static final long FEW_BUFFERS = 4 * (17 << 10);

    /** How long the answer is, by the path of the request. */
    private static final Map<String, Integer> LENGTHS = Map.of("/short", 100, "/long", 20_000);

    private final AtomicInteger handled = new AtomicInteger();
    private final List<RejectionReason> rejections = new CopyOnWriteArrayList<>();

    @Test
    void theyHoldNoNetworkBuffers() throws Exception {
        try (Running server = new Running(LONG);
                Http2Frames client = server.connect()) {
            client.takeNoAnswer();
            ask(client, "/short");
            server.awaitAnswers();
            assertThat(server.https.bufferBytes()).isLessThanOrEqualTo(FEW_BUFFERS);
        }
    }

    @Test
    void theyArriveWhenTheWindowOpens() throws Exception {
        for (Map.Entry<String, Integer> length : LENGTHS.entrySet()) {
            handled.set(0);
            try (Running server = new Running(LONG);
                    Http2Frames client = server.connect()) {
                client.takeNoAnswer();
                ask(client, length.getKey());
                server.awaitAnswers();
                client.write(Http2Frames.frame(WINDOW_UPDATE, 0, 0, WIDEST));
                client.takeEveryAnswer();
                Map<Integer, Integer> answers = read(client);
                assertThat(answers).hasSize(REQUESTS);
                assertThat(answers.values()).containsOnly(length.getValue());
                assertThat(rejections).isEmpty();
            }
        }
    }

    /** Undertow keeps the answer of a stream that is reset. */
    @Test
    void theyEndWithTheirStreams() throws Exception {
        try (Running server = new Running(LONG);
                Http2Frames client = server.connect()) {
            client.takeNoAnswer();
            ask(client, "/long");
            server.awaitAnswers();
            for (int i = 0; i < REQUESTS; i++) {
                client.reset(2 * i + 1);
            }
            Conditions.await("no request is open", () -> server.limiter.inFlight() == 0);
            Conditions.await("no buffer is held", () -> server.https.bufferBytes() <= FEW_BUFFERS);
        }
    }

    @Tag("slow")
    @Test
    void aConnectionThatTakesNoneIsClosed() throws Exception {
        try (Running server = new Running(Duration.ofSeconds(1));
                Http2Frames client = server.connect()) {
            client.takeNoAnswer();
            ask(client, "/short");
            while (!client.read().isEnd()) {
                // What comes before the end.
            }
            assertThat(rejections).containsOnlyOnce(RejectionReason.UNREAD);
            // Counted before the connection is closed, which ends the requests in it uncounted.
            assertThat(rejections).first().isEqualTo(RejectionReason.SLOW_REQUEST);
            Conditions.await("no request is open", () -> server.limiter.inFlight() == 0);
        }
    }

    @Tag("slow")
    @Test
    void aConnectionThatTakesOthersLosesOneStream() throws Exception {
        Http2Frames.Frame last = takeOthers();
        for (int tries = 1; tries < MOST_TRIES && last.isEnd(); tries++) {
            // The machine stood still, so that the client took nothing for a while.
            rejections.clear();
            last = takeOthers();
        }
        assertThat(last.type()).isEqualTo(RESET);
        assertThat(last.stream()).isEqualTo(1);
        assertThat(rejections).containsExactly(RejectionReason.SLOW_REQUEST);
    }

    /** Leaves the first answer, and takes others; {@return the first frame that is no answer} */
    private Http2Frames.Frame takeOthers() throws Exception {
        try (Running server = new Running(Duration.ofSeconds(1));
                Http2Frames client = server.connect()) {
            client.takeNoAnswer();
            client.write(Http2Frames.frame(HEADERS, END_HEADERS | END_STREAM, 1, Http2Frames.head("/short")));
            int stream = 1;
            Http2Frames.Frame frame;
            do {
                Thread.sleep(50);
                stream += 2;
                client.write(Http2Frames.frame(HEADERS, END_HEADERS | END_STREAM, stream, Http2Frames.head("/short")));
                client.write(Http2Frames.frame(WINDOW_UPDATE, 0, stream, new byte[] {0, 0, 1, 0}));
                do {
                    frame = client.read();
                } while (frame.type() != RESET && frame.type() != DATA && !frame.isEnd());
            } while (frame.type() == DATA);
            return frame;
        } catch (SocketException closed) {
            return new Http2Frames.Frame(-1, 0, 0, ByteBuffer.allocate(0));
        }
    }

    private static void ask(Http2Frames client, String path) throws IOException {
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        for (int i = 0; i < REQUESTS; i++) {
            requests.writeBytes(
                    Http2Frames.frame(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, Http2Frames.head(path)));
        }
        client.write(requests.toByteArray());
    }

    /** Reads all answers; their lengths by stream. */
    private static Map<Integer, Integer> read(Http2Frames client) throws IOException {
        Map<Integer, Integer> lengths = new TreeMap<>();
        for (int ended = 0; ended < REQUESTS; ) {
            Http2Frames.Frame frame = client.read();
            assertThat(frame.isEnd()).isFalse();
            if (frame.type() == DATA) {
                lengths.merge(frame.stream(), frame.payload().remaining(), Integer::sum);
                ended += (frame.flags() & END_STREAM) == 0 ? 0 : 1;
            }
        }
        return lengths;
    }

    private final class Running implements AutoCloseable {

        private final Authority authority = Authority.create("unread answers", Instant.now(), VALIDITY);
        private final RequestLimiter limiter;
        private final HttpsServer https;

        Running(Duration timeout) throws IOException {
            ConnectionLimits usual = ConnectionLimits.DEFAULTS;
            ConnectionLimits timed = new ConnectionLimits(
                    usual.headerBytes(),
                    timeout,
                    usual.idleTimeout(),
                    usual.connections(),
                    usual.streams(),
                    usual.resets());
            Connections connections = new Connections(
                    timed, 8 << 20, () -> {}, () -> {}, client -> rejections.add(RejectionReason.UNREAD));
            PolicyWebhook webhook = PolicyWebhook.builder(
                            () -> PolicySet.of(Policy.builder("test").build()))
                    .build();
            Limits limits = new Limits(timed, 256, Limits.DEFAULTS.bufferedBytes(), Limits.DEFAULTS.requestBytes());
            limiter = new RequestLimiter(
                    limits, webhook.maxBodyBytes(), connections, webhook::overloaded, rejections::add);
            SSLContext tls =
                    TlsContexts.server(authority.server(List.of(Host.parse("localhost")), VALIDITY), List.of());
            https = HttpsServer.start(new HttpsServer.Start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    tls,
                    false,
                    timed,
                    connections,
                    failure -> {},
                    limiter.before(this::handle)));
            https.sweep(limiter::sweep);
        }

        private void handle(HttpServerExchange exchange) {
            int length = LENGTHS.getOrDefault(exchange.getRequestPath(), 0);
            exchange.setResponseContentLength(length);
            exchange.getResponseSender().send(ByteBuffer.allocate(length));
            handled.incrementAndGet();
        }

        Http2Frames connect() throws IOException {
            SSLSocket socket =
                    (SSLSocket) TlsContexts.client(authority.identity().certificate())
                            .getSocketFactory()
                            .createSocket("localhost", https.port());
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new Http2Frames(socket);
        }

        void awaitAnswers() throws Exception {
            Conditions.await("all are answered", () -> handled.get() == REQUESTS);
        }

        @Override
        public void close() {
            https.close();
        }
    }
}
