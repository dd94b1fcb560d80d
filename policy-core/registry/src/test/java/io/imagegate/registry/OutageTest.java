package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.gate.RegistryHost;
import io.imagegate.gate.RegistryHost.State;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.MediaTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An outage is proved by the host: whoever writes a pod or pushes an image cannot make one. */
@Tag("full")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Execution(ExecutionMode.CONCURRENT)
class OutageTest extends RegistryTest {

    private FakeRegistry registry;
    private Registries registries;

    @BeforeEach
    void start() {
        registry = plain();
        registries = open(registry);
    }

    private Fact.State digest(String path) {
        return await(registries.digest(image(registry, path))).state();
    }

    @Test
    @DisplayName("a host that refuses connections is unavailable")
    void noConnection() {
        registry.close();
        Fact<Digest> found = await(registries.digest(image(registry, "a/b")));
        assertThat(found.state()).isEqualTo(Fact.State.UNAVAILABLE);
        assertThat(found.reason()).contains("is down", registry.host());
        assertThat(host().state()).isEqualTo(State.DOWN);
        assertThat(host().since().orElseThrow()).isBeforeOrEqualTo(Instant.now());
    }

    private RegistryHost host() {
        assertThat(registries.hosts()).hasSize(1);
        return registries.hosts().get(0);
    }

    @Test
    @DisplayName("5xx is unavailable if /v2/ gives it as well, and undecidable if only the image does")
    void serverErrors() {
        registry.at("/v2/a/b/manifests/latest", FakeRegistry.status(503));
        assertThat(host()).isEqualTo(new RegistryHost(registry.host(), State.UNUSED, Optional.empty()));
        assertThat(digest("a/b")).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(host()).isEqualTo(new RegistryHost(registry.host(), State.ANSWERS, Optional.empty()));
        assertThat(registry.count("/v2/a/b/manifests/latest")).as("one retry").isEqualTo(2);
        registry.at("/v2/", FakeRegistry.status(503));
        assertThat(digest("a/b")).isEqualTo(Fact.State.UNAVAILABLE);
        assertThat(digest("c/d")).as("without a request").isEqualTo(Fact.State.UNAVAILABLE);
        assertThat(registry.count("/v2/c/d/manifests/latest")).isZero();
    }

    @Test
    @DisplayName("a failure that passes is repeated, and not seen")
    void retry() {
        Digest digest = registry.manifest("a/b", "latest", MediaTypes.OCI_INDEX, "{\"manifests\":[]}");
        FakeRegistry.Answer good = FakeRegistry.status(200, "Docker-Content-Digest", digest.toString());
        FakeRegistry.Answer bad = FakeRegistry.status(502);
        registry.at("/v2/a/b/manifests/latest", exchange -> {
            registry.at("/v2/a/b/manifests/latest", good);
            bad.to(exchange);
        });
        assertThat(digest("a/b")).isEqualTo(Fact.State.KNOWN);
    }

    @Test
    @DisplayName("a host that hangs is unavailable before the flight ends; one image that hangs is undecidable")
    void hanging() {
        registries = open(SHORT, plainEntry(registry).build());
        registry.at("/v2/a/b/manifests/latest", registry.hang());
        assertThat(digest("a/b")).isEqualTo(Fact.State.UNDECIDABLE);
        registry.at("/v2/", registry.hang());
        assertThat(digest("a/b")).isEqualTo(Fact.State.UNAVAILABLE);
    }

