package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.reference.Digest;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.metadata.ImageConfig;
import io.imagegate.registry.metadata.OciManifestReader;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a registry serves as a manifest, an index, a list of referrers or the configuration of an image is read, and says nothing that
 * contradicts itself, or is refused.
 */
@WhereJazzerRuns
class RegistryManifestFuzzTest {

    private static final Digest DIGEST = Digest.parse("sha512:" + "0".repeat(128));

    static Stream<byte[]> seeds() {
        String descriptor =
                "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"size\":7,\"digest\":\"sha256:"
                        + "a".repeat(64)
                        + "\",\"annotations\":{\"a\":\"b\"},\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\","
                        + "\"variant\":\"v7\"}}";
        return Stream.of(
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                                + descriptor + ",\"layers\":[" + descriptor + "],\"subject\":" + descriptor + "}",
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                                + descriptor + "]}",
                        "{\"os\":\"linux\",\"architecture\":\"amd64\",\"created\":\"2026-01-01T00:00:00.1Z\",\"config\":"
                                + "{\"Labels\":{\"a\":\"b\"}}}",
                        "{\"manifests\":null,\"Manifests\":[]}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void contentIsReadOrRefused(byte[] data) {
        for (String type : MediaTypes.all()) {
            try {
                assertSound(type + "; charset=utf-8", type, data);
            } catch (Failure refused) {
                assertReason(refused);
            }
        }
        try {
            ImageConfig config = ImageConfig.read(data);
            assertThat(config).isEqualTo(ImageConfig.read(data));
            assertThat(config.platform()).contains("/");
        } catch (Failure refused) {
            assertReason(refused);
        }
    }

    private static void assertSound(String served, String type, byte[] data) {
        Manifest manifest = OciManifestReader.read(DIGEST, served, data);
        assertThat(manifest).isEqualTo(OciManifestReader.read(DIGEST, type, data));
        assertThat(manifest.mediaType()).isEqualTo(type);
        assertThat(manifest.config().isPresent()).isNotEqualTo(manifest.isIndex());
        List<Descriptor> all = new ArrayList<>(manifest.layers());
        assertThat(manifest.isIndex() ? manifest.layers() : manifest.manifests())
                .isEmpty();
        all.addAll(manifest.manifests());
        manifest.config().ifPresent(all::add);
        manifest.subject().ifPresent(all::add);
        String text = new String(data, UTF_8);
        for (Descriptor descriptor : all) {
            assertThat(descriptor.size()).isNotNegative();
            // Escapes may stand in its place.
            assertThat(text.contains(descriptor.digest().toString()) || text.indexOf('\\') >= 0)
                    .isTrue();
        }
    }

    private static void assertReason(Failure refused) {
        assertThat(refused.reason()).hasSizeLessThan(2000).matches("[ -~]+").doesNotStartWith("internal error");
    }
}
