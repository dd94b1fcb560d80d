package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import io.imagegate.fact.Fact;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.oci.Manifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are no HTTP, or compressed, on connections that the registry keeps open. */
@Tag("full")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Execution(ExecutionMode.CONCURRENT)
class MalformedAnswersTest extends RegistryTest {

    private static final String PROBE = "GET /v2/ ";
    private static final String UP = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final int ANSWERS = Tier.tries(24, 60);
    private static final int MOST_OPEN = 16;

    /** Some are tried again after a pause. */
    private static final int TOGETHER = 6;

    private final AtomicInteger open = new AtomicInteger();

    private void serve(Socket client, String answer) {
        open.incrementAndGet();
        try (client) {
            byte[] request = client.getInputStream().readNBytes(PROBE.length());
            // It counts as up, so it is asked again.
            boolean probe = new String(request, StandardCharsets.US_ASCII).equals(PROBE);
            client.getOutputStream().write((probe ? UP : answer).getBytes(StandardCharsets.US_ASCII));
            while (client.getInputStream().read() >= 0) {
                // until the other side closes the connection
            }
        } catch (IOException e) {
            // the connection has ended
        } finally {
            open.decrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Encoding: gzip\r\n\r\n"
            })
    @DisplayName("their connections are closed: a registry cannot make the program keep more and more of them")
    void closed(String answer) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket client = server.accept();
                        threads.execute(() -> serve(client, answer));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            String host = "127.0.0.1:" + server.getLocalPort();
            Registries registries = open(RegistryEntry.builder(host).plainHttp().build());
            for (int i = 0; i < ANSWERS / TOGETHER; i++) {
                ask(registries, host, i);
            }
            // Before Java 21 a client that was replaced closes its connections when it is garbage.
            while (open.get() > MOST_OPEN) {
                System.gc();
                Thread.sleep(100);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void ask(Registries registries, String host, int round) {
        List<CompletableFuture<Fact<Manifest>>> asked = IntStream.range(0, TOGETHER)
                .mapToObj(i -> registries.manifest(ImageReference.parse(host + "/a"), "t" + round + "-" + i))
                .toList();
        assertThat(asked)
                .map(RegistryTest::await)
                .allSatisfy(found ->
                        assertThat(found.state()).as(found.toString()).isNotIn(Fact.State.KNOWN, Fact.State.ABSENT));
    }
}
