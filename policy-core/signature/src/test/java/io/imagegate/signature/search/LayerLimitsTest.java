package io.imagegate.signature.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Recorded;
import io.imagegate.signature.Verifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How much of what one manifest lists is verified. */
class LayerLimitsTest {

    private static final Digest IMAGE = Recorded.IMAGE;
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String ENVELOPE = "application/vnd.dsse.envelope.v1+json";
    private static final int LARGE = SignatureStore.SMALL + 1;
    private static final int MIB = 1 << 20;

    private final MemoryStore store = new MemoryStore();
    private final List<Long> verified = new ArrayList<>();
    private final List<Integer> visited = new ArrayList<>();

    private StoredDescriptor layer(int number, String type, int bytes, Map<String, String> annotations) {
        return store.blob(number, type, new byte[bytes], annotations);
    }

    private SearchEnd search(Stream<StoredDescriptor> layers) {
        store.refer(store.manifest(1, Optional.of(IMAGE), layers.toArray(StoredDescriptor[]::new)), Map.of());
        SearchTurns turns = (bytes, verification) -> {
            verified.add(bytes);
            verification.run();
            return CompletableFuture.completedFuture(null);
        };
        return new SignatureSearch(Verifier.create(), store, turns)
                .all(IMAGE, List.of(), Instant.EPOCH, finding -> visited.add(finding.layer()))
                .join();
    }

    @Test
    @DisplayName("equal media type, annotations and content are verified once, also with others between them")
    void equal() {
        StoredDescriptor one = layer(10, BUNDLE, LARGE, Map.of("a", "1"));
        StoredDescriptor other = layer(11, BUNDLE, LARGE + 1, Map.of("a", "1"));
        SearchEnd end = search(Stream.of(
                one,
                one,
                other,
                one,
                layer(10, BUNDLE, LARGE, Map.of("a", "2")),
                layer(10, BUNDLE, LARGE, Map.of("a1", "")),
                layer(10, BUNDLE, LARGE, Map.of("a", "\ud800")),
                layer(10, BUNDLE, LARGE, Map.of("a", "?")),
                layer(10, ENVELOPE, LARGE, Map.of("a", "1")),
                other));
        assertThat(end.missing()).isEmpty();
        assertThat(visited).containsExactly(0, 2, 4, 5, 6, 7, 8);
    }

    @Test
    @DisplayName("256 MiB are verified; what is beyond is undecidable, and small content after it still counts")
    void bytes() {
        Stream<StoredDescriptor> many =
                IntStream.range(0, 300).mapToObj(i -> layer(10, BUNDLE, 15 * MIB, Map.of("layer", String.valueOf(i))));
        SearchEnd end = search(Stream.concat(many, Stream.of(layer(11, BUNDLE, 1, Map.of()))));
        assertThat(verified.stream().filter(bytes -> bytes == 15 * MIB)).hasSize(17);
        assertThat(visited).hasSize(18).endsWith(300);
        assertThat(end.missing()).contains(Fact.State.UNDECIDABLE);
        assertThat(end.reason()).isEqualTo(IMAGE + " has more than 256 MiB of signatures and attestations");
    }

    @Test
    @DisplayName("exactly 256 MiB are verified")
    void exactly() {
        SearchEnd end = search(IntStream.range(0, 16)
                .mapToObj(i -> layer(10, BUNDLE, 16 * MIB, Map.of("layer", String.valueOf(i)))));
        assertThat(visited).hasSize(16);
        assertThat(end.missing()).isEmpty();
    }

    @Test
    @DisplayName("1,000 layers are verified, and more are undecidable")
    void number() {
        SearchEnd end = search(IntStream.range(0, 1_001)
                .mapToObj(i -> layer(10, BUNDLE, 2, Map.of("layer", String.valueOf(i)))));
        assertThat(visited).hasSize(1_000);
        assertThat(end.missing()).contains(Fact.State.UNDECIDABLE);
        assertThat(end.reason()).contains("more than 1000 signatures and attestations");
    }

    @Test
    @DisplayName("a search ends when a verification is refused, as it is when its time is over")
    void refused() {
        store.refer(store.manifest(1, Optional.of(IMAGE), layer(10, BUNDLE, 2, Map.of())), Map.of());
        SearchTurns refusing =
                (bytes, verification) -> CompletableFuture.failedFuture(new IllegalStateException("over"));
        assertThat(new SignatureSearch(Verifier.create(), store, refusing)
                        .all(IMAGE, List.of(), Instant.EPOCH, finding -> true))
                .isCompletedExceptionally();
    }
}
