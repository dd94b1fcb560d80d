package io.imagegate.examples.frameworks;

import io.imagegate.webhook.Mishap;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.WebhookContract;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The contract of every adapter, in Micronaut. */
@Tag("full")
class MicronautContractTest extends WebhookContract {

    private static final Map<String, PolicyWebhook> MISHAPS =
            Mishap.all().stream().collect(Collectors.toMap(Mishap::path, Mishap::webhook));

    private static final PolicyWebhook WEBHOOK = WebhookContract.webhook();

    private static final EmbeddedServer SERVER = server();

    private static EmbeddedServer server() {
        MicronautWebhook.Webhooks webhooks = path -> MISHAPS.getOrDefault(path, WEBHOOK);
        ApplicationContext context = ApplicationContext.builder()
                .properties(Map.of(
                        "micronaut.server.port", -1,
                        "micronaut.server.host", "127.0.0.1",
                        "micronaut.server.max-request-size", "10GB"))
                .singletons(webhooks)
                .start();
        return context.getBean(EmbeddedServer.class).start();
    }

    @AfterAll
    static void stop() {
        SERVER.getApplicationContext().close();
    }

    /** Micronaut itself refuses some paths. */
    @Override
    protected Set<Integer> refusals() {
        return Set.of(400, 404);
    }

    @Override
    protected URI base() {
        return URI.create("http://127.0.0.1:" + SERVER.getPort() + MicronautWebhook.PREFIX);
    }
}
