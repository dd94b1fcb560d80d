package io.imagegate.document;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The facts that a case of a policy test gives; what it does not give is absent. */
record CaseFacts(Map<ImageReference, ImageFacts> facts) implements FactSource {

    static final CaseFacts NONE = new CaseFacts(Map.of());

    CaseFacts {
        facts = Map.copyOf(facts);
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        Map<ImageReference, ImageFacts> found = new HashMap<>();
        needs.forEach((image, wanted) -> found.put(image, find(image, wanted)));
        return CompletableFuture.completedFuture(found);
    }

    private ImageFacts find(ImageReference image, Set<Need<?>> wanted) {
        ImageFacts given = facts.getOrDefault(image, ImageFacts.at(Instant.EPOCH));
        ImageFacts found = given;
        for (Need<?> need : wanted) {
            if (given.get(need).state() == Fact.State.PENDING) {
                found = found.with(need, Fact.absent("the test case does not give its " + need));
            }
        }
        return found;
    }
}
