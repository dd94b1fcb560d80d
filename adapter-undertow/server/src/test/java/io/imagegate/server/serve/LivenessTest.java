package io.imagegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.RunningJar;
import io.imagegate.server.http.BufferPool;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.TlsContexts;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Whether {@code /livez} tells the truth about the review port. */
@Isolated("It takes all buffers.")
class LivenessTest {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Authority authority = Authority.create("liveness test", Instant.now(), Duration.ofDays(1));

    @Test
    void itIsNotLiveWhileItsThreadsAreStuckAndLiveAgainAfterwards() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        List<SSLSocket> clients = new ArrayList<>();
        try (HttpsServer server = serve(exchange -> stuck.await())) {
            assertThat(server.check(LONG)).isNull();
            try (Liveness liveness = Liveness.start(server::check, SOON)) {
                while (liveness.failure().isEmpty()) {
                    clients.add(ask(server));
                    Thread.sleep(20);
                }
                assertThat(liveness.failure())
                        .hasValueSatisfying(reason -> assertThat(reason).contains("review port"));

                stuck.countDown();
                RunningJar.await("live again", () -> liveness.failure().isEmpty());
            }
        } finally {
            for (SSLSocket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void itIsNotLiveWhenItDoesNotAccept() throws Exception {
        HttpsServer server = serve(exchange -> {});
        server.goAway();
        assertThat(server.check(LONG)).as("it ends in order").isNull();
        server.close();

        XnioWorker worker = worker();
        try {
            SelfCheck check = new SelfCheck(worker, new BufferPool(1 << 20, 0));
            assertThat(check.run(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), LONG))
                    .startsWith("cannot connect to the review port: ");
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void itIsNotLiveWithoutBuffers() throws Exception {
        // One for each I/O thread of the worker below, which allocate at once.
        BufferPool few = new BufferPool(2 * (17 << 10), 0);
        XnioWorker worker = worker();
        try (HttpsServer server = serve(exchange -> {})) {
            SelfCheck check = new SelfCheck(worker, few);
            InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            try (PooledByteBuffer first = few.allocate();
                    PooledByteBuffer last = few.allocate()) {
                assertThat(first.isOpen() && last.isOpen()).isTrue();
                assertThat(check.run(nobody, LONG)).startsWith("the review port has no network buffer: ");
            }
            // Now the buffer is there, and what fails is that this listener does not know the check.
            assertThat(check.run(nobody, SOON)).startsWith("the review port has accepted no connection");
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void aFewFailuresAreNoAlarm() throws Exception {
        AtomicReference<@Nullable String> problem = new AtomicReference<>("busy");
        CountDownLatch fewChecks = new CountDownLatch(Liveness.FAILURES - 1);
        CountDownLatch moreChecks = new CountDownLatch(Liveness.FAILURES + 5);
        try (Liveness liveness = Liveness.start(
                limit -> {
                    String now = fewChecks.getCount() == 0 ? null : problem.get();
                    fewChecks.countDown();
                    moreChecks.countDown();
                    return now;
                },
                Duration.ofMillis(1))) {
            fewChecks.await();
            assertThat(liveness.failure()).isEmpty();
            moreChecks.await();
            assertThat(liveness.failure()).isEmpty();
        }
    }

    @Test
    void aCheckThatThrowsIsAFailure() throws Exception {
        AtomicReference<@Nullable Error> full = new AtomicReference<>(new OutOfMemoryError("Direct buffer memory"));
        try (Liveness liveness = Liveness.start(
                limit -> {
                    Error error = full.get();
                    if (error != null) {
                        throw error;
                    }
                    return null;
                },
                Duration.ofMillis(1))) {
            RunningJar.await("not live", () -> liveness.failure().isPresent());
            assertThat(liveness.failure()).hasValue("java.lang.OutOfMemoryError: Direct buffer memory");
            full.set(null);
            RunningJar.await("live again", () -> liveness.failure().isEmpty());
        }
    }

    private HttpsServer serve(HttpHandler handler) {
        SSLContext tls =
                TlsContexts.server(authority.server(List.of(Host.parse("localhost")), Duration.ofDays(1)), List.of());
        return HttpsServer.start(new ListenAddress("0.0.0.0", 0), tls, SslClientAuthMode.NOT_REQUESTED, handler);
    }

    /** Sends a request, as far as a server that is stuck lets it. */
    private SSLSocket ask(HttpsServer server) throws Exception {
        SSLSocket socket = (SSLSocket) TlsContexts.client(authority.identity().certificate())
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        Thread thread = new Thread(() -> {
            try {
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    private static XnioWorker worker() throws Exception {
        return Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 2));
    }
}
