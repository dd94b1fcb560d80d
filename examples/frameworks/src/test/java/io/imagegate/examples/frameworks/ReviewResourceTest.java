package io.imagegate.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

/** The program of the page. */
class ReviewResourceTest {

    private static final String POD =
            "{\"spec\":{\"containers\":[{\"image\":\"%s\"}],\"namespace\":\"shop\"},\"kind\":\"ImageReview\"}";

    @Test
    void answersBelowThePathOfItsApplication() throws Exception {
        GateSettings settings =
                GateSettings.builder().locations(List.of("prod=policy.yaml")).build();
        try (LiveGate gate = settings.open(LiveGate.builder())) {
            ResourceConfig application = new ResourceConfig()
                    .register(new ReviewResource(settings.webhook(gate.gates()).build()));
            HttpServer server =
                    JdkHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/gate/"), application);
            try {
                int port = server.getAddress().getPort();
                assertThat(post(port, "/gate/image_policy/prod?timeout=10s", POD.formatted("nginx:1.27"))
                                .body())
                        .contains("\"allowed\":true");
                HttpResponse<String> denied = post(port, "/gate/image_policy/prod", POD.formatted("nginx"));
                assertThat(denied.statusCode()).isEqualTo(200);
                assertThat(denied.headers().firstValue("Content-Type")).hasValue("application/json");
                assertThat(denied.body()).contains("\"allowed\":false", "fixed-tag");
                assertThat(post(port, "/gate/other", POD).statusCode()).isEqualTo(404);
            } finally {
                server.stop(0);
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
