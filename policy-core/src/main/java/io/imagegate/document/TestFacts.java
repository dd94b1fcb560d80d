package io.imagegate.document;

import io.imagegate.document.tests.StatedFacts;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Facts about images as a case of a policy test gives them; what is not given is absent. They verify nothing. Immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public final class TestFacts implements FactSource {

    /** No facts about any image. */
    public static final TestFacts NONE = new TestFacts(StatedFacts.NONE);

    private final StatedFacts facts;

    TestFacts(StatedFacts facts) {
        this.facts = facts;
    }

    StatedFacts stated() {
        return facts;
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        return facts.source().find(needs, limit);
    }
}
