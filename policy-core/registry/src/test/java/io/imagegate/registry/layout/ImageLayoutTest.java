package io.imagegate.registry.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.FakeRegistry;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Recording;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryEntry;
import io.imagegate.registry.content.Hashes;
import io.imagegate.registry.content.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts from folders with images, made of what a registry returned. */
class ImageLayoutTest {

    private static final String INDEX = "b926ecc4d275ccc87fc3a39b818ee545101dfd8654ea3a8da69ff6e359678a8c";
    private static final String AMD = "fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5";
    private static final String CONFIG = "ff912c0d97bd6057ea2711294df1660db0ec01ae16fbb3e11c29926abb84435c";
    private static final List<String> BLOBS = List.of(
            INDEX,
            AMD,
            "2a24e235431c70b6150a4e10febad150b35b0a1c72461d4f5aba95efc4721dda",
            CONFIG,
            "dee2a22c3477c441443b8d2c2ff6c030ed60d16724dd861522286d9e5917c3e0");

    @TempDir
    private Path folder;

    private Path layout;

    @BeforeEach
    void layout() throws IOException {
        layout = Files.createDirectories(folder.resolve("layout"));
        Files.createDirectories(layout.resolve("blobs/sha256"));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        for (String blob : BLOBS) {
            Files.write(blob(blob), recorded(blob));
        }
        index(entry(INDEX, "1.0.0"));
    }

