package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import io.imagegate.registry.oci.Referrers;
import io.imagegate.signature.known.KnownForms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Manifests and descriptors of registries and layouts, of which only what searches use is kept. */
final class StoredParts {

    private static final int LONGEST_HINT = 1_024;

    private static final Set<String> HINTS = KnownForms.ALL.forms().stream()
            .flatMap(form -> form.hints().stream())
            .collect(Collectors.toSet());

    private StoredParts() {}

    static Fact<StoredManifest> manifest(Fact<Manifest> found) {
        return map(found, StoredParts::stored);
    }

    static Fact<StoredReferrers> referrers(Fact<Referrers> found) {
        return map(found, StoredParts::stored);
    }

    static Descriptor descriptor(StoredDescriptor stored) {
        return new Descriptor(
                stored.mediaType(), stored.digest(), stored.size(), Optional.empty(), Optional.empty(), Map.of());
    }

    @SuppressWarnings("unchecked") // an unknown fact has no value
    private static <T, R> Fact<R> map(Fact<T> fact, Function<T, R> change) {
        return fact.value().map(value -> Fact.known(change.apply(value))).orElse((Fact<R>) fact);
    }

    private static StoredManifest stored(Manifest manifest) {
        return new StoredManifest(
                manifest.digest(),
                manifest.mediaType(),
                manifest.size(),
                manifest.layers().stream()
                        .map(layer -> stored(layer, layer.annotations()))
                        .toList(),
                manifest.subject().map(Descriptor::digest),
                manifest.artifactType()
                        .or(() -> manifest.config().map(Descriptor::mediaType))
                        .orElse(""));
    }

    private static StoredReferrers stored(Referrers referrers) {
        List<StoredDescriptor> manifests = referrers.manifests().stream()
                .map(manifest -> stored(manifest, hint(manifest)))
                .toList();
        return new StoredReferrers(manifests, referrers.missing(), referrers.reason());
    }

    private static Map<String, String> hint(Descriptor manifest) {
        Map<String, String> hints = new HashMap<>(manifest.annotations());
        hints.keySet().retainAll(HINTS);
        hints.values().removeIf(value -> value.length() > LONGEST_HINT);
        return hints;
    }

    private static StoredDescriptor stored(Descriptor descriptor, Map<String, String> annotations) {
        return new StoredDescriptor(descriptor.mediaType(), descriptor.digest(), descriptor.size(), annotations);
    }
}
