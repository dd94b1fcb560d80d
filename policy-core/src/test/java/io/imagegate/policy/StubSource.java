package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Answers at once with the same facts for every image, asked for or not, and keeps what it was asked. */
final class StubSource implements FactSource {

    private final List<Map<ImageReference, Set<Need<?>>>> asked = new ArrayList<>();
    private ImageFacts facts = ImageFacts.at(Instant.EPOCH);

    <T> StubSource with(Need<T> need, Fact<T> fact) {
        facts = facts.with(need, fact);
        return this;
    }

    /** {@return the questions, in order} */
    List<Map<ImageReference, Set<Need<?>>>> asked() {
        return asked;
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        asked.add(Map.copyOf(needs));
        Map<ImageReference, ImageFacts> found = new HashMap<>();
        needs.keySet().forEach(image -> found.put(image, facts));
        return CompletableFuture.completedFuture(found);
    }
}
