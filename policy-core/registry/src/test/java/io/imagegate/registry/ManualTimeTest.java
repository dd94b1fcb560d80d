package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.tls.FollowedFiles;
import io.imagegate.time.ManualTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A clock that the test moves drives time-outs, retries, expiry and following; the limits here are hours. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ManualTimeTest extends RegistryTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final ManualTime time = new ManualTime("2026-11-26T00:00:00Z");
    private final FakeRegistry registry = plain();
    private final Registries registries = closing(Registries.builder(ImageRegistries.builder()
                    .limits(RegistryLimits.builder()
                            .timeout(Duration.ofMinutes(2))
                            .build())
                    .cache(CachePeriods.NONE
                            .withTags(LONG)
                            .withVerified(LONG)
                            .withAbsent(LONG)
                            .withStaleOnError(LONG))
                    .add(plainEntry(registry).build())
                    .build())
            .time(time)
            .build());

    private CompletableFuture<Fact<Digest>> ask() {
        return registries.digest(image(registry, "a:1"));
    }

    private void untilAsked(int times) throws InterruptedException {
        while (registry.count("/v2/a/manifests/1") < times) {
            Thread.sleep(1);
        }
    }

    /** A flight has two timers; the third is the pause before it asks again. */
    private void untilPaused() throws InterruptedException {
        while (time.timers() < 3) {
            Thread.sleep(1);
        }
    }

    @Test
    @DisplayName("a flight ends after its time")
    void timeOut() throws InterruptedException {
        registry.at("/v2/a/manifests/1", registry.hang());
        CompletableFuture<Fact<Digest>> asked = ask();
        untilAsked(1);
        time.pass(Duration.ofSeconds(2));
        // A slow flight asks the host whether it is up.
        while (registry.count("/v2/") < 1 || time.timers() > 1) {
            Thread.sleep(1);
        }
        time.pass(Duration.ofSeconds(117));
        assertThat(asked).isNotDone();
        time.pass(Duration.ofSeconds(1));
        assertThat(await(asked).reason()).contains("did not finish within 120000 ms");
        assertThat(time.timers()).isZero();
    }

    @Test
    @DisplayName("a request that failed for a moment is sent again after a pause, and not before")
    void retry() throws InterruptedException {
        AtomicInteger times = new AtomicInteger();
        registry.manifest("a", "1", MediaTypes.OCI_MANIFEST, imageManifest(DIGEST, 1));
        FakeRegistry.Answer good = registry.answer("/v2/a/manifests/1");
        registry.at(
                "/v2/a/manifests/1",
                exchange -> (times.incrementAndGet() == 1 ? FakeRegistry.status(503) : good).to(exchange));
        CompletableFuture<Fact<Digest>> asked = ask();
        untilPaused();
        assertThat(registry.count("/v2/a/manifests/1")).isEqualTo(1);
        time.pass(Duration.ofSeconds(2));
        assertThat(await(asked).state()).isEqualTo(Fact.State.KNOWN);
        assertThat(registry.count("/v2/a/manifests/1")).isEqualTo(2);
    }

    @Test
    @DisplayName("429 is undecidable, is repeated if that is soon, and leaves the host alone for as long as it asks")
    void tooManyRequests() throws InterruptedException {
        registry.at("/v2/a/manifests/1", FakeRegistry.status(429, "Retry-After", "1"));
        CompletableFuture<Fact<Digest>> asked = ask();
        untilPaused();
        assertThat(registry.count("/v2/a/manifests/1")).isEqualTo(1);
        time.pass(Duration.ofSeconds(1));
        assertThat(await(asked).state()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(await(asked).reason()).contains("429");
        assertThat(registry.count("/v2/a/manifests/1")).isEqualTo(2);
        ImageReference other = image(registry, "b:1");
        assertThat(await(registries.digest(other)).reason()).contains("asked to wait");
        assertThat(registry.count("/v2/b/manifests/1")).isZero();
        time.pass(Duration.ofSeconds(1));
        assertThat(await(registries.digest(other)).state()).isEqualTo(Fact.State.ABSENT);
    }

    @Test
    @DisplayName("what a tag names is asked again when the kept answer has expired")
    void expiry() {
        registry.manifest("a", "1", MediaTypes.OCI_MANIFEST, imageManifest(DIGEST, 1));
        assertThat(await(ask()).state()).isEqualTo(Fact.State.KNOWN);
        time.pass(LONG.minusSeconds(1));
        assertThat(await(ask()).isCached()).isTrue();
        time.pass(Duration.ofSeconds(2));
        assertThat(await(ask()).isCached()).isFalse();
        assertThat(registry.count("/v2/a/manifests/1")).isEqualTo(2);
    }

    @Test
    @DisplayName("a file that changes is read when time passes")
    void following(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "a");
        try (FollowedFiles<String> followed = FollowedFiles.open(
                List.of(file), contents -> new String(contents.get(0), StandardCharsets.UTF_8), Runnable::run, time)) {
            Files.writeString(file, "b");
            assertThat(followed.current()).isEqualTo("a");
            time.pass(FollowedFiles.INTERVAL);
            assertThat(followed.current()).isEqualTo("b");
            Files.delete(file);
            time.pass(LONG);
            assertThat(followed.current()).isEqualTo("b");
        }
        assertThat(time.timers()).isZero();
    }
}
