package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.TlsContexts;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** What the check of a review port finds. */
@Isolated("It takes all buffers.")
class SelfCheckTest {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void itIsNotLiveWhenItDoesNotAccept() throws Exception {
        HttpsServer server = serve();
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
        try (HttpsServer server = serve()) {
            SelfCheck check = new SelfCheck(worker, few);
            InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            try (PooledByteBuffer first = few.allocate();
                    PooledByteBuffer last = few.allocate()) {
                assertThat(first.isOpen() && last.isOpen()).isTrue();
                assertThat(check.run(nobody, LONG)).startsWith("the review port has no network buffer: ");
            }
            // Now the buffer is there, and what fails is that this listener does not know the check.
            String expected = "the review port has accepted no connection";
            // A busy machine may take as long to connect.
            Conditions.await(
                    expected, () -> String.valueOf(check.run(nobody, SOON)).startsWith(expected));
        } finally {
            worker.shutdownNow();
        }
    }

    private static HttpsServer serve() throws IOException {
        Authority authority = Authority.create("self-check test", Instant.now(), Duration.ofDays(1));
        SSLContext tls =
                TlsContexts.server(authority.server(List.of(Host.parse("localhost")), Duration.ofDays(1)), List.of());
        return HttpsServer.start(new InetSocketAddress("0.0.0.0", 0), tls, exchange -> {});
    }

    private static XnioWorker worker() throws IOException {
        return Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 2));
    }
}
