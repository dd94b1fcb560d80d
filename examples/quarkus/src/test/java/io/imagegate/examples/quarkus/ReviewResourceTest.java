package io.imagegate.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
@QuarkusTest
class ReviewResourceTest {

    private static final String POD = """
            {"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": {"uid": "1", "operation": "CREATE",
             "kind": {"group": "", "version": "v1", "kind": "Pod"}, "namespace": "shop",
             "object": {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web"},
              "spec": {"containers": [{"name": "web", "image": "%s"}]}}}}
            """;

    @TestHTTPResource
    URI service = URI.create("http://127.0.0.1/");

    @Test
    void answersReviews() throws Exception {
        assertThat(post("validate?timeout=10s", POD.formatted("nginx:1.27")).body())
                .contains("\"allowed\":true");
        HttpResponse<String> denied = post("validate", POD.formatted("nginx"));
        assertThat(denied.statusCode()).isEqualTo(200);
        assertThat(denied.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(denied.body()).contains("\"allowed\":false", "fixed-tag");
    }

    @Test
    void deniesWhatItCannotReview() throws Exception {
        assertThat(post("image_policy", "{").body()).contains("\"allowed\":false");
        assertThat(post("validate", "x".repeat((8 << 20) + 1)).body()).contains("\"allowed\":false", "too large");
        assertThat(post("other", POD).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> post(String target, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/" + target))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
