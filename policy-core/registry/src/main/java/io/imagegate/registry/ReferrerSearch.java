package io.imagegate.registry;

import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Finds referrers in both places: the referrers API, and the tag that stands in for it. Registries with the API answer an
 * empty list for anything, and clients write the tag to them, too.
 */
final class ReferrerSearch {

    /** The longest digest in a tag of the referrers tag schema. */
    private static final int HEX = 64;

    private final Lookups lookups;

    ReferrerSearch(Lookups lookups) {
        this.lookups = lookups;
    }

    CompletableFuture<Lookup<Referrers>> find(ImageReference image, Digest digest) {
        CompletableFuture<Lookup<List<Descriptor>>> api = lookups.referrers(image, digest);
        CompletableFuture<Lookup<List<Descriptor>>> tag = Questions.lookup(
                () -> lookups.manifest(image, tag(digest)).thenApply(found -> listed(digest, found.orThrow())));
        return api.thenCombine(tag, (one, other) -> combined(digest, one, other));
    }

    private static String tag(Digest digest) {
        String hex = digest.hex();
        return digest.algorithm() + "-" + hex.substring(0, Math.min(HEX, hex.length()));
    }

    private static List<Descriptor> listed(Digest digest, Manifest index) {
        if (!index.isIndex()) {
            throw Failure.undecidable("the tag " + tag(digest) + " names no index");
        }
        return index.manifests();
    }

    private static Lookup<Referrers> combined(
            Digest digest, Lookup<List<Descriptor>> api, Lookup<List<Descriptor>> tag) {
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        Stream.of(api, tag)
                .flatMap(lookup -> lookup.value().stream().flatMap(List::stream))
                .forEach(descriptor -> found.putIfAbsent(descriptor.digest(), descriptor));
        if (found.size() > RegistryClient.REFERRERS) {
            return Lookup.undecidable(digest + " has more than " + RegistryClient.REFERRERS + " referrers");
        }
        Optional<Lookup<List<Descriptor>>> unknown = unknown(api, tag);
        if (found.isEmpty()) {
            return unknown.map(lookup -> lookup.map(none -> new Referrers(none, Optional.empty(), "")))
                    .orElseGet(() -> Lookup.absent("nothing refers to " + digest));
        }
        return Lookup.known(new Referrers(
                List.copyOf(found.values()),
                unknown.map(Lookup::status),
                unknown.map(Lookup::reason).orElse("")));
    }

    /** {@return the one that did not answer; of two, the one that is undecidable} */
    private static Optional<Lookup<List<Descriptor>>> unknown(
            Lookup<List<Descriptor>> api, Lookup<List<Descriptor>> tag) {
        return Stream.of(Lookup.Status.UNDECIDABLE, Lookup.Status.UNAVAILABLE)
                .flatMap(status -> Stream.of(api, tag).filter(lookup -> lookup.status() == status))
                .findFirst();
    }
}