    private static byte[] recorded(String hex) throws IOException {
        try (InputStream in = ImageLayoutTest.class.getResourceAsStream("/recorded/zot/blobs/sha256/" + hex)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private Path blob(String hex) {
        return layout.resolve("blobs/sha256").resolve(hex);
    }

    private void index(String... entries) throws IOException {
        Files.writeString(
                layout.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}");
    }

    private static String entry(String hex, String name) {
        String type = hex.equals(INDEX) ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
        String annotations =
                name.isEmpty() ? "" : ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}";
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"sha256:" + hex + "\",\"size\":1" + annotations + "}";
    }

    private ImageFacts find(String image) {
        ImageReference reference = ImageReference.parse(image);
        Map<ImageReference, ImageFacts> found = ImageLayout.open(layout)
                .find(Map.of(reference, Set.of(Need.METADATA)), Duration.ofSeconds(1))
                .join();
        return Objects.requireNonNull(found.get(reference));
    }

    private Fact<ImageMetadata> metadata() {
        return find("acme/index:1.0.0").metadata();
    }

    @Test
    @DisplayName("digest and metadata are what the registry said of the same image")
    void sameAsRegistry() {
        ImageFacts facts = find("ghcr.io/acme/index:1.0.0");
        assertThat(facts.digest().value()).contains(Digest.parse("sha256:" + INDEX));
        ImageMetadata read = facts.metadata().value().orElseThrow();
        try (FakeRegistry registry = Recording.serve("zot");
                Registries registries = Registries.of(ImageRegistries.builder()
                        .add(RegistryEntry.builder(registry.host()).plainHttp().build())
                        .build())) {
            ImageMetadata asked = registries
                    .metadata(ImageReference.parse(registry.host() + "/acme/index"), read.digest())
                    .join()
                    .value()
                    .orElseThrow();
            assertThat(read).usingRecursiveComparison().isEqualTo(asked);
        }
    }

    @Test
    @DisplayName("an image is found by tag, whole name or digest, and if it is the only one without a name")
    void names() throws IOException {
        index(entry(INDEX, "1.0.0"), entry(AMD, "ghcr.io/acme/api:2"));
        assertThat(find("acme/any:1.0.0").digest().value()).contains(Digest.parse("sha256:" + INDEX));
        assertThat(find("ghcr.io/acme/api:2").digest().value()).contains(Digest.parse("sha256:" + AMD));
        assertThat(find("ghcr.io/acme/other:2").digest().state()).isEqualTo(Fact.State.ABSENT);
        assertThat(find("acme/any:1").digest().state()).isEqualTo(Fact.State.ABSENT);
        assertThat(find("acme/any:1").metadata().state()).isEqualTo(Fact.State.ABSENT);
        assertThat(find("acme/any@sha256:" + AMD)
                        .metadata()
                        .value()
                        .orElseThrow()
                        .images())
                .extracting(PlatformImage::platform)
                .containsExactly("linux/amd64");
        assertThat(find("acme/any@sha256:" + "0".repeat(64)).digest().state()).isEqualTo(Fact.State.ABSENT);
        index(entry(INDEX, ""));
        assertThat(find("acme/any:7").digest().value()).contains(Digest.parse("sha256:" + INDEX));
        index(entry(INDEX, "7"), entry(AMD, "7"));
        assertThat(find("acme/any:7").digest().state()).isEqualTo(Fact.State.UNDECIDABLE);
        index(entry(INDEX, ""), entry(AMD, ""));
        assertThat(find("acme/any:7").digest().state()).isEqualTo(Fact.State.ABSENT);
    }

    @Test
    @DisplayName("content that does not have its digest is undecidable")
    void hashes() throws IOException {
        Files.writeString(blob(CONFIG), "{\"os\":\"linux\",\"architecture\":\"amd64\"}");
        assertThat(metadata().state()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(metadata().reason()).contains("the content of sha256:" + CONFIG + " has the digest");
        Files.delete(blob(CONFIG));
        assertThat(metadata().state()).as("an image without its configuration").isEqualTo(Fact.State.UNDECIDABLE);
        Files.write(blob(INDEX), recorded(AMD));
        assertThat(metadata().reason()).contains("the content of sha256:" + INDEX);
    }

    @Test
    @DisplayName("links inside the folder are followed, links out of it are not")
    void links() throws IOException {
        Files.move(blob(CONFIG), layout.resolve("inside"));
        Files.createSymbolicLink(blob(CONFIG), layout.resolve("inside"));
        assertThat(metadata().state()).isEqualTo(Fact.State.KNOWN);
        Files.move(layout.resolve("inside"), folder.resolve("outside"));
        Files.delete(blob(CONFIG));
        Files.createSymbolicLink(blob(CONFIG), folder.resolve("outside"));
        assertThat(metadata().reason()).contains("is a link out of its folder");
        Files.delete(blob(CONFIG));
        Files.createDirectory(blob(CONFIG));
        assertThat(metadata().reason()).contains("is not a regular file");
    }

    @Test
    @DisplayName("a file of more than 4 MiB is not read")
    void sizes() throws IOException {
        byte[] large = ("{\"config\":{}" + " ".repeat(4 << 20) + "}").getBytes(UTF_8);
        Digest digest = Hashes.sha256(large);
        Files.write(blob(digest.hex()), large);
        ImageFacts facts = find("acme/any@" + digest);
        assertThat(facts.metadata().reason()).contains("has more than 4194304 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"manifests\":[{\"mediaType\":\"x\",\"size\":1,\"digest\":\"sha256:../../../etc/passwd\"}]}",
                "{\"manifests\":[{\"mediaType\":\"x\",\"size\":1,\"digest\":\"../x:y\"}]}",
                "{\"manifests\":[],\"manifests\":[]}"
            })
    @DisplayName("an index that is none is refused, or has no images")
    void badIndex(String index) throws IOException {
        Files.writeString(layout.resolve("index.json"), index);
        if (index.equals("{}")) {
            assertThat(find("a:1").digest().state()).isEqualTo(Fact.State.ABSENT);
        } else {
            assertThatThrownBy(() -> ImageLayout.open(layout)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("a folder that is no layout is refused with what is missing")
    void noLayout() throws IOException {
        assertThatThrownBy(() -> ImageLayout.open(folder)).hasMessage("the layout has no oci-layout");
        assertThatThrownBy(() -> ImageLayout.open(folder.resolve("none")))
                .hasMessageContaining("is not a folder that can be read");
        Files.delete(layout.resolve("index.json"));
        assertThatThrownBy(() -> ImageLayout.open(layout)).hasMessage("the layout has no index.json");
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
        assertThatThrownBy(() -> ImageLayout.open(layout)).hasMessageContaining("expected imageLayoutVersion 1.0.0");
    }
}
