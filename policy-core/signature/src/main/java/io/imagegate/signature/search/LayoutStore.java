package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.registry.layout.ImageLayout;
import java.util.concurrent.CompletableFuture;

/** A folder that has images with their signatures. Nothing is waited for. */
final class LayoutStore implements SignatureStore {

    private final ImageLayout layout;

    LayoutStore(ImageLayout layout) {
        this.layout = layout;
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> tagged(String tag) {
        return CompletableFuture.completedFuture(StoredParts.manifest(layout.manifest(tag)));
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> manifest(Digest digest) {
        return CompletableFuture.completedFuture(StoredParts.manifest(layout.manifest(digest)));
    }

    @Override
    public CompletableFuture<Fact<StoredReferrers>> referrers(Digest image) {
        return CompletableFuture.completedFuture(StoredParts.referrers(layout.referrers(image)));
    }

    @Override
    public CompletableFuture<Fact<byte[]>> blob(StoredDescriptor descriptor) {
        return CompletableFuture.completedFuture(layout.blob(StoredParts.descriptor(descriptor)));
    }
}
