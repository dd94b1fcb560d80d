package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.reference.Digest;
import io.imagegate.registry.content.MediaTypes;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Container runtimes read names of fields in any case, and the last of several counts for them. A manifest that looks
 * harmless here must not be another one there.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FieldNamesTest extends RegistryTest {

    private static final String CONFIG = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Labels\":{}}}";

    private FakeRegistry registry;
    private Registries registries;

    @BeforeEach
    void start() {
        registry = plain();
        registries = open(registry);
    }

    private Digest put(String type, String text) {
        return registry.manifest("a/b", "t", type, text);
    }

    private Fact<ImageMetadata> metadata(Digest digest) {
        return await(registries.metadata(image(registry, "a/b"), digest));
    }

    private static void assertRefused(Fact<?> found) {
        assertThat(found.state()).as(found.toString()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(found.reason()).startsWith("field \"").contains("expected the name \"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Manifests",
                "MANIFESTS",
                "Config",
                "Layers",
                "layer\u017f",
                "MediaType",
                "Annotations",
                "Subject"
            })
    @DisplayName("in a manifest")
    void manifest(String name) {
        String text = "{\"manifests\":[],\"%s\":null}";
        Digest near = put(MediaTypes.OCI_INDEX, text.formatted("x" + name));
        assertThat(await(registries.manifest(image(registry, "a/b"), near)).state())
                .isEqualTo(Fact.State.KNOWN);
        Digest hit = put(MediaTypes.OCI_INDEX, text.formatted(name));
        assertRefused(await(registries.manifest(image(registry, "a/b"), hit)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Digest", "SIZE", "mediatype", "Platform"})
    @DisplayName("in what an index lists")
    void descriptor(String name) {
        Digest config = registry.blob("a/b", CONFIG);
        String image = imageManifest(config, CONFIG.length());
        String index = "{\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"%s\":null}]}";
        Digest listed = put(MediaTypes.OCI_MANIFEST, image);
        Digest near =
                put(MediaTypes.OCI_INDEX, index.formatted(MediaTypes.OCI_MANIFEST, listed, image.length(), "x" + name));
        assertThat(metadata(near).state()).isEqualTo(Fact.State.KNOWN);
        assertRefused(metadata(
                put(MediaTypes.OCI_INDEX, index.formatted(MediaTypes.OCI_MANIFEST, listed, image.length(), name))));
    }

    @ParameterizedTest
    @CsvSource({"architecture, Architecture", "config, Config", "Labels, labels", "os, OS"})
    @DisplayName("in a configuration")
    void configuration(String name, String other) {
        String text = CONFIG.replace("\"" + name + "\":", "\"" + other + "\":null,\"" + name + "\":");
        Digest config = registry.blob("a/b", text);
        assertRefused(metadata(put(MediaTypes.OCI_MANIFEST, imageManifest(config, text.length()))));
    }
}
