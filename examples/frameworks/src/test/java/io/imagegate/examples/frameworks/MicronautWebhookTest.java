package io.imagegate.examples.frameworks;

import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.webhook.PolicyWebhook;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The program of the page. */
@Tag("full")
class MicronautWebhookTest {

    @Test
    void answersBelowItsPrefix() throws Exception {
        GateSettings settings =
                GateSettings.builder().locations(List.of("prod=policy.yaml")).build();
        try (LiveGate gate = settings.open(LiveGate.builder())) {
            PolicyWebhook webhook = settings.webhook(gate).build();
            MicronautWebhook.Webhooks webhooks = path -> webhook;
            try (ApplicationContext context = ApplicationContext.builder()
                    .properties(Map.of("micronaut.server.port", -1, "micronaut.server.host", "127.0.0.1"))
                    .singletons(webhooks)
                    .start()) {
                WebhookClient.expectAnswersBelowGate(
                        context.getBean(EmbeddedServer.class).start().getPort());
            }
        }
    }
}
