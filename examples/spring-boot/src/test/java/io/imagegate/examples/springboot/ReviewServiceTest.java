package io.imagegate.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.gate.LiveGate;
import io.imagegate.review.ImageReview;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class ReviewServiceTest {

    private ConfigurableApplicationContext service;
    private HttpClient client;
    private String base;

    @TempDir
    private static Path folder;

    @BeforeAll
    void start() throws Exception {
        PemFiles pem = PemFiles.create(folder);
        service = start(pem);
        base = "https://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
        client = HttpClient.newBuilder().sslContext(pem.trusting()).build();
    }

    private static ConfigurableApplicationContext start(PemFiles pem, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.ssl.bundle.pem.webhook.keystore.certificate=file:" + pem.certificate(),
                "--spring.ssl.bundle.pem.webhook.keystore.private-key=file:" + pem.key()));
        arguments.addAll(List.of(settings));
        return new SpringApplicationBuilder(ReviewService.class).run(arguments.toArray(String[]::new));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void answersReviews() throws Exception {
        assertThat(review("nginx:1.17.1").body()).contains("\"allowed\":true");
        assertThat(review("nginx").body()).contains("\"allowed\":false", "fixed-tag");
        assertThat(review("quay.io/acme/api:1").body()).contains("\"allowed\":false", "trusted-registry");
    }

    @Test
    void answersAdmissionReviews() throws Exception {
        String review = """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
                  "uid": "705ab4f5-6393-11e8-b7cc-42010a800002", "operation": "CREATE", "namespace": "default",
                  "kind": {"group": "", "version": "v1", "kind": "Pod"},
                  "object": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
                    "spec": {"containers": [{"name": "web", "image": "nginx"}]}}}}
                """;
        assertThat(post("/validate", review).body())
                .contains("705ab4f5-6393-11e8-b7cc-42010a800002", "\"allowed\":false", "fixed-tag");
    }

    @Test
    void refusesWhatIsNoReview() throws Exception {
        HttpResponse<String> response = get("/image_policy");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.body()).contains("\"kind\":\"Status\"");
        assertThat(post("/image_policy", "{").body()).contains("\"allowed\":false", "malformed");
    }

    /** A registry at which nobody listens: it is asked, so both providers were found. */
    @Test
    void asksRegistriesAndVerifiesSignatures(@TempDir Path other) throws Exception {
        Path policy = Files.writeString(other.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: content}
                spec:
                  signers: {release: {keys: [{file: release.pub}]}}
                  rules:
                    - {name: there, image: {exists: true}}
                    - {name: signed, signature: {by: [$release]}}
                """);
        Files.writeString(other.resolve("release.pub"), PemFiles.publicKey());
        Path registries = Files.writeString(other.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: r}
                spec: {registries: [{host: "127.0.0.1:1", plainHttp: true}]}
                """);
        try (ConfigurableApplicationContext context =
                start(PemFiles.create(other), "--imagegate.policy=" + policy, "--imagegate.registries=" + registries)) {
            LiveGate gate = context.getBean(LiveGate.class);
            assertThat(gate.state().problem()).isEmpty();
            assertThat(gate.state().registries()).isPresent();
            assertThat(gate.decide(ImageReview.of("127.0.0.1:1/api:1")).reason())
                    .contains("violates rule \"there\"", "violates rule \"signed\"", "127.0.0.1:1");
        }
    }

    @Test
    void showsHealthMetricsAndPolicies() throws Exception {
        assertThat(get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get("/actuator/imagegate").body()).contains("\"production\"", "registries.yaml");
        review("nginx");
        assertThat(get("/actuator/metrics/imagegate.reviews").body()).contains("\"denied\"");
        assertThat(get("/other").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> review(String image) throws IOException, InterruptedException {
        return post("/image_policy", "{\"spec\":{\"containers\":[{\"image\":\"" + image + "\"}]}}");
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
    }
}
