package io.imagegate.registry.metadata;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.oci.Manifest;
import java.util.concurrent.CompletableFuture;

/** RepositoryLocation where manifests and configurations of images are: a registry, or a folder. */
public interface ImageContent {

    /** Reads a manifest, whose bytes have the digest. */
    CompletableFuture<Fact<Manifest>> manifest(ImageReference image, Digest digest);

    /** Reads the configuration that a manifest names. */
    CompletableFuture<Fact<ImageConfig>> config(ImageReference image, Manifest manifest);
}
