package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The manifests that refer to an image, in their order. Some are asked for before it is their turn: none while the first one is
 * read, since most searches end with it, then ever more, up to four at once. So a search that ends early has asked for three too
 * many at most.
 */
final class ManifestsAhead {

    private static final int MOST = 4;

    private final SignatureStore store;
    private final Deque<StoredDescriptor> waiting;
    private final Deque<Asked> asked = new ArrayDeque<>(MOST);
    private int atOnce = 1;

    /**
     * A manifest that was asked for.
     *
     * @param descriptor how it is listed
     * @param answer the manifest
     */
    record Asked(StoredDescriptor descriptor, CompletableFuture<Fact<StoredManifest>> answer) {}

    ManifestsAhead(SignatureStore store, List<StoredDescriptor> manifests) {
        this.store = store;
        this.waiting = new ArrayDeque<>(manifests);
    }

    /** {@return the next one, whose answer may be there already} */
    Asked next() {
        while (asked.size() < atOnce && !waiting.isEmpty()) {
            StoredDescriptor descriptor = waiting.remove();
            asked.add(new Asked(descriptor, store.manifest(descriptor.digest())));
        }
        atOnce = Math.min(MOST, 2 * atOnce);
        return asked.remove();
    }
}
