package io.imagegate.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imagegate.gate.LiveGate;
import io.imagegate.webhook.PolicyWebhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookServerTest {

    private static final String POD = """
            {"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": {"uid": "1", "operation": "CREATE",
             "kind": {"group": "", "version": "v1", "kind": "Pod"}, "namespace": "dev",
             "object": {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web"},
              "spec": {"containers": [{"name": "web", "image": "%s"}]}}}}
            """;

    private final LiveGate gate = LiveGate.open("policy.yaml");
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    WebhookServerTest() throws IOException {}

    @BeforeEach
    void start() {
        WebhookServer.start(server, PolicyWebhook.of(gate.gate()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        ((ExecutorService) server.getExecutor()).shutdown();
        gate.close();
    }

    @Test
    void answersReviews() throws Exception {
        assertThat(post("/validate?timeout=10s", POD.formatted("nginx:1.27")).body())
                .contains("\"allowed\":true");
        HttpResponse<String> denied = post("/validate", POD.formatted("nginx"));
        assertThat(denied.statusCode()).isEqualTo(200);
        assertThat(denied.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(denied.body()).contains("\"allowed\":false", "fixed-tag");
    }

    @Test
    void refusesOtherRequests() throws Exception {
        assertThat(post("/other", "{}").statusCode()).isEqualTo(404);
        assertThat(post("/validate", "x".repeat((8 << 20) + 1)).body())
                .contains("\"allowed\":false", "review too large");
    }

    private HttpResponse<String> post(String target, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
