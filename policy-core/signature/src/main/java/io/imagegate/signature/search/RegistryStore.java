package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import io.imagegate.registry.oci.Referrers;
import io.imagegate.signature.known.KnownForms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The repository of a registry in which signatures of an image are. It keeps of descriptors only what searches use. */
final class RegistryStore implements SignatureStore {

    private static final int LONGEST_TAG = 128;
    private static final int LONGEST_HINT = 1_024;

    private static final Set<String> HINTS = KnownForms.ALL.forms().stream()
            .flatMap(form -> form.hints().stream())
            .collect(Collectors.toSet());

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
        return registries.manifest(place, tag).thenApply(found -> map(found, RegistryStore::manifest));
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> manifest(Digest digest) {
        return registries.manifest(place, digest).thenApply(found -> map(found, RegistryStore::manifest));
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> image(Digest digest) {
        return registries.manifest(image, digest).thenApply(found -> map(found, RegistryStore::manifest));
    }

    @Override
    public CompletableFuture<Fact<StoredReferrers>> referrers(Digest digest) {
        return registries.referrers(place, digest).thenApply(found -> map(found, RegistryStore::referrers));
    }

    @Override
    public CompletableFuture<Fact<byte[]>> blob(StoredDescriptor descriptor) {
        return registries.blob(
                place,
                new Descriptor(
                        descriptor.mediaType(),
                        descriptor.digest(),
                        descriptor.size(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
    }

    @SuppressWarnings("unchecked") // an unknown fact has no value
    private static <T, R> Fact<R> map(Fact<T> fact, Function<T, R> change) {
        return fact.value().map(value -> Fact.known(change.apply(value))).orElse((Fact<R>) fact);
    }

    private static StoredManifest manifest(Manifest manifest) {
        return new StoredManifest(
                manifest.digest(),
                manifest.mediaType(),
                manifest.size(),
                manifest.layers().stream()
                        .map(layer -> descriptor(layer, layer.annotations()))
                        .toList(),
                manifest.subject().map(Descriptor::digest),
                manifest.artifactType()
                        .or(() -> manifest.config().map(Descriptor::mediaType))
                        .orElse(""));
    }

    private static StoredReferrers referrers(Referrers referrers) {
        List<StoredDescriptor> manifests = referrers.manifests().stream()
                .map(manifest -> descriptor(manifest, hint(manifest)))
                .toList();
        return new StoredReferrers(manifests, referrers.missing(), referrers.reason());
    }

    private static Map<String, String> hint(Descriptor manifest) {
        Map<String, String> hints = new HashMap<>(manifest.annotations());
        hints.keySet().retainAll(HINTS);
        hints.values().removeIf(value -> value.length() > LONGEST_HINT);
        return hints;
    }

    private static StoredDescriptor descriptor(Descriptor descriptor, Map<String, String> annotations) {
        return new StoredDescriptor(descriptor.mediaType(), descriptor.digest(), descriptor.size(), annotations);
    }
}
