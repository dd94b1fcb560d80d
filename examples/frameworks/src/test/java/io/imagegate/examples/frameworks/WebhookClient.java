package io.imagegate.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends reviews to a service on this machine. */
final class WebhookClient {

    private static final String POD =
            "{\"spec\":{\"containers\":[{\"image\":\"%s\"}],\"namespace\":\"shop\"},\"kind\":\"ImageReview\"}";

    private WebhookClient() {}

    static HttpResponse<String> post(int port, String target, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    /** ImageReviews below {@code /gate} are decided by the policies named {@code prod}, of policy.yaml. */
    static void expectAnswersBelowGate(int port) throws Exception {
        assertThat(post(port, "/gate/image_policy/prod?timeout=10s", POD.formatted("nginx:1.27"))
                        .body())
                .contains("\"allowed\":true");
        expectDenial(post(port, "/gate/image_policy/prod", POD.formatted("nginx")));
        assertThat(post(port, "/gate/other", POD).statusCode()).isEqualTo(404);
    }

    static void expectDenial(HttpResponse<String> denied) {
        assertThat(denied.statusCode()).isEqualTo(200);
        assertThat(denied.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(denied.body()).contains("\"allowed\":false", "fixed-tag");
    }
}
