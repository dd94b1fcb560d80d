package io.imagegate.webhook;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The paths of every adapter, in the JDK's server, with the handler of {@link PolicyWebhook}'s Javadoc. */
class JdkPathsTest extends WebhookContractPaths {

    private static final String MARK = "X-Handled";

    @SuppressWarnings("NullAway.Init")
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        PolicyWebhook webhook = webhook();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            Answer answer = webhook.handle(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), type, exchange.getRequestBody());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set(MARK, "true");
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Override
    protected URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The JDK itself refuses a path that begins with two slashes: JDK 17 with 400, JDK 25 with 404. */
    @Override
    protected Set<Integer> refusals() {
        return Set.of(400, 404);
    }

    @Override
    protected boolean isFromAdapter(RawConnection.Response answer) {
        return answer.head().lines().anyMatch(line -> line.equalsIgnoreCase(MARK + ": true"));
    }
}
