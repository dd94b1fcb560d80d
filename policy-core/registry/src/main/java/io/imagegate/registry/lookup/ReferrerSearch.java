package io.imagegate.registry.lookup;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.api.RegistryClient;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import io.imagegate.registry.oci.Referrers;
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
public final class ReferrerSearch {

    /** The longest digest in a tag of the referrers tag schema. */
    private static final int HEX = 64;

    private final Lookups lookups;

    public ReferrerSearch(Lookups lookups) {
        this.lookups = lookups;
    }

    public CompletableFuture<Fact<Referrers>> find(ImageReference image, Digest digest) {
        CompletableFuture<Fact<List<Descriptor>>> api = lookups.referrers(image, digest);
        CompletableFuture<Fact<List<Descriptor>>> tag = Failure.toFact(
                () -> lookups.manifest(image, tag(digest)).thenApply(found -> listed(digest, Failure.valueOf(found))));
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

    private static Fact<Referrers> combined(Digest digest, Fact<List<Descriptor>> api, Fact<List<Descriptor>> tag) {
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        Stream.of(api, tag)
                .flatMap(lookup -> lookup.value().stream().flatMap(List::stream))
                .forEach(descriptor -> found.putIfAbsent(descriptor.digest(), descriptor));
        if (found.size() > RegistryClient.REFERRERS) {
            return Fact.undecidable(digest + " has more than " + RegistryClient.REFERRERS + " referrers");
        }
        Optional<Fact<List<Descriptor>>> unknown = unknown(api, tag);
        if (found.isEmpty()) {
            return unknown.map(lookup ->
                            Failure.of(lookup.state(), lookup.reason()).<Referrers>fact())
                    .orElseGet(() -> Fact.absent("nothing refers to " + digest));
        }
        return Fact.known(new Referrers(
                List.copyOf(found.values()),
                unknown.map(Fact::state),
                unknown.map(Fact::reason).orElse("")));
    }

    /** {@return the one that did not answer; of two, the one that is undecidable} */
    private static Optional<Fact<List<Descriptor>>> unknown(Fact<List<Descriptor>> api, Fact<List<Descriptor>> tag) {
        return Stream.of(Fact.State.UNDECIDABLE, Fact.State.UNAVAILABLE)
                .flatMap(status -> Stream.of(api, tag).filter(lookup -> lookup.state() == status))
                .findFirst();
    }
}
