package io.imagegate.registry.metadata;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.oci.Manifest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One search for the metadata of an image, or of each image of an index in parallel. */
public final class MetadataSearch {

    private final ImageContent content;
    private volatile boolean requested;

    /** An image, and the SHA-256 of its manifest. */
    private record Part(PlatformImage image, Digest sha256) {}

    public MetadataSearch(ImageContent content) {
        this.content = content;
    }

    public CompletableFuture<Fact<ImageMetadata>> find(ImageReference image, Digest digest) {
        return Failure.toFact(() ->
                        content.manifest(image, digest).thenCompose(found -> find(image, Failure.valueOf(seen(found)))))
                .thenApply(found -> requested ? found : found.asCached());
    }

    /** Notes whether an answer needed a request. */
    private <T> Fact<T> seen(Fact<T> found) {
        if (!found.isCached()) {
            requested = true;
        }
        return found;
    }

    private CompletableFuture<ImageMetadata> find(ImageReference image, Manifest manifest) {
        return manifest.isIndex()
                ? listed(image, manifest)
                : part(image, manifest, Optional.empty()).thenApply(part -> metadata(manifest, List.of(part)));
    }

    private CompletableFuture<ImageMetadata> listed(ImageReference image, Manifest index) {
        List<CompletableFuture<Part>> parts = MetadataReader.images(index).stream()
                .map(descriptor -> content.manifest(image, descriptor.digest())
                        .thenApply(found -> MetadataReader.matching(descriptor, MetadataReader.part(seen(found))))
                        .thenCompose(manifest -> part(image, manifest, descriptor.platform())))
                .toList();
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(all -> metadata(
                        index, parts.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<Part> part(ImageReference image, Manifest manifest, Optional<String> platform) {
        return content.config(image, manifest)
                .thenApply(config -> new Part(
                        MetadataReader.image(manifest, Failure.valueOf(seen(config)), platform), manifest.sha256()));
    }

    /** The contents are those that can be denied: the manifest, and all that an index lists, attestations included. */
    private static ImageMetadata metadata(Manifest manifest, List<Part> parts) {
        Set<Digest> contents = new HashSet<>();
        contents.add(manifest.sha256());
        manifest.manifests().forEach(listed -> contents.add(listed.digest()));
        parts.forEach(part -> {
            contents.remove(part.image().digest());
            contents.add(part.sha256());
        });
        return ImageMetadata.of(
                        manifest.digest(), parts.stream().map(Part::image).toList())
                .withAnnotations(manifest.annotations())
                .withContents(contents);
    }
}
