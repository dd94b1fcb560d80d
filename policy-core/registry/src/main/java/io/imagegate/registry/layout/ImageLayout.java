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
import io.imagegate.registry.oci.Referrers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
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
 * <p>It verifies no signatures: what rules ask about them is undecidable. {@code SignedLayout} of {@code io.imagegate:policy-signature}
 * verifies those that a layout has.
 *
 * @since 0.1
 */
public final class ImageLayout implements FactSource {

    private static final String NAME = "org.opencontainers.image.ref.name";
    private static final String VERSION = "1.0.0";
    private static final String SIGNED = "signatures are verified by SignedLayout of io.imagegate:policy-signature";

    /** How {@code cosign save} says what an entry is. */
    private static final String KIND = "kind";

    private static final String COSIGN = "dev.cosignproject.cosign/";
    private static final Map<String, String> COSIGN_TAGS = Map.of(".sig", COSIGN + "sigs", ".att", COSIGN + "atts");

    private static final int MOST_REFERRERS = 1_000;
    private static final int MOST_BYTES = 32 << 20;
    private static final int HEX = 64;

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
        for (Need<?> need : wanted) {
            if (!need.equals(Need.DIGEST) && !need.equals(Need.METADATA)) {
                facts = facts.with(need, Fact.undecidable("an ImageLayout finds no " + need + ": " + SIGNED));
            }
        }
        return wanted.contains(Need.METADATA) ? facts.with(Need.METADATA, metadata(image, facts.digest())) : facts;
    }

    /**
     * Reads a manifest.
     *
     * @param digest the manifest
     * @return the manifest, whose bytes have the digest
     */
    public Fact<Manifest> manifest(Digest digest) {
        return found(() -> {
            byte[] content = files.blob(digest);
            return OciManifestReader.read(digest, type(digest, content), content);
        });
    }

    /**
     * Reads the manifest that a tag names. The tags that cosign makes of a digest are also the signatures and attestations of {@code
     * cosign save}, which gives them no name.
     *
     * @param tag the tag, such as {@code sha256-….sig}
     * @return the manifest; undecidable if the layout has several of this name
     */
    public Fact<Manifest> manifest(String tag) {
        return found(() -> {
            List<Digest> named =
                    distinct(entry -> tag.equals(entry.annotations().get(NAME)));
            if (named.isEmpty()) {
                named = COSIGN_TAGS.entrySet().stream()
                        .filter(suffix -> tag.endsWith(suffix.getKey()))
                        .flatMap(suffix ->
                                distinct(entry -> suffix.getValue()
                                                .equals(entry.annotations().get(KIND)))
                                        .stream())
                        .toList();
            }
            if (named.isEmpty()) {
                throw Failure.absent("the layout has no tag " + tag);
            }
            return Failure.valueOf(manifest(only(named, "manifests")));
        });
    }

    /**
     * Reads content that a manifest describes.
     *
     * @param descriptor the content
     * @return the content, which has the digest and size; undecidable if it is larger than 32 MiB
     */
    public Fact<byte[]> blob(Descriptor descriptor) {
        return found(() -> {
            byte[] content = files.blob(descriptor.digest(), MOST_BYTES);
            requireSize(descriptor, content);
            return content;
        });
    }

    /**
     * Finds the manifests that refer to an image: those of the tag that stands in for referrers, and all others in the folder, also if
     * {@code index.json} does not list them.
     *
     * @param digest the image
     * @return the manifests; absent if there are none; undecidable if the folder has more than 10,000 files, or 1,000 manifests refer to it
     */
    public Fact<Referrers> referrers(Digest digest) {
        return found(() -> {
            Map<Digest, Descriptor> referring = new LinkedHashMap<>();
            String hex = digest.hex();
            Fact<Manifest> tagged = manifest(digest.algorithm() + "-" + hex.substring(0, Math.min(HEX, hex.length())));
            tagged.value()
                    .ifPresent(index -> index.manifests()
                            .forEach(descriptor -> referring.putIfAbsent(descriptor.digest(), descriptor)));
            // Most blobs are no manifests.
            for (Digest blob : files.jsonBlobs()) {
                manifest(blob)
                        .value()
                        .filter(manifest -> manifest.subject()
                                .filter(subject -> subject.digest().equals(digest))
                                .isPresent())
                        .ifPresent(manifest -> referring.putIfAbsent(blob, described(manifest)));
            }
            if (referring.size() > MOST_REFERRERS) {
                throw Failure.undecidable(digest + " has more than " + MOST_REFERRERS + " referrers");
            }
            if (referring.isEmpty()) {
                throw Failure.absent("nothing refers to " + digest);
            }
            return new Referrers(List.copyOf(referring.values()), Optional.empty(), "");
        });
    }

    private static Descriptor described(Manifest manifest) {
        return new Descriptor(
                manifest.mediaType(),
                manifest.digest(),
                manifest.size(),
                manifest.artifactType(),
                Optional.empty(),
                manifest.annotations());
    }

    private List<Digest> distinct(Predicate<Descriptor> wanted) {
        return entries.stream()
                .filter(wanted)
                .map(Descriptor::digest)
                .distinct()
                .toList();
    }

    private static Digest only(List<Digest> named, String what) {
        if (named.size() > 1) {
            throw Failure.undecidable("the layout has several " + what + " of this name");
        }
        return named.get(0);
    }

    private static void requireSize(Descriptor descriptor, byte[] content) {
        if (content.length != descriptor.size()) {
            throw Failure.undecidable(
                    descriptor.digest() + " has " + content.length + " bytes, expected " + descriptor.size());
        }
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
        List<Digest> named = distinct(entry -> isNamed(entry, image));
        if (!named.isEmpty()) {
            return only(named, "images");
        }
        List<Descriptor> images =
                entries.stream().filter(ImageLayout::mayBeImage).toList();
        if (images.size() == 1 && !images.get(0).annotations().containsKey(NAME)) {
            return images.get(0).digest();
        }
        throw Failure.absent("the layout has no image of this name");
    }

    /** {@return whether cosign does not say that an entry is something beside the image} */
    private static boolean mayBeImage(Descriptor entry) {
        String kind = entry.annotations().getOrDefault(KIND, "");
        return !kind.startsWith(COSIGN) || kind.startsWith(COSIGN + "image");
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

    /** The blobs of this layout, which say nothing of their media types. */
    private final class Blobs implements ImageContent {

        @Override
        public CompletableFuture<Fact<Manifest>> manifest(ImageReference image, Digest digest) {
            return CompletableFuture.completedFuture(ImageLayout.this.manifest(digest));
        }

        @Override
        public CompletableFuture<Fact<ImageConfig>> config(ImageReference image, Manifest manifest) {
            return CompletableFuture.completedFuture(found(() -> {
                Descriptor config = MetadataReader.config(manifest);
                Fact<byte[]> content = found(() -> files.blob(config.digest()));
                byte[] bytes = MetadataReader.part(content);
                requireSize(config, bytes);
                return ImageConfig.read(bytes);
            }));
        }
    }
}
