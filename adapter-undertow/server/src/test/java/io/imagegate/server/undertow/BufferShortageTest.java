package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import io.imagegate.server.Http2Frames;
import io.imagegate.server.limit.ConnectionLimits;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.TlsContexts;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.channels.SuspendableAcceptChannel;

@Timeout(60)
class BufferShortageTest {

    private static final long SWEEP_MILLIS = 200;

    private final BufferPool pool = new BufferPool(6 * (17 << 10), 0);
    private final List<PooledByteBuffer> held = new ArrayList<>();
    private final Connections connections =
            new Connections(ConnectionLimits.DEFAULTS, 8 << 20, () -> {}, () -> {}, client -> {});
    private final BufferShortage shortage = new BufferShortage(pool, connections, listener(), this::nanos);
    private long millis;
    private int ended;
    private int relieved;

    /** Accepts or not, it is the same here. */
    private static SuspendableAcceptChannel listener() {
        Class<SuspendableAcceptChannel> type = SuspendableAcceptChannel.class;
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> null));
    }

    private long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** How long a busy server waits in a shortage until clients are closed. */
    private long patience() {
        for (int i = 0; i < 6; i++) {
            held.add(pool.allocate());
        }
        relieved = 0;
        long start = millis;
        while (relieved == 0) {
            millis += SWEEP_MILLIS;
            shortage.sweep(0);
        }
        held.forEach(PooledByteBuffer::close);
        held.clear();
        shortage.sweep(0);
        return millis - start;
    }

    @Test
    void shortagesAfterClientsWereClosedAreGivenLessTime() {
        shortage.relieve(missing -> {
            relieved++;
            return ended;
        });
        assertThat(patience()).as("a burst of handshakes").isGreaterThan(2_000);
        assertThat(patience()).as("another, in which nobody was closed").isGreaterThan(2_000);
        ended = 1;
        assertThat(patience()).as("a crowd that withholds bytes").isGreaterThan(2_000);
        assertThat(patience()).as("the same crowd again").isBetween(500L, 1_000L);
        millis += 11_000;
        assertThat(patience()).as("much later").isGreaterThan(2_000);
    }

    @Test
    void unusedConnectionsOfHttp2AreClosedThatHoldAPartOfAFrame() throws Exception {
        Authority authority = Authority.create("test", Instant.now(), Duration.ofDays(1));
        Identity identity = authority.server(List.of(Host.parse("127.0.0.1")), Duration.ofDays(1));
        SSLContext tls =
                TlsContexts.server(identity, List.of(authority.identity().certificate()));
        HttpsServer.Start start = new HttpsServer.Start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls,
                false,
                ConnectionLimits.DEFAULTS,
                connections,
                failure -> {},
                HttpServerExchange::endExchange);
        try (HttpsServer server = HttpsServer.start(start);
                Http2Frames whole = connect(server, tls);
                Http2Frames part = connect(server, tls)) {
            // On a busy machine, a part of its first frames may have come before.
            assertThat(isOpen(whole)).isTrue();
            part.write(Arrays.copyOf(Http2Frames.frame(Http2Frames.PING, 0, 0, new byte[8]), 10));
            Conditions.await("one is closed", () -> {
                connections.shed();
                return connections.count() < 2;
            });
            connections.shed();
            assertThat(connections.count()).isEqualTo(1);
            assertThat(isOpen(whole)).isTrue();
            assertThat(isOpen(part)).isFalse();
        }
    }

    private static Http2Frames connect(HttpsServer server, SSLContext tls) throws IOException {
        InetAddress host = InetAddress.getLoopbackAddress();
        return new Http2Frames((SSLSocket) tls.getSocketFactory().createSocket(host, server.port()));
    }

    /** Whether a ping is answered. */
    private static boolean isOpen(Http2Frames client) throws IOException {
        try {
            client.ping();
            Http2Frames.Frame frame = client.read();
            while (!frame.isEnd() && frame.type() != Http2Frames.PING) {
                frame = client.read();
            }
            return !frame.isEnd();
        } catch (SocketException closed) {
            return false;
        }
    }
}
