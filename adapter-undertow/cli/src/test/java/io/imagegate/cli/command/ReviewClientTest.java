package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@Timeout(180)
class ReviewClientTest {

    @Test
    void anAnswerThatDoesNotEndIsNone() throws Exception {
        Duration validity = Duration.ofDays(1);
        Authority authority = Authority.create("test", TimeSource.system().instant(), validity);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(
                TlsContexts.server(authority.server(List.of(Host.parse("127.0.0.1")), validity), List.of())));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{".getBytes(US_ASCII));
            exchange.getResponseBody().flush();
        });
        server.start();
        try {
            ReviewClient client = new ReviewClient(
                    "https://127.0.0.1:" + server.getAddress().getPort() + "/validate",
                    TlsContexts.client(authority.identity().certificate()),
                    Duration.ofSeconds(5));
            assertThatThrownBy(() -> client.decide("nginx:1"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the answer takes longer than 5 s");
        } finally {
            server.stop(0);
        }
    }
}
