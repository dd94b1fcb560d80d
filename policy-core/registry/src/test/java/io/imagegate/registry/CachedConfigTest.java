package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.registry.content.MediaTypes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedConfigTest extends RegistryTest {

    private static final String CONFIG = "{\"os\":\"linux\",\"architecture\":\"amd64\"}";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName(
            "a manifest that gives its configuration another size is undecidable, whether another image's is kept or not")
    void size(boolean kept) {
        FakeRegistry registry = plain();
        Registries registries = open(registry);
        Digest config = registry.blob("a/b", CONFIG);
        Digest honest = registry.manifest("a/b", "1", MediaTypes.OCI_MANIFEST, imageManifest(config, CONFIG.length()));
        Digest lying =
                registry.manifest("a/b", "2", MediaTypes.OCI_MANIFEST, imageManifest(config, CONFIG.length() - 1));
        if (kept) {
            assertThat(await(registries.metadata(image(registry, "a/b"), honest))
                            .state())
                    .isEqualTo(Fact.State.KNOWN);
        }
        assertThat(await(registries.metadata(image(registry, "a/b"), lying)).state())
                .isEqualTo(Fact.State.UNDECIDABLE);
    }
}
