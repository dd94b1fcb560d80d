package io.imagegate.fact;

import io.imagegate.reference.ImageReference;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Looks up facts about images, for example in registries. A program has one source for all reviews and policies, which may combine
 * several: {@link io.imagegate.policy.FactSources}.
 * Implementations are thread-safe and block no thread.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface FactSource extends AutoCloseable {

    /**
     * Looks up the facts that some images need, in parallel. Returns without waiting. Facts are undecidable if they are
     * missing from the result, if the future does not complete within the limit, and if it fails or this throws; the failure is
     * logged once a minute, and the {@link io.imagegate.policy.Violation} has it. A look-up may continue
     * after the limit, so that its result is there for the next review. A source that gives facts from a cache answers
     * {@link FreshNeed}, too: rules ask so for a fact from a cache that does not satisfy them.
     *
     * @param needs the facts to look up for each image
     * @param limit how long the caller waits; positive
     * @return the facts of each image, and perhaps others
     */
    CompletableFuture<Map<ImageReference, ImageFacts>> find(Map<ImageReference, Set<Need<?>>> needs, Duration limit);

    /**
     * {@return the name of the configured registry that is asked about an image, for metrics and traces: one that the operator wrote,
     * never one that a pod chose; empty if there is none} Has none by default.
     *
     * @param image the image
     */
    default Optional<String> registry(ImageReference image) {
        return Optional.empty();
    }

    /**
     * {@return this source for one of several gates that share it} What waits for one gate then delays no other. A source whose look-ups
     * do not wait for each other is the same for all, which is the default.
     *
     * @param user the name of the gate
     */
    default FactSource sharedBy(String user) {
        return this;
    }

    /** Ends all look-ups; further ones are undecidable. Does nothing by default. Whoever opened the source closes it, once. */
    @Override
    default void close() {}
}
