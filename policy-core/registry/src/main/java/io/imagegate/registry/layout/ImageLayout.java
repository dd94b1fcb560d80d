package io.imagegate.registry.layout;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.Json;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.metadata.ImageConfig;
import io.imagegate.registry.metadata.ImageContent;
import io.imagegate.registry.metadata.MetadataReader;
import io.imagegate.registry.metadata.MetadataSearch;
import io.imagegate.registry.metadata.OciManifestReader;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Facts from an OCI image layout, a folder that holds images as a registry does, for tests. Immutable and thread-safe.
 *
 * <pre>{@code
 * ImageGate gate = ImageGate.of(policies, ImageLayout.open(Path.of("image-layout")));
 * }</pre>
 *
 * <p>An image with a digest is the manifest of that digest. Any other image is the entry of {@code index.json} whose
 * annotation {@code org.opencontainers.image.ref.name} is its tag or its whole name, or else the only entry if that has no
 * name. Files are read when they are needed, have at most 4 MiB, and are hashed against their digest; links out of the
 * folder are refused.
 *
 * @since 0.1
 */
public final class ImageLayout implements FactSource {

    private static final String NAME = "org.opencontainers.image.ref.name";
    private static final String VERSION = "1.0.0";

    private final LayoutFiles files;
    private final List<Descriptor> entries;

    private ImageLayout(LayoutFiles files, List<Descriptor> entries) {
        this.files = files;
        this.entries = entries;
    }

    /**
     * Opens a layout.
     *
     * @param folder its folder, with {@code oci-layout}, {@code index.json} and {@code blobs}
     * @return the layout
     * @throws IllegalArgumentException if {@code oci-layout} or {@code index.json} cannot be read
     */
    public static ImageLayout open(Path folder) {
        try {
            LayoutFiles files = LayoutFiles.in(folder);
            Optional<String> version =
                    Json.read("oci-layout", files.read("oci-layout")).text("imageLayoutVersion");
            if (!version.equals(Optional.of(VERSION))) {
                throw Failure.undecidable("oci-layout: expected imageLayoutVersion " + VERSION);
            }
            Json index = Json.read("index.json", files.read("index.json"));
            return new ImageLayout(files, List.copyOf(OciManifestReader.descriptors(index, "manifests")));
        } catch (Failure e) {
            throw new IllegalArgumentException(e.reason(), e);
        }
    }

    /**
     * Finds {@link Need#DIGEST} and {@link Need#METADATA} of images.
     *
     * @param needs for each image, the facts that are wanted
     * @param limit not used, since nothing is waited for
     * @return the facts, at once
     */
    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        Map<ImageReference, ImageFacts> found = new HashMap<>();
        needs.forEach((image, wanted) -> found.put(image, find(image, wanted)));
        return CompletableFuture.completedFuture(found);
    }

    private ImageFacts find(ImageReference image, Set<Need<?>> wanted) {
        ImageFacts facts = ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, found(() -> digest(image)));
        return wanted.contains(Need.METADATA) ? facts.with(Need.METADATA, metadata(image, facts.digest())) : facts;
    }

    private Fact<ImageMetadata> metadata(ImageReference image, Fact<Digest> digest) {
        return digest.value()
                .map(found -> new MetadataSearch(new Blobs()).find(image, found).join())
                .orElseGet(() -> Failure.of(digest.state(), digest.reason()).fact());
    }

    private Digest digest(ImageReference image) {
        if (image.digest().isPresent()) {
            Digest digest = image.digest().get();
            if (!files.has(digest)) {
                throw Failure.absent("the layout has no " + digest);
            }
            return digest;
        }
        List<Digest> named = entries.stream()
                .filter(entry -> isNamed(entry, image))
                .map(Descriptor::digest)
                .distinct()
                .toList();
        if (named.size() > 1) {
            throw Failure.undecidable("the layout has several images of this name");
        }
        if (named.size() == 1) {
            return named.get(0);
        }
        if (entries.size() == 1 && !entries.get(0).annotations().containsKey(NAME)) {
            return entries.get(0).digest();
        }
        throw Failure.absent("the layout has no image of this name");
    }

    private static boolean isNamed(Descriptor entry, ImageReference image) {
        String name = entry.annotations().getOrDefault(NAME, "");
        return image.effectiveTag().equals(Optional.of(name))
                || name.equals(image.text())
                || name.equals(image.canonical());
    }

    private static <T> Fact<T> found(Supplier<T> search) {
        try {
            return Fact.known(search.get());
        } catch (Failure e) {
            return e.fact();
        }
    }

    /** The blobs of this layout, which say nothing of their media types. */
    private final class Blobs implements ImageContent {

        @Override
        public CompletableFuture<Fact<Manifest>> manifest(ImageReference image, Digest digest) {
            return CompletableFuture.completedFuture(found(() -> {
                byte[] content = files.blob(digest);
                return OciManifestReader.read(digest, type(digest, content), content);
            }));
        }

        /** {@return the media type that a manifest says itself, or else that of its entry} */
        private String type(Digest digest, byte[] content) {
            Json json = Json.read("the manifest", content);
            return json.text("mediaType")
                    .orElseGet(() -> entries.stream()
                            .filter(entry -> entry.digest().equals(digest))
                            .map(Descriptor::mediaType)
                            .findFirst()
                            .orElse(json.has("manifests") ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST));
        }

        @Override
        public CompletableFuture<Fact<ImageConfig>> config(ImageReference image, Manifest manifest) {
            return CompletableFuture.completedFuture(found(() -> {
                Descriptor config = MetadataReader.config(manifest);
                Fact<byte[]> content = found(() -> files.blob(config.digest()));
                byte[] bytes = MetadataReader.part(content);
                if (bytes.length != config.size()) {
                    throw Failure.undecidable(
                            config.digest() + " has " + bytes.length + " bytes, expected " + config.size());
                }
                return ImageConfig.read(bytes);
            }));
        }
    }
}
