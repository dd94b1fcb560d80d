package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import java.util.concurrent.CompletableFuture;

/** The repository of a registry in which signatures of an image are. */
final class RegistryStore implements SignatureStore {

    private static final int LONGEST_TAG = 128;

    private final Registries registries;
    private final ImageReference image;
    private final ImageReference place;

    RegistryStore(Registries registries, ImageReference image) {
        this.registries = registries;
        this.image = image;
        this.place = registries.signatures(image);
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> tagged(String tag) {
        if (tag.length() > LONGEST_TAG) {
            return CompletableFuture.completedFuture(Fact.absent("no registry has tags as long as " + tag));
        }
        return registries.manifest(place, tag).thenApply(StoredParts::manifest);
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> manifest(Digest digest) {
        return registries.manifest(place, digest).thenApply(StoredParts::manifest);
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> image(Digest digest) {
        return registries.manifest(image, digest).thenApply(StoredParts::manifest);
    }

    @Override
    public CompletableFuture<Fact<StoredReferrers>> referrers(Digest digest) {
        return registries.referrers(place, digest).thenApply(StoredParts::referrers);
    }

    @Override
    public CompletableFuture<Fact<byte[]>> blob(StoredDescriptor descriptor) {
        return registries.blob(place, StoredParts.descriptor(descriptor));
    }
}
