package io.imagegate.cli.inspect;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.registry.oci.Manifest;
import io.imagegate.signer.Signer;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What a registry has under the name of an image.
 *
 * @param image the image
 * @param manifest the manifest or index that the name stands for
 * @param metadata what manifest and configuration say
 * @param signatures signatures and attestations of the manifest; empty if nobody looked for them
 */
public record Inspection(
        ImageReference image,
        Fact<Manifest> manifest,
        Fact<ImageMetadata> metadata,
        Optional<FoundSignatures> signatures) {

    /** A registry may be slow; an index of 32 images takes 65 requests. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * {@return what the registry has; waits for it}
     *
     * @param registries the registries that may be contacted
     * @param image the image
     */
    public static Inspection of(Registries registries, ImageReference image) {
        CompletableFuture<Fact<Manifest>> manifest = registries
                .digest(image)
                .thenCompose(digest -> then(digest, found -> registries.manifest(image, found)));
        CompletableFuture<Fact<ImageMetadata>> metadata =
                manifest.thenCompose(read -> then(read, found -> registries.metadata(image, found.digest())));
        CompletableFuture<Inspection> found =
                metadata.thenApply(read -> new Inspection(image, manifest.join(), read, Optional.empty()));
        return TimeSource.system()
                .completeAfter(found, LIMIT, () -> late(image, manifest))
                .join();
    }

    private static Inspection late(ImageReference image, CompletableFuture<Fact<Manifest>> manifest) {
        String reason = "the registry did not answer within " + LIMIT.toSeconds() + " s";
        return new Inspection(
                image, manifest.getNow(Fact.undecidable(reason)), Fact.undecidable(reason), Optional.empty());
    }

    @SuppressWarnings("unchecked") // A fact that is not known has no value.
    private static <T, U> CompletableFuture<Fact<U>> then(Fact<T> first, Function<T, CompletableFuture<Fact<U>>> next) {
        return first.value().map(next).orElseGet(() -> CompletableFuture.completedFuture((Fact<U>) first));
    }

    /**
     * {@return a copy with the signatures and attestations, if the manifest is known; waits for the registry}
     *
     * @param registries the registries that may be contacted
     * @param signers who may have signed; may be none
     * @param withRoot whether a trusted root was given
     */
    public Inspection withSignatures(Registries registries, List<Signer> signers, boolean withRoot) {
        return new Inspection(
                image,
                manifest,
                metadata,
                manifest.value()
                        .map(known -> FoundSignatures.of(registries, image, known.digest(), signers, withRoot)));
    }

    /** {@return why something is unknown; empty if everything is known} */
    public Optional<String> problem() {
        return metadata.value().isPresent() ? Optional.empty() : Optional.of(metadata.reason());
    }

    /**
     * {@return the digests by which the content can be denied: of the manifest, and then of what an index lists; none if
     * the metadata is unknown}
     */
    public Set<Digest> digests() {
        Set<Digest> digests = new LinkedHashSet<>();
        metadata.value().ifPresent(known -> {
            manifest.value().map(Manifest::sha256).ifPresent(digests::add);
            known.images().stream()
                    .map(part -> part.digest())
                    .filter(known.contents()::contains)
                    .forEach(digests::add);
            known.contents().stream()
                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                    .forEach(digests::add);
        });
        return digests;
    }
}
