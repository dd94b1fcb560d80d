package io.imagegate.registry;

import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds what an image, or each image of an index, says of itself. Its parts are found side by side. */
final class MetadataSearch {

    private final Lookups lookups;

    MetadataSearch(Lookups lookups) {
        this.lookups = lookups;
    }

    CompletableFuture<Lookup<ImageMetadata>> find(ImageReference image, Digest digest) {
        return Questions.lookup(
                () -> lookups.manifest(image, digest).thenCompose(found -> find(image, found.orThrow())));
    }

    private CompletableFuture<ImageMetadata> find(ImageReference image, Manifest manifest) {
        CompletableFuture<List<PlatformImage>> images = manifest.isIndex()
                ? listed(image, manifest)
                : single(image, manifest).thenApply(List::of);
        return images.thenApply(all -> new ImageMetadata(manifest.digest(), all, manifest.annotations()));
    }

    private CompletableFuture<List<PlatformImage>> listed(ImageReference image, Manifest index) {
        List<CompletableFuture<PlatformImage>> images = MetadataReader.images(index).stream()
                .map(descriptor -> listed(image, descriptor))
                .toList();
        return CompletableFuture.allOf(images.toArray(CompletableFuture[]::new))
                .thenApply(all -> images.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<PlatformImage> listed(ImageReference image, Descriptor descriptor) {
        return lookups.manifest(image, descriptor.digest())
                .thenApply(found -> MetadataReader.matching(descriptor, MetadataReader.part(found)))
                .thenCompose(manifest -> single(image, manifest))
                .thenApply(found -> MetadataReader.named(descriptor, found));
    }

    private CompletableFuture<PlatformImage> single(ImageReference image, Manifest manifest) {
        return lookups.platformImage(image, manifest).thenApply(Lookup::orThrow);
    }
}
