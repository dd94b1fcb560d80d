package io.imagegate.cli.option;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackRegistryTest {

    private interface Answer {
        void to(Socket client) throws IOException;
    }

    /** Whether a server at a free port is plain; it answers one client. */
    private static boolean isPlain(ServerSocket server, Answer answer) throws Exception {
        Thread thread = new Thread(() -> {
            try (server;
                    Socket client = server.accept()) {
                answer.to(client);
            } catch (IOException alsoAnAnswer) {
                // The client sees that the connection ends.
            }
        });
        thread.start();
        boolean plain = LoopbackRegistry.isPlain("127.0.0.1:" + server.getLocalPort());
        thread.join();
        return plain;
    }

    private static ServerSocket tcp() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void aServerThatAnswersNoRecordOfTlsIsPlain() throws Exception {
        assertThat(isPlain(tcp(), client -> client.getOutputStream().write("HTTP/1.1 400 \r\n\r\n".getBytes(US_ASCII))))
                .isTrue();
        assertThat(isPlain(tcp(), client -> {})).isTrue();
        assertThat(isPlain(tcp(), client -> client.getInputStream().readAllBytes()))
                .as("one that waits for the end of the line")
                .isTrue();
    }

    @Test
    void aServerOfTlsIsNotPlainWhateverItsCertificate() throws Exception {
        ServerSocket tls =
                SSLServerSocketFactory.getDefault().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        assertThat(isPlain(tls, client -> client.getInputStream().read())).isFalse();
        assertThat(isPlain(tcp(), client -> client.getOutputStream().write(22))).isFalse();
    }

    @Test
    void aPortWhereNobodyListensIsPlain() throws Exception {
        ServerSocket closed = tcp();
        closed.close();
        assertThat(LoopbackRegistry.isPlain("localhost:" + closed.getLocalPort()))
                .isTrue();
        assertThat(LoopbackRegistry.isPlain("[::1]:" + closed.getLocalPort())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghcr.io",
                "localhost.example",
                "localhost.:5000",
                "127.0.0.1.example:5000",
                "127.0.0.999:1",
                "127.1:5000",
                "128.0.0.1:5000",
                "10.127.0.1:5000",
                "[2001:db8::1]:5000",
                "[]:5000",
                "127.0.0.1:99999",
                "my-localhost:5000",
            })
    void otherHostsAreNotAsked(String registry) {
        assertThat(LoopbackRegistry.isPlain(registry)).isFalse();
    }
}
