package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.registry.content.MediaTypes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Names of one hash code are read in a moment. A map that compares each with all before it would take minutes of a
 * processor, which the time limit of these tests notices.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("slow")
class CollidingNamesTest extends RegistryTest {

    private static final int BITS = 16;
    private static final List<String> NAMES = IntStream.range(0, 60_000)
            .mapToObj(number -> IntStream.range(0, BITS)
                    .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                    .collect(Collectors.joining()))
            .toList();
    private static final String TEXTS =
            NAMES.stream().map(name -> "\"" + name + "\":\"\"").collect(Collectors.joining(",", "{", "}"));

    private FakeRegistry registry;
    private Registries registries;

    @BeforeEach
    void start() {
        registry = plain();
        registries = open(registry);
    }

    private static <T> T known(CompletableFuture<Fact<T>> fact) {
        Fact<T> found = fact.join();
        assertThat(found.state()).as(found.reason()).isEqualTo(Fact.State.KNOWN);
        return found.value().orElseThrow();
    }

    @Test
    @DisplayName("names that collide do")
    void collide() {
        assertThat(NAMES.stream().map(String::hashCode).distinct()).hasSize(1);
        assertThat(NAMES).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("labels of an image")
    void labels() {
        String config = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Labels\":" + TEXTS + "}}";
        Digest blob = registry.blob("a/b", config);
        Digest image = registry.manifest("a/b", "1", MediaTypes.OCI_MANIFEST, imageManifest(blob, config.length()));
        assertThat(known(registries.metadata(image(registry, "a/b"), image))
                        .images()
                        .get(0)
                        .labels())
                .hasSize(NAMES.size());
    }

    @Test
    @DisplayName("annotations of a manifest")
    void annotations() {
        String text = imageManifest(DIGEST, 2).replaceFirst("\\{", "{\"annotations\":" + TEXTS + ",");
        Digest image = registry.manifest("a/b", "1", MediaTypes.OCI_MANIFEST, text);
        assertThat(known(registries.manifest(image(registry, "a/b"), image)).annotations())
                .hasSize(NAMES.size());
    }

    @Test
    @DisplayName("annotations of what refers to an image")
    void referrers() {
        registry.at(
                "/v2/a/b/referrers/" + DIGEST,
                FakeRegistry.json(
                        "{\"manifests\":[{\"digest\":\"" + DIGEST + "\",\"size\":1,\"annotations\":" + TEXTS + "}]}"));
        assertThat(known(registries.referrers(image(registry, "a/b"), DIGEST))
                        .manifests()
                        .get(0)
                        .annotations())
                .hasSize(NAMES.size());
    }
}
