package io.imagegate.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import io.imagegate.gate.LiveGate;
import io.imagegate.webhook.PolicyWebhook;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VertxWebhookTest {

    private static final String POD = """
            {"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": {"uid": "1", "operation": "CREATE",
             "kind": {"group": "", "version": "v1", "kind": "Pod"}, "namespace": "shop",
             "object": {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web"},
              "spec": {"containers": [{"name": "web", "image": "%s"}]}}}}
            """;

    @Test
    void answersReviews() throws Exception {
        int port = FreePort.find();
        HttpServerOptions options =
                new HttpServerOptions().setHost("127.0.0.1").setPort(port).setIdleTimeout(10);
        Vertx vertx = Vertx.vertx();
        try (LiveGate gate = LiveGate.open("policy.yaml")) {
            vertx.deployVerticle(new VertxWebhook(PolicyWebhook.of(gate.gate()), options))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            assertThat(WebhookClient.post(port, "/validate?timeout=10s", POD.formatted("nginx:1.27"))
                            .body())
                    .contains("\"allowed\":true");
            WebhookClient.expectDenial(WebhookClient.post(port, "/validate", POD.formatted("nginx")));
            assertThat(WebhookClient.post(port, "/other", POD).statusCode()).isEqualTo(404);
            HttpResponse<String> large = WebhookClient.post(port, "/validate", "x".repeat(9 << 20));
            assertThat(large.statusCode()).isEqualTo(200);
            assertThat(large.body()).contains("\"allowed\":false", "too large");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }
}
