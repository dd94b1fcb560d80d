package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One review that needs facts: what rules ask for is looked up, and they are applied again, until none asks for more. No
 * thread waits meanwhile. A fact that does not come in time, or not at all, is undecidable.
 */
final class Deliberation {

    /** Rules ask for what the last facts told them to ask for; more often than this is no rule but a search. */
    private static final int MAX_ROUNDS = 4;

    /** How long a review waits that no fact can deny. */
    private static final Duration LENIENT_LIMIT = Duration.ofSeconds(1);

    private final PolicySet policies;
    private final ImageReview review;
    private final FactSource source;
    private final InstantSource instant;
    private final Duration limit;
    private final long start = System.nanoTime();

    Deliberation(PolicySet policies, ImageReview review, FactSource source, Duration limit) {
        this.policies = policies;
        this.review = review;
        this.source = source;
        this.limit = limit;
        this.instant = InstantSource.fixed(policies.clock().instant());
    }

    /** {@return the decision, when there is one} */
    CompletableFuture<Decision> decide(Assessment first) {
        return round(first, Map.of(), MAX_ROUNDS);
    }

    private CompletableFuture<Decision> round(
            Assessment assessment, Map<ImageReference, ImageFacts> facts, int rounds) {
        Map<ImageReference, Set<Need<?>>> needs = assessment.needs();
        if (needs.isEmpty() || rounds == 0) {
            return CompletableFuture.completedFuture(policies.decision(review, assessment));
        }
        Duration left = left(assessment.mayDeny() ? limit : min(limit, LENIENT_LIMIT));
        return find(needs, left)
                .handle((found, failure) -> with(facts, needs, found, failure))
                .thenCompose(more -> round(policies.assess(review, instant, more), more, rounds - 1));
    }

    private CompletableFuture<@Nullable Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration left) {
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            // A copy: what others wait for, too, is not ended by this limit.
            return source.find(needs, left)
                    .<@Nullable Map<ImageReference, ImageFacts>>thenApply(found -> found)
                    .completeOnTimeout(null, left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (Throwable broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private Map<ImageReference, ImageFacts> with(
            Map<ImageReference, ImageFacts> facts,
            Map<ImageReference, Set<Need<?>>> needs,
            @Nullable Map<ImageReference, ImageFacts> found,
            @Nullable Throwable failure) {
        Map<ImageReference, ImageFacts> all = new HashMap<>(facts);
        needs.forEach((image, wanted) -> {
            ImageFacts before = all.getOrDefault(image, ImageFacts.at(instant.instant()));
            ImageFacts more = found == null ? null : found.get(image);
            all.put(image, complete(more == null ? before : before.and(more), wanted, failure));
        });
        return all;
    }

    private ImageFacts complete(ImageFacts facts, Set<Need<?>> wanted, @Nullable Throwable failure) {
        ImageFacts complete = facts;
        for (Need<?> need : wanted) {
            if (facts.get(need).state() == Fact.State.PENDING) {
                complete = complete.with(need, Fact.undecidable(missing(need, failure)));
            }
        }
        return complete;
    }

    private String missing(Need<?> need, @Nullable Throwable failure) {
        return failure == null
                ? "its " + need + " was not found within " + TimeUnit.NANOSECONDS.toMillis(elapsed()) + " ms"
                : "its " + need + " could not be looked up: "
                        + failure.getClass().getSimpleName();
    }

    private Duration left(Duration of) {
        return of.minusNanos(elapsed());
    }

    private long elapsed() {
        return System.nanoTime() - start;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
