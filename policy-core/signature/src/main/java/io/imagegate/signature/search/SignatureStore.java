package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.registry.layout.ImageLayout;
import java.util.concurrent.CompletableFuture;

/**
 * One repository of a registry, in which signatures are. Futures complete with facts, not exceptionally: what does not exist
 * is absent, and an error never means that.
 *
 * @since 0.1
 */
public interface SignatureStore {

    /** Most bytes of content that a search asks for while it has other content. Of larger content it asks for one at a time. */
    int SMALL = 16 << 10;

    /**
     * {@return the repository in which signatures of an image are}
     *
     * @param registries asked for it
     * @param image the image
     */
    static SignatureStore of(Registries registries, ImageReference image) {
        return new RegistryStore(registries, image);
    }

    /**
     * {@return the folder in which images and their signatures are}
     *
     * @param layout the folder
     */
    static SignatureStore of(ImageLayout layout) {
        return new LayoutStore(layout);
    }

    /**
     * Reads the manifest that a tag names.
     *
     * @param tag such as {@code sha256-….sig}
     * @return the manifest
     */
    CompletableFuture<Fact<StoredManifest>> tagged(String tag);

    /**
     * Reads a manifest.
     *
     * @param digest of the manifest
     * @return the manifest, whose bytes have the digest
     */
    CompletableFuture<Fact<StoredManifest>> manifest(Digest digest);

    /**
     * Reads the manifest of the image itself, which may be in another repository than its signatures.
     *
     * @param digest of the image
     * @return the manifest or index, whose bytes have the digest
     */
    default CompletableFuture<Fact<StoredManifest>> image(Digest digest) {
        return manifest(digest);
    }

    /**
     * Finds the manifests that refer to an image.
     *
     * @param image digest of the image
     * @return the manifests, at most 1,000; absent if every place answered that there are none
     */
    CompletableFuture<Fact<StoredReferrers>> referrers(Digest image);

    /**
     * Reads content.
     *
     * @param descriptor of the content
     * @return the content, which has the digest and the size
     */
    CompletableFuture<Fact<byte[]>> blob(StoredDescriptor descriptor);
}
