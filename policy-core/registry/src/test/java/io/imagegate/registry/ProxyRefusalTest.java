package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proxy that opens no tunnel to a registry. */
class ProxyRefusalTest extends RegistryTest {

    @ParameterizedTest
    @CsvSource({"403, UNDECIDABLE", "429, UNDECIDABLE", "502, UNAVAILABLE", "504, UNAVAILABLE"})
    @DisplayName(
            "one that refuses it, or limits requests, proves no outage of the registry; one that cannot reach it does")
    void status(int status, Fact.State expected) throws IOException {
        ServerSocket proxy = closing(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(() -> serve(proxy, status));
        thread.setDaemon(true);
        thread.start();
        Registries registries = closing(Registries.of(ImageRegistries.builder()
                .add(RegistryEntry.builder("registry.example").build())
                .proxy(URI.create("http://127.0.0.1:" + proxy.getLocalPort()), List.of())
                .build()));
        Fact<Digest> found = await(registries.digest(ImageReference.parse("registry.example/a")));
        assertThat(found.state()).as(found.reason()).isEqualTo(expected);
        assertThat(found.reason()).contains("registry.example", String.valueOf(status));
    }

    private static void serve(ServerSocket proxy, int status) {
        while (!proxy.isClosed()) {
            try (Socket client = proxy.accept()) {
                readHead(client.getInputStream());
                client.getOutputStream()
                        .write(("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // the connection or the proxy has ended
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0 && head.indexOf("\r\n\r\n") < 0; next = in.read()) {
            head.append((char) next);
            if (head.indexOf("\r\n\r\n") >= 0) {
                return;
            }
        }
    }
}
