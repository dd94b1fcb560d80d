package io.imagegate.fact;

import io.imagegate.reference.ImageReference;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Finds facts about images, such as a client of registries. It belongs to the program, not to a policy, and is shared by
 * all reviews. Implementations are thread-safe and block no thread.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface FactSource {

    /**
     * Finds what some images need, all side by side. Returns without waiting. What the future holds when the limit is over
     * is all that counts: facts that are missing then are undecidable, and so are all if the future fails. A look-up that
     * was begun may go on, so that the next review finds its answer.
     *
     * @param needs for each image, the facts that are wanted
     * @param limit time that the caller waits; positive
     * @return the facts of each image; others than those that were wanted may be among them
     */
    CompletableFuture<Map<ImageReference, ImageFacts>> find(Map<ImageReference, Set<Need<?>>> needs, Duration limit);
}
