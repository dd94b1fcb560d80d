package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.gate.RegistryHost;
import io.imagegate.gate.RegistryHost.State;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.http.ConfiguredClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever owns a name under a pattern could make the outage of its host. */
class PatternOutageTest extends RegistryTest {

    private final FakeRegistry registry = plain();

    /** Asks the registry on loopback in place of every other. */
    private final class Redirecting extends ConfiguredClient {

        @Override
        public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
            throw new AssertionError("no thread waits");
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, HttpResponse.BodyHandler<T> handler) {
            URI uri = URI.create("http://" + registry.host() + request.uri().getRawPath());
            return client.sendAsync(
                    HttpRequest.newBuilder(request, (name, value) -> true)
                            .uri(uri)
                            .build(),
                    handler);
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushed) {
            throw new AssertionError("no push");
        }
    }

    private Registries open(String host) {
        return closing(Registries.builder(ImageRegistries.builder()
                        .add(RegistryEntry.builder(host).build())
                        .build())
                .client(new Redirecting())
                .build());
    }

    private static Fact<Digest> digest(Registries registries, String path) {
        return await(registries.digest(ImageReference.parse("acme.azurecr.io/" + path)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"acme.azurecr.io, UNAVAILABLE", "*.azurecr.io, UNDECIDABLE", "*.io, UNDECIDABLE"})
    @DisplayName("a host that a pattern names never counts as down, also after it has answered; one named exactly does")
    void answeredBefore(String host, Fact.State expected) {
        registry.manifest("a/b", "latest", MediaTypes.OCI_INDEX, "{\"manifests\":[]}");
        Registries registries = open(host);
        assertThat(digest(registries, "a/b").state()).isEqualTo(Fact.State.KNOWN);
        registry.at("/v2/", FakeRegistry.status(503)).at("/v2/c/d/manifests/latest", FakeRegistry.status(503));
        Fact<Digest> found = digest(registries, "c/d");
        assertThat(found.state()).as(found.reason()).isEqualTo(expected);
        assertThat(found.reason()).contains("acme.azurecr.io is down: it answered 503 for /v2/");
        assertThat(digest(registries, "e/f").state()).as("without a request").isEqualTo(expected);
        assertThat(registry.count("/v2/e/f/manifests/latest")).isZero();
    }

    @Test
    @DisplayName("a pattern stands for itself until a host under it is asked, and 1,000 hosts at most are shown")
    void hosts() {
        Registries registries = open("*.azurecr.io");
        assertThat(registries.hosts())
                .containsExactly(new RegistryHost("*.azurecr.io", State.UNUSED, Optional.empty()));
        registry.manifest("a/b", "latest", MediaTypes.OCI_INDEX, "{\"manifests\":[]}");
        assertThat(digest(registries, "a/b").state()).isEqualTo(Fact.State.KNOWN);
        assertThat(registries.hosts())
                .containsExactly(new RegistryHost("acme.azurecr.io", State.ANSWERS, Optional.empty()));

        ImageRegistries.Builder many = ImageRegistries.builder();
        IntStream.range(0, 1_100)
                .forEach(i ->
                        many.add(RegistryEntry.builder("r" + i + ".example").build()));
        assertThat(closing(Registries.of(many.build())).hosts()).hasSize(1_000);
    }

    @Test
    @DisplayName("the reason says how to have it count")
    void reason() {
        registry.at("/v2/", FakeRegistry.status(503)).at("/v2/a/b/manifests/latest", FakeRegistry.status(503));
        assertThat(digest(open("*.azurecr.io"), "a/b").reason())
                .isEqualTo(
                        "acme.azurecr.io is down: it answered 503 for /v2/, which counts as an outage only if an entry names"
                                + " the host exactly, not as *.azurecr.io");
    }
}