    @Test
    @DisplayName("a host that came back is asked again after five seconds")
    void recovery() throws InterruptedException {
        registry.at("/v2/", FakeRegistry.status(500)).at("/v2/a/b/manifests/latest", FakeRegistry.status(500));
        long begin = System.nanoTime();
        assertThat(digest("a/b")).isEqualTo(Fact.State.UNAVAILABLE);
        Instant since = host().since().orElseThrow();
        registry.at("/v2/", FakeRegistry.status(401));
        registry.manifest("a/b", "latest", MediaTypes.OCI_INDEX, "{\"manifests\":[]}");
        assertThat(digest("a/b")).isEqualTo(Fact.State.UNAVAILABLE);
        assertThat(host().since()).contains(since);
        while (digest("a/b") == Fact.State.UNAVAILABLE) {
            Thread.sleep(100);
        }
        assertThat(digest("a/b")).isEqualTo(Fact.State.KNOWN);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(4));
        assertThat(host().state()).isEqualTo(State.ANSWERS);
    }

    @Test
    @DisplayName("a host that limits requests is neither down nor unused")
    void limited() {
        registry.at("/v2/a/b/manifests/latest", FakeRegistry.status(429, "Retry-After", "60"));
        assertThat(registries.limited()).isEqualTo(Map.of(registry.host(), false));
        assertThat(digest("a/b")).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(registries.limited()).isEqualTo(Map.of(registry.host(), true));
        assertThat(host()).isEqualTo(new RegistryHost(registry.host(), State.LIMITED, Optional.empty()));
    }

    @Test
    @DisplayName("401 and 403 are undecidable, and say what to add")
    void refused() {
        for (int status : new int[] {401, 403}) {
            registry.at("/v2/a/b/manifests/" + status, FakeRegistry.status(status));
            Fact<Digest> found = await(registries.digest(image(registry, "a/b:" + status)));
            assertThat(found.state()).isEqualTo(Fact.State.UNDECIDABLE);
            assertThat(found.reason()).contains(String.valueOf(status));
        }
    }

    @Test
    @DisplayName("a host that no entry names is undecidable without a request, and the reason says what to add")
    void unnamed() {
        FakeRegistry other = plain();
        Fact<Digest> found = await(registries.digest(image(other, "a/b")));
        assertThat(found.state()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(found.reason()).contains(other.host(), "add {host:");
        assertThat(other.received()).isEmpty();
    }

    @Test
    @DisplayName("a host that a pod invents under a pattern is undecidable")
    void invented() {
        Registries patterns = open(RegistryEntry.builder("*.registry.invalid").build());
        for (int i = 0; i < 3; i++) {
            ImageReference image = ImageReference.parse("x" + i + ".registry.invalid/a/b");
            assertThat(await(patterns.digest(image)).state()).isEqualTo(Fact.State.UNDECIDABLE);
        }
    }

    @Test
    @DisplayName("thousands of names that hang are undecidable, and others are answered meanwhile")
    void thousandsOfNames() {
        FakeRegistry calm = plain();
        calm.manifest("a/b", "latest", MediaTypes.OCI_INDEX, "{\"manifests\":[]}");
        Registries both =
                open(SHORT, plainEntry(registry).build(), plainEntry(calm).build());
        IntStream.range(0, 2_000).forEach(i -> registry.at("/v2/a/b/manifests/" + i, registry.hang()));
        List<CompletableFuture<Fact<Digest>>> hanging = IntStream.range(0, 2_000)
                .mapToObj(i -> both.digest(image(registry, "a/b:" + i)))
                .toList();
        assertThat(both.flights()).isLessThanOrEqualTo(8);
        assertThat(both.waiting()).isLessThanOrEqualTo(512);
        assertThat(await(both.digest(image(calm, "a/b"))).state()).isEqualTo(Fact.State.KNOWN);
        assertThat(hanging).as("others still hang").anyMatch(future -> !future.isDone());
        assertThat(hanging)
                .allSatisfy(future -> assertThat(await(future).state()).isEqualTo(Fact.State.UNDECIDABLE));
        assertThat(both.flights()).isZero();
        assertThat(both.waiting()).isZero();
    }

    @Test
    @DisplayName("fifty pods of one new image are one look-up")
    void oneFlight() {
        registry.manifest("a/b", "latest", MediaTypes.OCI_INDEX, "{\"manifests\":[]}");
        List<CompletableFuture<Fact<Digest>>> all = IntStream.range(0, 50)
                .mapToObj(i -> registries.digest(image(registry, "a/b")))
                .toList();
        assertThat(all.get(0).cancel(true)).isIn(true, false);
        assertThat(all.subList(1, 50))
                .allSatisfy(future -> assertThat(await(future).state()).isEqualTo(Fact.State.KNOWN));
        assertThat(registry.received()).hasSize(1);
    }

    @Test
    @DisplayName("closing ends look-ups; later ones are undecidable")
    void closing() {
        IntStream.range(0, 20).forEach(i -> registry.at("/v2/a/b/manifests/" + i, registry.hang()));
        List<CompletableFuture<Fact<Digest>>> open = IntStream.range(0, 20)
                .mapToObj(i -> registries.digest(image(registry, "a/b:" + i)))
                .toList();
        assertThat(registries.waiting()).isEqualTo(12);
        registries.close();
        assertThat(open).allSatisfy(future -> assertThat(await(future).state()).isEqualTo(Fact.State.UNDECIDABLE));
        assertThat(digest("a/b")).isEqualTo(Fact.State.UNDECIDABLE);
    }
}
