package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import io.imagegate.registry.oci.Referrers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two recorded registries answer. */
class RecordedRegistriesTest extends RegistryTest {

    private static final Digest IMAGE =
            Digest.parse("sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5");
    private static final Digest INDEX =
            Digest.parse("sha256:b926ecc4d275ccc87fc3a39b818ee545101dfd8654ea3a8da69ff6e359678a8c");

    private FakeRegistry serve(String name) {
        return closing(Recording.serve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName("a tag costs one HEAD, and none while the answer is cached; a tag that does not exist is absent")
    void tags(String recording) {
        FakeRegistry registry = serve(recording);
        Registries registries = open(registry);
        for (int i = 0; i < 2; i++) {
            assertThat(await(registries.digest(image(registry, "acme/key:1.0.0")))
                            .value())
                    .contains(IMAGE);
        }
        assertThat(registry.received())
                .hasSize(1)
                .allMatch(request -> request.method().equals("HEAD"));
        assertThat(await(registries.digest(image(registry, "acme/key:1.0.1"))).state())
                .isEqualTo(Fact.State.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName("an image says when it was built, its platform, size and labels: two requests, and none when cached")
    void metadata(String recording) {
        FakeRegistry registry = serve(recording);
        Registries registries = open(registry);
        ImageReference image = image(registry, "acme/none:1.0.0");
        ImageMetadata metadata =
                await(registries.metadata(image, IMAGE)).value().orElseThrow();
        assertThat(metadata.digest()).isEqualTo(IMAGE);
        PlatformImage only = metadata.images().get(0);
        assertThat(metadata.images()).hasSize(1);
        assertThat(only.platform()).isEqualTo("linux/amd64");
        assertThat(only.created()).contains(Instant.parse("2026-11-01T10:00:00Z"));
        assertThat(only.size()).hasValue(401 + 453 + 111);
        assertThat(only.labels()).containsEntry("org.opencontainers.image.version", "1.0.0");
        assertThat(await(registries.metadata(image, IMAGE)).state()).isEqualTo(Fact.State.KNOWN);
        assertThat(registry.received()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName("an index says what each of its images says, with the platforms as the index names them")
    void index(String recording) {
        FakeRegistry registry = serve(recording);
        ImageMetadata metadata = await(open(registry).metadata(image(registry, "acme/index"), INDEX))
                .value()
                .orElseThrow();
        assertThat(metadata.images())
                .extracting(PlatformImage::platform)
                .containsExactly("linux/amd64", "linux/arm64/v8");
    }

    @ParameterizedTest
    @CsvSource({
        "docker-registry, acme/key, 1",
        "docker-registry, notation/two, 2",
        "zot, acme/key, 1",
        "zot, notation/both, 1",
        "zot, notation/jws, 1"
    })
    @DisplayName("referrers are found by the API and by the fallback tag, each once")
    void referrers(String recording, String repository, int count) {
        FakeRegistry registry = serve(recording);
        Registries registries = open(registry);
        ImageReference image = image(registry, repository);
        Referrers found = await(registries.referrers(image, IMAGE)).value().orElseThrow();
        assertThat(found.manifests()).hasSize(count);
        assertThat(found.missing()).isEmpty();
        for (Descriptor descriptor : found.manifests()) {
            Manifest manifest = await(registries.manifest(image, descriptor.digest()))
                    .value()
                    .orElseThrow();
            assertThat(manifest.subject().map(Descriptor::digest)).contains(IMAGE);
            Fact<byte[]> blob = await(registries.blob(image, manifest.layers().get(0)));
            assertThat(blob.state()).isEqualTo(Fact.State.KNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName(
            "no referrers are absent when 404 or an empty list, and the missing tag, say so; not when one of them fails")
    void noReferrers(String recording) {
        FakeRegistry registry = serve(recording);
        ImageReference image = image(registry, "acme/none");
        assertThat(await(open(registry).referrers(image, IMAGE)).state()).isEqualTo(Fact.State.ABSENT);
        registry.at("/v2/acme/none/manifests/sha256-" + IMAGE.hex(), FakeRegistry.status(403));
        assertThat(await(open(registry).referrers(image, IMAGE)).state()).isEqualTo(Fact.State.UNDECIDABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName("what one place lists is known while the other fails, which is said")
    void partOfTheReferrers(String recording) {
        FakeRegistry registry = serve(recording);
        boolean api = recording.equals("zot");
        registry.at(
                api ? "/v2/acme/key/manifests/sha256-" + IMAGE.hex() : "/v2/acme/key/referrers/" + IMAGE,
                FakeRegistry.status(403));
        Referrers found = await(open(registry).referrers(image(registry, "acme/key"), IMAGE))
                .value()
                .orElseThrow();
        assertThat(found.manifests()).hasSize(1);
        assertThat(found.missing()).isEqualTo(Optional.of(Fact.State.UNDECIDABLE));
        assertThat(found.reason()).contains("403");
    }

    @Test
    @DisplayName(
            "a listener hears each look-up once, with the entry and whether it came from the cache; what it throws is ignored")
    void listener() {
        FakeRegistry registry = serve("zot");
        List<RegistryAnswer> heard = new CopyOnWriteArrayList<>();
        Registries registries = closing(Registries.builder(ImageRegistries.builder()
                        .add(plainEntry(registry).build())
                        .build())
                .listener(answer -> {
                    heard.add(answer);
                    throw new IllegalStateException("listener");
                })
                .build());
        for (String path : List.of("acme/key:1.0.0", "acme/key:1.0.0", "acme/key:2")) {
            assertThat(await(registries.digest(image(registry, path))).state()).isNotNull();
        }
        assertThat(heard).extracting(RegistryAnswer::registry).containsOnly(registry.host());
        assertThat(heard).extracting(RegistryAnswer::kind).containsOnly("digest");
        assertThat(heard).extracting(RegistryAnswer::cached).containsExactly(false, true, false);
        assertThat(heard)
                .extracting(RegistryAnswer::state)
                .containsExactly(Fact.State.KNOWN, Fact.State.KNOWN, Fact.State.ABSENT);
    }
}
