package io.imagegate.signature.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Recorded;
import io.imagegate.signature.Verifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which manifests, and which of their content, a search asks for before it is their turn. */
class ManifestsAheadTest {

    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final int MANIFESTS = 20;
    private static final int CONTENT = 1_000;
    private static final Fact<byte[]> BAD = Fact.known(new byte[] {'{', '}'});

    private final Map<Integer, CompletableFuture<Fact<StoredManifest>>> asked = new LinkedHashMap<>();
    private final List<Integer> contents = new ArrayList<>();
    private final Map<Integer, CompletableFuture<Fact<byte[]>>> late = new HashMap<>();
    private final List<Digest> visited = new ArrayList<>();
    private int size = SignatureStore.SMALL;
    private Digest subject = Recorded.IMAGE;
    private long manifestSize = 100;
    private int enough = Integer.MAX_VALUE;

    /** A repository whose manifests arrive when the test says so, and so does bad content that is late. */
    private final class Store implements SignatureStore {

        @Override
        public CompletableFuture<Fact<StoredManifest>> tagged(String tag) {
            return CompletableFuture.completedFuture(Fact.absent("no such tag"));
        }

        @Override
        public CompletableFuture<Fact<StoredManifest>> manifest(Digest digest) {
            CompletableFuture<Fact<StoredManifest>> answer = new CompletableFuture<>();
            asked.put(number(digest), answer);
            return answer;
        }

        @Override
        public CompletableFuture<Fact<StoredReferrers>> referrers(Digest image) {
            List<StoredDescriptor> listed = IntStream.range(0, MANIFESTS)
                    .mapToObj(i -> new StoredDescriptor(TYPE, digest(i), 100, Map.of()))
                    .toList();
            return CompletableFuture.completedFuture(Fact.known(new StoredReferrers(listed, Optional.empty(), "")));
        }

        @Override
        public CompletableFuture<Fact<byte[]>> blob(StoredDescriptor descriptor) {
            int number = number(descriptor.digest()) - CONTENT;
            contents.add(number);
            return late.getOrDefault(number, CompletableFuture.completedFuture(BAD));
        }
    }

    private static Digest digest(int number) {
        return Digest.parse("sha256:" + "%064x".formatted(number));
    }

    private static int number(Digest digest) {
        return Integer.parseInt(digest.hex(), 16);
    }

    private CompletableFuture<SearchEnd> search() {
        return new SignatureSearch(Verifier.create(), new Store())
                .signatures(Recorded.IMAGE, List.of(), Instant.EPOCH, finding -> {
                    visited.add(finding.manifest());
                    return visited.size() < enough;
                });
    }

    private void arrive(int number) {
        StoredDescriptor layer = new StoredDescriptor(BUNDLE, digest(CONTENT + number), size, Map.of());
        assertThat(asked.get(number))
                .isNotNull()
                .satisfies(answer -> answer.complete(Fact.known(new StoredManifest(
                        digest(number), TYPE, manifestSize, List.of(layer), Optional.of(subject), ""))));
    }

    @Test
    @DisplayName("nothing is asked for ahead of the first, then up to four at once")
    void ahead() {
        CompletableFuture<SearchEnd> end = search();
        int[] expected = {1, 3, 6, 7, 8, 9};
        for (int i = 0; i < expected.length; i++) {
            assertThat(asked).as("while manifest %s is read", i).hasSize(expected[i]);
            arrive(i);
        }
        assertThat(end).isNotDone();
    }

    @Test
    @DisplayName("a search that ends with the first asks for it alone, and one that ends later for three more at most")
    void earlyEnd() {
        enough = 1;
        CompletableFuture<SearchEnd> first = search();
        arrive(0);
        assertThat(first).isCompletedWithValueMatching(end -> !end.complete() && end.manifests() == MANIFESTS);
        assertThat(asked).containsOnlyKeys(0);
        assertThat(contents).containsExactly(0);
        visited.clear();
        asked.clear();
        contents.clear();
        enough = 5;
        CompletableFuture<SearchEnd> fifth = search();
        for (int i = 0; i < 5; i++) {
            arrive(i);
        }
        assertThat(fifth).isCompletedWithValueMatching(end -> !end.complete() && end.manifests() == MANIFESTS);
        assertThat(asked).hasSize(5 + 3);
        assertThat(contents).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    @DisplayName(
            "small content is asked for when its manifest is there, larger content when the content before is judged")
    void content() {
        late.put(1, new CompletableFuture<>());
        CompletableFuture<SearchEnd> small = search();
        List.of(0, 1, 2).forEach(this::arrive);
        assertThat(contents).containsExactly(0, 1, 2);
        assertThat(visited).containsExactly(digest(0));
        late.get(1).complete(BAD);
        assertThat(visited).containsExactly(digest(0), digest(1), digest(2));
        assertThat(contents).as("each once").containsExactly(0, 1, 2);
        assertThat(small).isNotDone();
        asked.clear();
        contents.clear();
        visited.clear();
        size++;
        late.put(1, new CompletableFuture<>());
        CompletableFuture<SearchEnd> large = search();
        List.of(0, 1, 2).forEach(this::arrive);
        assertThat(contents).containsExactly(0, 1);
        late.get(1).complete(BAD);
        assertThat(contents).containsExactly(0, 1, 2);
        assertThat(visited).containsExactly(digest(0), digest(1), digest(2));
        assertThat(large).isNotDone();
    }

    @Test
    @DisplayName("content of a manifest that does not count is not asked for")
    void otherContent() {
        CompletableFuture<SearchEnd> end = search();
        arrive(0);
        manifestSize++;
        arrive(1);
        manifestSize--;
        subject = digest(7);
        arrive(2);
        assertThat(contents).containsExactly(0);
        assertThat(visited).as("one of another size violates").containsExactly(digest(0), digest(1));
        assertThat(end).isNotDone();
    }

    @Test
    @DisplayName("they are judged in their order, in whatever order they arrive")
    void order() {
        CompletableFuture<SearchEnd> end = search();
        arrive(0);
        arrive(1);
        for (int i = 2; i < MANIFESTS; i += 4) {
            for (int late = Math.min(i + 3, MANIFESTS - 1); late >= i; late--) {
                assertThat(visited).hasSize(i);
                arrive(late);
            }
        }
        assertThat(end).isCompletedWithValueMatching(SearchEnd::complete);
        assertThat(visited)
                .containsExactlyElementsOf(IntStream.range(0, MANIFESTS)
                        .mapToObj(ManifestsAheadTest::digest)
                        .toList());
    }
}
