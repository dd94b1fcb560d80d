package io.imagegate.examples.frameworks;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.imagegate.webhook.Mishap;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.WebhookContract;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract of every adapter, in Jersey on the server of the JDK. */
@Tag("full")
class JakartaRestContractTest extends WebhookContract {

    private static final Map<String, PolicyWebhook> MISHAPS =
            Mishap.all().stream().collect(Collectors.toMap(Mishap::path, Mishap::webhook));

    private static final PolicyWebhook WEBHOOK = WebhookContract.webhook();

    /** More than ask at once: a connection beyond them may be reset. */
    private static final int BACKLOG = 500;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @SuppressWarnings("NullAway.Init")
    private static HttpServer server;

    @BeforeAll
    static void start() throws IOException {
        ResourceConfig application =
                new ResourceConfig().register(new ReviewResource(path -> MISHAPS.getOrDefault(path, WEBHOOK)));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(THREADS);
        server.createContext("/gate/", RuntimeDelegate.getInstance().createEndpoint(application, HttpHandler.class));
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        THREADS.shutdownNow();
    }

    /** The server of the JDK itself refuses some paths. */
    @Override
    protected Set<Integer> refusals() {
        return Set.of(400, 404);
    }

    @Override
    protected URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/gate");
    }
}
