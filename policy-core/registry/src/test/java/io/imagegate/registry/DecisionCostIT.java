package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many requests to a real registry a decision costs. Times are printed, not asserted. */
@Tag("full")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DecisionCostIT extends RegistryTest {

    private static final String INDEX = "b926ecc4d275ccc87fc3a39b818ee545101dfd8654ea3a8da69ff6e359678a8c";
    private static final String AMD = "fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5";
    private static final String ARM = "2a24e235431c70b6150a4e10febad150b35b0a1c72461d4f5aba95efc4721dda";
    private static final List<String> BLOBS = List.of(
            "ff912c0d97bd6057ea2711294df1660db0ec01ae16fbb3e11c29926abb84435c",
            "c748116dab3c99d11100941d79e57f34f7af7329e89be17b7b32368f0bee0d6b",
            "dee2a22c3477c441443b8d2c2ff6c030ed60d16724dd861522286d9e5917c3e0",
            "96168db5cc325ff330f40de0d6e6b03515c1187e30dd65a8caa0e3b29c353934");
    private static final Rule FRESH = Rules.maxAge(Duration.ofDays(180));
    private static final String HEAD = "HEAD manifests";
    private static final String MANIFEST = "GET manifests";
    private static final String BLOB = "GET blobs";
    private static final int RUNS = 50;

    @TempDir
    private Path folder;

    private final CountingClient client = new CountingClient();
    private String host = "";

    private Registries registries(Duration tags) {
        CachePeriods cache = CachePeriods.NONE.withTags(tags);
        return closing(Registries.builder(ImageRegistries.builder()
                        .add(RegistryEntry.builder(host).plainHttp().build())
                        .cache(cache)
                        .build())
                .client(client)
                .build());
    }

    private Registries fresh() {
        return registries(Duration.ofMinutes(1));
    }

    private static CompletableFuture<Decision> decide(Registries registries, Rule rule, String image) {
        PolicySet policies = PolicySet.of(
                List.of(Policy.builder("p").rule("r", rule).build()),
                InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z")));
        return ImageGate.of(() -> policies, registries).decideAsync(ImageReview.of(image), Duration.ofSeconds(30));
    }

    private void allowed(Registries registries, Rule rule, String image) {
        assertThat(decide(registries, rule, image).join().toString()).isEqualTo("allowed");
    }

    private List<String> requestsOf(Runnable decision) {
        client.takeRequests();
        decision.run();
        return client.takeRequests();
    }

    private void push(RealRegistry registry) throws Exception {
        host = registry.host();
        for (String blob : BLOBS) {
            registry.pushBlob(RealRegistry.recorded(blob));
        }
        registry.pushManifest("one", MediaTypes.OCI_MANIFEST, RealRegistry.recorded(AMD));
        registry.pushManifest("arm", MediaTypes.OCI_MANIFEST, RealRegistry.recorded(ARM));
        registry.pushManifest("index", MediaTypes.OCI_INDEX, RealRegistry.recorded(INDEX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName(
            "a decision costs three requests, two when the tag is known, one when only the tag has expired, else none")
    void requests(String name) throws Exception {
        push(closing(RealRegistry.start(name, folder)));
        String image = host + "/a/b:one";
        Registries registries = fresh();
        assertThat(requestsOf(() -> allowed(registries, FRESH, image))).containsExactly(HEAD, MANIFEST, BLOB);
        assertThat(requestsOf(() -> allowed(registries, FRESH, image)))
                .as("all cached")
                .isEmpty();

        Registries tagKnown = fresh();
        assertThat(requestsOf(() -> allowed(tagKnown, Rules.exists(), image))).containsExactly(HEAD);
        assertThat(requestsOf(() -> allowed(tagKnown, FRESH, image))).containsExactly(MANIFEST, BLOB);

        Registries tagNotKept = registries(Duration.ZERO);
        assertThat(requestsOf(() -> allowed(tagNotKept, FRESH, image))).hasSize(3);
        assertThat(requestsOf(() -> allowed(tagNotKept, FRESH, image))).containsExactly(HEAD);

        Registries other = fresh();
        String index = host + "/a/b:index";
        assertThat(requestsOf(() -> allowed(other, FRESH, index)))
                .containsExactlyInAnyOrder(HEAD, MANIFEST, MANIFEST, MANIFEST, BLOB, BLOB);
        assertThat(requestsOf(() -> allowed(other, FRESH, index))).isEmpty();
        assertThat(requestsOf(() -> allowed(other, FRESH, image + "@sha256:" + AMD)))
                .as("an image of an index that is known, by its digest")
                .containsExactly(HEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName("fifty pods of one new image at once cost one look-up")
    void burst(String name) throws Exception {
        push(closing(RealRegistry.start(name, folder)));
        Registries registries = fresh();
        assertThat(requestsOf(() -> Collections.nCopies(50, host + "/a/b:one").stream()
                        .map(image -> decide(registries, FRESH, image))
                        .toList()
                        .forEach(decision ->
                                assertThat(decision.join().allowed()).isTrue())))
                .containsExactly(HEAD, MANIFEST, BLOB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName("the time of a decision is printed")
    void times(String name) throws Exception {
        push(closing(RealRegistry.start(name, folder)));
        for (String tag : List.of("one", "index")) {
            String image = host + "/a/b:" + tag;
            Registries warm = fresh();
            Registries tagNotKept = registries(Duration.ZERO);
            allowed(warm, FRESH, image);
            allowed(tagNotKept, FRESH, image);
            System.out.printf(
                    "%s, %s: cold %d µs, tag expired %d µs, all cached %d µs (median of %d)%n",
                    name,
                    tag,
                    median(this::fresh, image),
                    median(() -> tagNotKept, image),
                    median(() -> warm, image),
                    RUNS);
        }
    }

    private long median(Supplier<Registries> opener, String image) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            Registries registries = opener.get();
            long begin = System.nanoTime();
            allowed(registries, FRESH, image);
            times.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
        }
        Collections.sort(times);
        return times.get(RUNS / 2);
    }
}
