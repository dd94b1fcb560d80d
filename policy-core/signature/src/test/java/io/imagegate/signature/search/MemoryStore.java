package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A repository in memory. */
final class MemoryStore implements SignatureStore {
    final Map<String, Fact<StoredManifest>> tags = new HashMap<>();
    final Map<Digest, StoredManifest> manifests = new LinkedHashMap<>();
    final List<StoredDescriptor> listed = new ArrayList<>();
    final Map<Digest, byte[]> blobs = new HashMap<>();
    final List<String> asked = new ArrayList<>();
    Optional<Fact.State> missing = Optional.empty();
    boolean async;

    private <T> CompletableFuture<Fact<T>> answer(Fact<T> fact) {
        return async ? CompletableFuture.supplyAsync(() -> fact) : CompletableFuture.completedFuture(fact);
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> tagged(String tag) {
        return answer(tags.getOrDefault(tag, Fact.absent("no such tag")));
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> manifest(Digest digest) {
        asked.add(digest.toString());
        StoredManifest manifest = manifests.get(digest);
        return answer(manifest == null ? Fact.absent("no such manifest") : Fact.known(manifest));
    }

    @Override
    public CompletableFuture<Fact<StoredReferrers>> referrers(Digest image) {
        return answer(
                listed.isEmpty() && missing.isEmpty()
                        ? Fact.absent("none")
                        : Fact.known(new StoredReferrers(listed, missing, missing.isPresent() ? "403" : "")));
    }

    @Override
    public CompletableFuture<Fact<byte[]>> blob(StoredDescriptor descriptor) {
        byte[] content = blobs.getOrDefault(descriptor.digest(), new byte[0]);
        boolean same = content.length == descriptor.size();
        return answer(same ? Fact.known(content) : Fact.undecidable("too large"));
    }

    StoredManifest manifest(int number, Optional<Digest> subject, StoredDescriptor... layers) {
        return new StoredManifest(
                digest(number), "application/vnd.oci.image.manifest.v1+json", 100, List.of(layers), subject, "");
    }

    StoredDescriptor blob(int number, String type, byte[] content, Map<String, String> annotations) {
        blobs.put(digest(number), content);
        return new StoredDescriptor(type, digest(number), content.length, annotations);
    }

    void refer(StoredManifest manifest, Map<String, String> annotations) {
        manifests.put(manifest.digest(), manifest);
        listed.add(new StoredDescriptor(manifest.mediaType(), manifest.digest(), manifest.size(), annotations));
    }

    static Digest digest(int number) {
        return Digest.parse("sha256:" + "%064x".formatted(number));
    }
}
