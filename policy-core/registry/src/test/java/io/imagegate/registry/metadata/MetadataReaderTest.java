package io.imagegate.registry.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.registry.oci.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MetadataReaderTest {

    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));

    @Test
    @DisplayName("an image has the labels of its configuration and the annotations of its manifest")
    void labelsAndAnnotations() {
        Manifest manifest = new Manifest(
                DIGEST,
                DIGEST,
                "application/vnd.oci.image.manifest.v1+json",
                100,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of("annotated", "yes"));
        ImageConfig config = new ImageConfig("linux/amd64", Optional.of(Instant.EPOCH), Map.of("labelled", "yes"));
        PlatformImage image = MetadataReader.image(manifest, config, Optional.of("linux/arm64/v8"));
        assertThat(image.labels()).containsOnlyKeys("labelled");
        assertThat(image.annotations()).containsOnlyKeys("annotated");
        assertThat(image.size()).hasValue(100);
        assertThat(image.platform()).isEqualTo("linux/arm64/v8");
    }
}
