package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.time.ManualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a policy asks for. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FactSearchTest extends RegistryTest {

    private static final Digest IMAGE =
            Digest.parse("sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5");
    private static final Digest INDEX =
            Digest.parse("sha256:b926ecc4d275ccc87fc3a39b818ee545101dfd8654ea3a8da69ff6e359678a8c");

    private final FakeRegistry registry = closing(Recording.serve("zot"));
    private final Registries registries = open(plainEntry(registry).build());
    private final ImageReference index = image(registry, "acme/index:1.0.0");
    private final ImageReference hung = image(registry, "acme/key:hung");
    private final ImageReference absent = image(registry, "acme/key:2");

    private Map<ImageReference, ImageFacts> find(Duration limit, Map<ImageReference, Set<Need<?>>> needs) {
        return registries.find(needs, limit).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static ImageFacts of(Map<ImageReference, ImageFacts> facts, ImageReference image) {
        return Objects.requireNonNull(facts.get(image));
    }

    @Test
    @DisplayName("what is wanted of each image is found, and nothing else is asked")
    void found() {
        Map<ImageReference, ImageFacts> facts = find(
                Duration.ofSeconds(10),
                Map.of(index, Set.of(Need.METADATA), absent, Set.of(Need.DIGEST, Need.METADATA)));
        ImageFacts known = of(facts, index);
        assertThat(known.digest().value()).contains(INDEX);
        assertThat(known.metadata().value().orElseThrow().contents())
                .containsExactlyInAnyOrder(
                        INDEX,
                        IMAGE,
                        Digest.parse("sha256:2a24e235431c70b6150a4e10febad150b35b0a1c72461d4f5aba95efc4721dda"));
        assertThat(of(facts, absent).digest().state()).isEqualTo(Fact.State.ABSENT);
        assertThat(of(facts, absent).metadata().state()).isEqualTo(Fact.State.ABSENT);
        find(Duration.ofMinutes(2), Map.of(image(registry, "acme/none:1.0.0"), Set.of(Need.DIGEST)));
        assertThat(registry.received())
                .filteredOn(request -> request.path().contains("acme/none"))
                .hasSize(1);
    }

    @Test
    @DisplayName("facts are marked as cached if no part of them needed a request")
    void cached() {
        Set<Need<?>> all = Set.of(Need.DIGEST, Need.METADATA);
        ImageFacts first = of(find(Duration.ofMinutes(2), Map.of(index, all)), index);
        assertThat(first.digest().isCached()).isFalse();
        assertThat(first.metadata().isCached()).isFalse();
        ImageFacts second = of(find(Duration.ofMinutes(2), Map.of(index, all)), index);
        assertThat(second.digest().isCached()).isTrue();
        assertThat(second.metadata().isCached()).isTrue();
        ImageReference byDigest = index.withDigest(INDEX);
        ImageFacts partly = of(find(Duration.ofMinutes(2), Map.of(byDigest, all)), byDigest);
        assertThat(partly.digest().isCached())
                .as("a digest that was not asked for before")
                .isFalse();
        assertThat(partly.metadata().isCached()).isTrue();
        assertThat(of(find(Duration.ofMinutes(2), Map.of(absent, all)), absent)
                        .metadata()
                        .isCached())
                .isFalse();
        assertThat(of(find(Duration.ofMinutes(2), Map.of(absent, all)), absent)
                        .metadata()
                        .isCached())
                .isTrue();
    }

    @Test
    @DisplayName("before the limit is over, what hangs is undecidable and the rest is known")
    void limit() {
        registry.at("/v2/acme/key/manifests/hung", registry.hang());
        ManualTime time = new ManualTime("2026-11-26T00:00:00Z");
        Registries timed = closing(Registries.builder(ImageRegistries.builder()
                        .add(plainEntry(registry).build())
                        .build())
                .time(time)
                .build());
        assertThat(await(timed.digest(index)).value()).contains(INDEX);
        CompletableFuture<Map<ImageReference, ImageFacts>> found =
                timed.find(Map.of(hung, Set.of(Need.METADATA), index, Set.of(Need.DIGEST)), Duration.ofSeconds(1));
        time.pass(Duration.ofMillis(899));
        assertThat(found).isNotDone();
        time.pass(Duration.ofMillis(1));
        Map<ImageReference, ImageFacts> facts = found.join();
        assertThat(of(facts, hung).metadata().state()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(of(facts, hung).digest().reason()).contains("did not answer within 900 ms");
        assertThat(of(facts, index).digest().value()).contains(INDEX);
    }
}
