package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The manifests that refer to an image, in their order, and their first content. Some are asked for before it is their turn:
 * none while the first one is read, since most searches end with it, then ever more, up to four at once. So a search that ends
 * early has asked for three too many at most. Content follows its manifest at once if it is small, so that what is kept ahead is
 * small, too.
 */
final class ManifestsAhead {

    private static final int MOST = 4;

    private final SignatureStore store;
    private final Wanted wanted;
    private final Deque<StoredDescriptor> waiting;
    private final Deque<Asked> asked = new ArrayDeque<>(MOST);
    private int atOnce = 1;

    ManifestsAhead(SignatureStore store, Wanted wanted, List<StoredDescriptor> manifests) {
        this.store = store;
        this.wanted = wanted;
        this.waiting = new ArrayDeque<>(manifests);
    }

    /** A manifest that was asked for. */
    final class Asked {

        private final StoredDescriptor descriptor;
        private final CompletableFuture<Fact<StoredManifest>> manifest;
        private final CompletableFuture<Fact<byte[]>> content;

        private Asked(StoredDescriptor descriptor) {
            this.descriptor = descriptor;
            manifest = store.manifest(descriptor.digest());
            content = manifest.thenCompose(found -> found.value()
                    .flatMap(this::ahead)
                    .map(store::blob)
                    .orElseGet(() -> CompletableFuture.completedFuture(Fact.undecidable("not asked for"))));
        }

        /** {@return how the manifest is listed} */
        StoredDescriptor descriptor() {
            return descriptor;
        }

        CompletableFuture<Fact<StoredManifest>> manifest() {
            return manifest;
        }

        /** {@return content of the manifest, which was asked for with it or is asked for now} */
        CompletableFuture<Fact<byte[]>> blob(StoredManifest of, StoredDescriptor layer) {
            return ahead(of).filter(layer::equals).isPresent() ? content : store.blob(layer);
        }

        private Optional<StoredDescriptor> ahead(StoredManifest found) {
            return wanted.refers(found) && descriptor.describes(found)
                    ? found.layers().stream()
                            .filter(layer -> wanted.isIn(found, layer))
                            .findFirst()
                            .filter(layer -> layer.size() <= SignatureStore.SMALL)
                    : Optional.empty();
        }
    }

    /** {@return the next one, whose answer may be there already} */
    Asked next() {
        while (asked.size() < atOnce && !waiting.isEmpty()) {
            asked.add(new Asked(waiting.remove()));
        }
        atOnce = Math.min(MOST, 2 * atOnce);
        return asked.remove();
    }
}
