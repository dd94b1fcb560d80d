package io.imagegate.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Traces of reviews, as OpenTelemetry gets them. */
@Tag("slow")
class TracesTest {

    private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();

    /** Of this application alone: no component, which applications of other tests would find. */
    static class Exported {

        @Bean
        SpanProcessor spansInMemory() {
            return SimpleSpanProcessor.create(SPANS);
        }
    }

    @Test
    void oneSpanForEachDecisionAndLookup(@TempDir Path folder) throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: content}
                spec:
                  signers: {release: {keys: [{file: release.pub}]}}
                  rules:
                    - {name: signed, signature: {by: [$release]}}
                """);
        Files.writeString(folder.resolve("release.pub"), PemFiles.publicKey());
        Path registries = Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: r}
                spec: {registries: [{host: "127.0.0.1:1", plainHttp: true}]}
                """);
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(ReviewService.class, Exported.class)
                .run(
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--server.ssl.enabled=false",
                        "--spring.main.banner-mode=off",
                        "--spring.ssl.bundle.pem.webhook.keystore.certificate=",
                        "--spring.ssl.bundle.pem.webhook.keystore.private-key=",
                        "--management.tracing.sampling.probability=1.0",
                        "--imagegate.policy=" + policy,
                        "--imagegate.registries=" + registries)) {
            URI address = URI.create(
                    "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + "/image_policy");
            HttpResponse<String> denied = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("""
                                            {"spec": {"containers": [{"image": "127.0.0.1:1/client-chose-this:1"}]}}"""))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(denied.body()).contains("\"allowed\":false", "signed");

            SpanData request = span("http post");
            SpanData decision = span("imagegate.decision");
            SpanData verification = span("imagegate.verification");
            assertThat(decision.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(verification.getParentSpanId()).isEqualTo(decision.getSpanId());
            assertThat(attributes(decision)).contains("policy.set=default", "outcome=denied");
            assertThat(attributes(verification)).contains("registry=127.0.0.1:1", "outcome=unavailable");
            assertThat(decision.getEvents()).extracting(EventData::getName).containsExactly("denied content/signed");
            assertThat(decision.toString() + verification).doesNotContain("client-chose-this");
        }
    }

    private static List<String> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .map(attribute -> name(attribute.getKey()) + "=" + attribute.getValue())
                .collect(Collectors.toList());
    }

    private static String name(AttributeKey<?> key) {
        return key.getKey();
    }

    /** The request's own span may end after its answer was read. */
    private static SpanData span(String name) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            for (SpanData span : SPANS.getFinishedSpanItems()) {
                if (span.getName().startsWith(name)) {
                    return span;
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError(name + " is none of " + SPANS.getFinishedSpanItems());
    }
}
