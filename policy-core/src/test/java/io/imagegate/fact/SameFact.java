package io.imagegate.fact;

import io.imagegate.reference.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Answers at once with one fact for each image, and keeps what it was asked.
 *
 * @param <T> what is known
 */
public final class SameFact<T> implements FactSource {

    private final List<Map<ImageReference, Set<Need<?>>>> asked = new ArrayList<>();
    private final Instant instant;
    private final Need<T> need;
    private final Fact<T> fact;

    public SameFact(Instant instant, Need<T> need, Fact<T> fact) {
        this.instant = instant;
        this.need = need;
        this.fact = fact;
    }

    /** {@return the questions, in order} */
    public List<Map<ImageReference, Set<Need<?>>>> asked() {
        return asked;
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        asked.add(needs);
        Map<ImageReference, ImageFacts> found = new HashMap<>();
        needs.keySet().forEach(image -> found.put(image, ImageFacts.at(instant).with(need, fact)));
        return CompletableFuture.completedFuture(found);
    }
}
