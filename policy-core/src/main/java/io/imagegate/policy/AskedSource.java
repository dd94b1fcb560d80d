package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import io.imagegate.text.FailureLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A source of facts, which is foreign code: what it throws is logged, and is in the facts that it was asked for. Thread-safe.
 */
final class AskedSource {

    private final FactSource source;
    private final FailureLog log = new FailureLog(System.getLogger(Policy.class.getName()));

    AskedSource(FactSource source) {
        this.source = Objects.requireNonNull(source, "facts");
    }

    AskedSource sharedBy(String user) {
        return new AskedSource(source.sharedBy(user));
    }

    /**
     * {@return what it answers about these images, also too late; never completes exceptionally. What it did not answer is pending}
     *
     * @param needs the facts to look up for each image
     * @param limit how long the caller waits
     * @param instant the instant of facts whose look-up threw
     */
    CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit, Instant instant) {
        CompletableFuture<Map<ImageReference, ImageFacts>> answer;
        try {
            // A copy, so that nobody ends a look-up for which other reviews wait, and that the source cannot change.
            CompletableFuture<Map<ImageReference, ImageFacts>> found = source.find(needs, limit);
            if (found.isDone() && !found.isCompletedExceptionally()) {
                return CompletableFuture.completedFuture(answered(needs.keySet(), found.join()));
            }
            answer = found.thenApply(all -> answered(needs.keySet(), all));
        } catch (Throwable thrown) {
            answer = CompletableFuture.failedFuture(thrown);
        }
        return answer.exceptionally(thrown -> failed(needs, cause(thrown), instant));
    }

    /** {@return the configured registry of an image; empty if there is none, or if the source throws} */
    Optional<String> registry(ImageReference image) {
        try {
            return source.registry(image);
        } catch (Throwable thrown) {
            log.log(
                    "the fact source " + source.getClass().getName() + " threw when asked for a registry's name",
                    thrown);
            return Optional.empty();
        }
    }

    private static Map<ImageReference, ImageFacts> answered(
            Set<ImageReference> images, Map<ImageReference, ImageFacts> found) {
        Map<ImageReference, ImageFacts> answered = new HashMap<>();
        for (ImageReference image : images) {
            ImageFacts facts = found.get(image);
            if (facts != null) {
                answered.put(image, facts);
            }
        }
        return answered;
    }

    private Map<ImageReference, ImageFacts> failed(
            Map<ImageReference, Set<Need<?>>> needs, Throwable thrown, Instant instant) {
        log.log(
                "the fact source " + source.getClass().getName() + " threw, so what it was asked for is undecidable",
                thrown);
        String reason = " could not be looked up: " + thrown.getClass().getSimpleName();
        Map<ImageReference, ImageFacts> facts = new HashMap<>();
        needs.forEach((image, wanted) -> {
            ImageFacts all = ImageFacts.at(instant);
            for (Need<?> need : wanted) {
                all = all.with(need, Fact.failed("its " + need + reason, thrown));
            }
            facts.put(image, all);
        });
        return facts;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
