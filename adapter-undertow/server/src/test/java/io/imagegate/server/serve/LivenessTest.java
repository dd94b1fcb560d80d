package io.imagegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.undertow.HttpsServer;
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

/** Whether {@code /livez} tells the truth about the review port. */
@Isolated("It blocks the threads of a server.")
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
                Conditions.await("live again", () -> liveness.failure().isEmpty());
            }
        } finally {
            for (SSLSocket client : clients) {
                client.close();
            }
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
            Conditions.await("not live", () -> liveness.failure().isPresent());
            assertThat(liveness.failure()).hasValue("java.lang.OutOfMemoryError: Direct buffer memory");
            full.set(null);
            Conditions.await("live again", () -> liveness.failure().isEmpty());
        }
    }

    private HttpsServer serve(HttpHandler handler) throws IOException {
        SSLContext tls =
                TlsContexts.server(authority.server(List.of(Host.parse("localhost")), Duration.ofDays(1)), List.of());
        return HttpsServer.start(new InetSocketAddress("0.0.0.0", 0), tls, handler);
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
}
