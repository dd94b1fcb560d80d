package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.registry.share.Share;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureSearch;
import io.imagegate.signature.search.SignatureStore;
import io.imagegate.signature.search.StoredDescriptor;
import io.imagegate.signature.search.StoredManifest;
import io.imagegate.signature.search.StoredReferrers;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In which order searches of several registries verify what they find, on one thread. */
class TurnsTest {

    private static final Digest IMAGE = Digest.parse("sha256:" + "0".repeat(64));
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private final Queue<Runnable> thread = new ArrayDeque<>();
    private final Turns turns = new Turns(thread::add, 8);
    private final List<String> order = new ArrayList<>();

    private void runAll() {
        while (!thread.isEmpty()) {
            thread.remove().run();
        }
    }

    /** A repository with one manifest of some layers, whose answers are there at once. */
    private record Store(int layers) implements SignatureStore {

        @Override
        public CompletableFuture<Fact<StoredManifest>> tagged(String tag) {
            List<StoredDescriptor> all = IntStream.range(0, layers)
                    .mapToObj(i -> new StoredDescriptor(BUNDLE, IMAGE, 1, Map.of("layer", String.valueOf(i))))
                    .toList();
            return CompletableFuture.completedFuture(
                    Fact.known(new StoredManifest(IMAGE, "any", 1, all, Optional.empty(), "")));
        }

        @Override
        public CompletableFuture<Fact<StoredManifest>> manifest(Digest digest) {
            throw new AssertionError(digest);
        }

        @Override
        public CompletableFuture<Fact<StoredReferrers>> referrers(Digest image) {
            return CompletableFuture.completedFuture(Fact.absent("none"));
        }

        @Override
        public CompletableFuture<Fact<byte[]>> blob(StoredDescriptor descriptor) {
            return CompletableFuture.completedFuture(Fact.known(new byte[1]));
        }
    }

    private CompletableFuture<SearchEnd> search(String registry, int layers) {
        return new SignatureSearch(
                        Verifier.create(),
                        new Store(layers),
                        (bytes, verification) -> CompletableFuture.runAsync(
                                verification, task -> turns.execute(Share.of(registry), task)))
                .signatures(IMAGE, List.of(), Instant.EPOCH, finding -> order.add(registry));
    }

    @Test
    @DisplayName("between two layers of one search, each other registry that waits has its turn")
    void order() {
        List<CompletableFuture<SearchEnd>> searches =
                List.of(search("hostile", 5), search("hostile", 4), search("a", 2), search("b", 1), search("c", 1));
        runAll();
        assertThat(order)
                .containsExactly(
                        "hostile", "a", "b", "c", "hostile", "a", "hostile", "hostile", "hostile", "hostile", "hostile",
                        "hostile", "hostile");
        assertThat(searches).allSatisfy(search -> assertThat(search).isCompletedWithValueMatching(SearchEnd::complete));
    }

    @Test
    @DisplayName("a registry that comes later waits for one layer, however many wait")
    void later() {
        List<CompletableFuture<SearchEnd>> searches = new ArrayList<>();
        IntStream.range(0, 3).forEach(i -> searches.add(search("hostile", 3)));
        thread.remove().run();
        searches.add(search("a", 2));
        runAll();
        assertThat(order.subList(0, 5)).containsExactly("hostile", "hostile", "a", "hostile", "a");
        assertThat(searches).allSatisfy(search -> assertThat(search).isDone());
    }

    @Test
    @DisplayName("one registry takes at most half of the places that are left to wait")
    void places() {
        IntStream.range(0, 4).forEach(i -> turns.execute(Share.of("hostile"), () -> order.add("hostile")));
        assertThatThrownBy(() -> turns.execute(Share.of("hostile"), () -> order.add("too many")))
                .isInstanceOf(RejectedExecutionException.class);
        turns.execute(Share.of("a"), () -> order.add("a"));
        turns.execute(Share.of("a"), () -> order.add("a"));
        assertThatThrownBy(() -> turns.execute(Share.of("a"), () -> order.add("too many")))
                .isInstanceOf(RejectedExecutionException.class);
        runAll();
        assertThat(order).containsExactly("hostile", "a", "hostile", "a", "hostile", "hostile");
        turns.execute(Share.of("a"), () -> order.add("again"));
        runAll();
        assertThat(order).endsWith("again");
    }
}
