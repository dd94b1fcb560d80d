package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.Hashes;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Referrers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same questions as to the recordings, to real registries: Debian's docker-registry and zot, from the PATH or from
 * {@code ../shared}. A test whose registry is not there is left out.
 */
@Tag("full")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RealRegistriesIT extends RegistryTest {

    private static final String REFERRER = """
            {"schemaVersion":2,"mediaType":"%s","artifactType":"x/y","config":{"mediaType":"application/vnd.oci.empty.v1+json",\
            "digest":"%s","size":2},"layers":[{"mediaType":"x/y","digest":"%s","size":2}],\
            "subject":{"mediaType":"%s","digest":"%s","size":%d}}""";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName("a pushed image is found by its tag, with its metadata and what refers to it")
    void questions(String name) throws Exception {
        RealRegistry registry = closing(RealRegistry.start(name, folder));
        String host = registry.host();
        byte[] image = RealRegistry.recorded("fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5");
        Digest config = registry.pushBlob(
                RealRegistry.recorded("ff912c0d97bd6057ea2711294df1660db0ec01ae16fbb3e11c29926abb84435c"));
        assertThat(config.hex()).startsWith("ff912c0d");
        registry.pushBlob(RealRegistry.recorded("c748116dab3c99d11100941d79e57f34f7af7329e89be17b7b32368f0bee0d6b"));
        Digest pushed = registry.pushManifest("1", MediaTypes.OCI_MANIFEST, image);

        Registries registries = open(RegistryEntry.builder(host).plainHttp().build());
        ImageReference reference = ImageReference.parse(host + "/a/b:1");
        assertThat(await(registries.digest(reference)).value()).contains(pushed);
        assertThat(await(registries.digest(ImageReference.parse(host + "/a/b:2")))
                        .state())
                .isEqualTo(Fact.State.ABSENT);
        assertThat(await(registries.digest(ImageReference.parse(host + "/c:1"))).state())
                .isEqualTo(Fact.State.ABSENT);
        ImageMetadata metadata =
                await(registries.metadata(reference, pushed)).value().orElseThrow();
        assertThat(metadata.images()).extracting(PlatformImage::platform).containsExactly("linux/amd64");

        assertThat(await(registries.referrers(reference, pushed)).state()).isEqualTo(Fact.State.ABSENT);
        Digest empty = registry.pushBlob("{}".getBytes(StandardCharsets.UTF_8));
        String referrer = REFERRER.formatted(
                MediaTypes.OCI_MANIFEST, empty, empty, MediaTypes.OCI_MANIFEST, pushed, image.length);
        Digest signature = registry.pushManifest(
                Hashes.sha256(referrer.getBytes(StandardCharsets.UTF_8)).toString(),
                MediaTypes.OCI_MANIFEST,
                referrer.getBytes(StandardCharsets.UTF_8));
        Fact<Referrers> found =
                await(open(RegistryEntry.builder(host).plainHttp().build()).referrers(reference, pushed));
        if (name.equals("zot")) {
            assertThat(found.value().orElseThrow().manifests())
                    .extracting(Descriptor::digest)
                    .isEqualTo(List.of(signature));
        } else {
            assertThat(found.state()).as("no client wrote the fallback tag").isEqualTo(Fact.State.ABSENT);
        }
    }
}
