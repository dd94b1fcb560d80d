package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("playground")
class PlaygroundCommandTest extends CommandTest {

    @Test
    @DisplayName("prints its address alone, and serves the page there, on 127.0.0.1, until it is ended")
    void serves() throws Exception {
        Thread command = new Thread(() -> run("playground"), "playground");
        command.start();
        try {
            Conditions.await("an address", () -> out.toString().endsWith("\n"));
            assertThat(out.toString()).matches("http://127\\.0\\.0\\.1:[0-9]+/\\R");
            URI url = URI.create(out.toString().strip());
            HttpClient client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.ALWAYS)
                    .build();
            HttpResponse<String> page = client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.uri().getPath()).isEqualTo("/playground");
            assertThat(page.body()).contains("</html>");
            HttpRequest decisions =
                    HttpRequest.newBuilder(url.resolve("api/decisions")).build();
            assertThat(client.send(decisions, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
        } finally {
            command.interrupt();
            command.join();
        }
    }

    @Test
    @DisplayName("ends with status 2 if the port is taken")
    void taken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("playground", "--port", Integer.toString(other.getLocalPort())))
                    .isEqualTo(2);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString())
                    .startsWith("imagegate playground: cannot listen on 127.0.0.1:" + other.getLocalPort() + ": ")
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=65536", "--port=-1", "--port=x", "--host=0.0.0.0", "policy.yaml"})
    @DisplayName("takes a port and nothing else")
    void wrong(String argument) {
        assertThat(run("playground", argument)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).hasLineCount(1);
    }
}
