package io.imagegate.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.webhook.PolicyWebhook;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The program of the page. */
@Tag("full")
class MicronautWebhookTest {

    private static final String POD =
            "{\"spec\":{\"containers\":[{\"image\":\"%s\"}],\"namespace\":\"shop\"},\"kind\":\"ImageReview\"}";

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
                int port = context.getBean(EmbeddedServer.class).start().getPort();
                assertThat(post(port, "/gate/image_policy/prod?timeout=10s", POD.formatted("nginx:1.27"))
                                .body())
                        .contains("\"allowed\":true");
                HttpResponse<String> denied = post(port, "/gate/image_policy/prod", POD.formatted("nginx"));
                assertThat(denied.statusCode()).isEqualTo(200);
                assertThat(denied.headers().firstValue("Content-Type")).hasValue("application/json");
                assertThat(denied.body()).contains("\"allowed\":false", "fixed-tag");
                assertThat(post(port, "/gate/other", POD).statusCode()).isEqualTo(404);
            }
        }
    }

    private static HttpResponse<String> post(int port, String target, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
