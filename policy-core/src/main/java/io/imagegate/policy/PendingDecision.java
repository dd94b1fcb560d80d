package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.fact.VerifiedValue;
import io.imagegate.policy.DecisionObserver.Observed;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides on one review that needs facts: looks up the facts that rules ask for and applies the rules again, until none
 * asks for more. No thread waits meanwhile. A fact that is not found in time is undecidable.
 */
final class PendingDecision {

    /** How often facts are looked up that depend on earlier ones: digests to pin first, then what rules ask for. */
    private static final int MAX_ROUNDS = 5;

    private static final int MAX_LOOKUPS = 1_000;

    /** How many manifests that refer to an image cause a warning: sources read 1,000 of them at most. */
    private static final int CROWDED = 500;

    private static final int MAX_CROWDED = 8;

    private final PolicySet policies;
    private final ImageReview review;
    private final MutationScope scope;
    private final AskedSource source;
    private final Observed observed;
    private final InstantSource instant;
    private final Duration limit;

    /** Limit for a review that no fact can deny. */
    private final Duration lenientLimit;

    private final Map<Question, Lookup> lookups = new LinkedHashMap<>();
    private final Map<ImageReference, Integer> crowded = new LinkedHashMap<>();
    private final TimeSource time;
    private final long start;
    private final CompletableFuture<Decision> made = new CompletableFuture<>();

    /** What was looked up. */
    private record Question(ImageReference image, Need<?> need) {}

    PendingDecision(
            PolicySet policies,
            ImageReview review,
            MutationScope scope,
            AskedSource source,
            Observed observed,
            Duration limit,
            Duration lenientLimit) {
        this.policies = policies;
        this.review = review;
        this.scope = scope;
        this.source = source;
        this.observed = observed;
        this.limit = limit;
        this.lenientLimit = lenientLimit;
        this.instant = InstantSource.fixed(policies.clock().instant());
        this.time = TimeSource.of(policies.clock());
        this.start = time.nanos();
    }

    /** {@return the decision, when there is one; cancelling it frees the review, while look-ups go on for others} */
    CompletableFuture<Decision> decide(Findings first) {
        decide(first, Map.of(), MAX_ROUNDS);
        return made;
    }

    /** Looks facts up and applies the rules again: at once with facts that are there, else when they are. */
    private void decide(Findings first, Map<ImageReference, ImageFacts> known, int rounds) {
        try {
            Findings findings = first;
            Map<ImageReference, ImageFacts> facts = known;
            for (int left = rounds; left > 0 && !findings.needs().isEmpty() && !made.isDone(); left--) {
                Map<ImageReference, Set<Need<?>>> needs = findings.needs();
                long began = elapsed();
                CompletableFuture<@Nullable Map<ImageReference, ImageFacts>> found =
                        find(needs, left(findings.mayDeny() ? limit : min(limit, lenientLimit)));
                if (!found.isDone()) {
                    decideLater(found, facts, needs, began, left - 1);
                    return;
                }
                facts = with(facts, needs, found.join(), began);
                findings = policies.findings(review, scope, instant, facts);
            }
            made.complete(findings.decision()
                    .withLookups(List.copyOf(lookups.values()))
                    .withNotes(notes())
                    .at(instant.instant()));
        } catch (Throwable failure) {
            made.completeExceptionally(failure);
        }
    }

    private void decideLater(
            CompletableFuture<@Nullable Map<ImageReference, ImageFacts>> found,
            Map<ImageReference, ImageFacts> facts,
            Map<ImageReference, Set<Need<?>>> needs,
            long began,
            int rounds) {
        CompletableFuture<?> unused = made.whenComplete((decision, failure) -> found.cancel(false));
        unused = found.thenAcceptAsync(
                        more -> {
                            Map<ImageReference, ImageFacts> all = with(facts, needs, more, began);
                            if (!made.isDone()) {
                                decide(policies.findings(review, scope, instant, all), all, rounds);
                            }
                        },
                        DecisionThreads.POOL)
                .exceptionally(failure -> {
                    made.completeExceptionally(failure);
                    return null;
                });
    }

    private CompletableFuture<@Nullable Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration left) {
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.completedFuture(null);
        }
        Consumer<Map<ImageReference, ImageFacts>> ended =
                observed.lookup(Collections.unmodifiableMap(needs), source::registry);
        CompletableFuture<Map<ImageReference, ImageFacts>> asked = source.find(needs, left, instant.instant());
        if (asked.isDone()) {
            ended.accept(asked.join());
            return CompletableFuture.completedFuture(asked.join());
        }
        CompletableFuture<@Nullable Map<ImageReference, ImageFacts>> found = time.completeAfter(
                asked.<@Nullable Map<ImageReference, ImageFacts>>thenApply(answer -> {
                    ended.accept(answer);
                    return answer;
                }),
                left,
                () -> {
                    // Too late: told before the decision goes on, and can end.
                    ended.accept(Map.of());
                    return null;
                });
        // Cancelled.
        CompletableFuture<?> unused = found.whenComplete((answer, cancelled) -> ended.accept(Map.of()));
        return found;
    }

    private Map<ImageReference, ImageFacts> with(
            Map<ImageReference, ImageFacts> facts,
            Map<ImageReference, Set<Need<?>>> needs,
            @Nullable Map<ImageReference, ImageFacts> found,
            long began) {
        Duration waited = Duration.ofNanos(elapsed() - began);
        String missing = missingReason(found);
        Map<ImageReference, ImageFacts> all = new HashMap<>(facts);
        needs.forEach((image, wanted) -> {
            ImageFacts more = found == null ? null : found.get(image);
            ImageFacts before = before(image, all, more);
            ImageFacts after = complete(more == null ? before : before.and(more), wanted, missing);
            all.put(image, after);
            account(image, wanted, before, after, waited);
        });
        return all;
    }

    /** {@return what is known already; nothing if the tag has moved meanwhile, since facts of two digests prove nothing} */
    private ImageFacts before(ImageReference image, Map<ImageReference, ImageFacts> facts, @Nullable ImageFacts more) {
        ImageFacts before = facts.getOrDefault(image, ImageFacts.at(instant.instant()));
        Optional<Digest> last = before.digest().value();
        boolean moved = more != null
                && last.isPresent()
                && more.digest().value().filter(now -> !now.equals(last.get())).isPresent();
        if (moved) {
            lookups.keySet().removeIf(question -> question.image().equals(image));
        }
        return moved ? ImageFacts.at(instant.instant()) : before;
    }

    /** Records what was looked up, and the digest that sources find on the way. Of what was asked again the last answer counts. */
    private void account(
            ImageReference image, Set<Need<?>> wanted, ImageFacts before, ImageFacts after, Duration waited) {
        Set<Need<?>> found = new LinkedHashSet<>();
        if (before.digest().state() == Fact.State.PENDING && after.digest().state() != Fact.State.PENDING) {
            found.add(Need.DIGEST);
        }
        found.addAll(wanted);
        for (Need<?> need : found) {
            Question question = new Question(image, FreshNeed.asked(need));
            if (lookups.size() < MAX_LOOKUPS || lookups.containsKey(question)) {
                lookups.put(question, Lookup.of(image, need, after, waited));
            }
            after.get(need).value().ifPresent(value -> count(image, value));
        }
    }

    private void count(ImageReference image, Object found) {
        if (found instanceof VerifiedValue value && value.manifests() >= CROWDED && crowded.size() < MAX_CROWDED) {
            crowded.merge(image, value.manifests(), Math::max);
        }
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        Locale locale = policies.policies().get(0).locale();
        crowded.forEach((image, number) -> notes.add(Sentences.crowded(locale, image, number)));
        return notes;
    }

    private static ImageFacts complete(ImageFacts facts, Set<Need<?>> wanted, String missing) {
        ImageFacts complete = facts;
        for (Need<?> need : wanted) {
            if (facts.get(need).state() == Fact.State.PENDING) {
                complete = complete.with(need, Fact.undecidable("its " + need + missing));
            }
        }
        return complete;
    }

    /** {@return the end of a sentence that begins with a need} */
    private String missingReason(@Nullable Map<ImageReference, ImageFacts> found) {
        if (found != null) {
            return " was not found by the fact source";
        }
        return limit.isZero()
                ? " is not known yet, and the review could not wait, because too many others did"
                : " was not found within " + TimeUnit.NANOSECONDS.toMillis(elapsed()) + " ms";
    }

    private Duration left(Duration of) {
        return of.minusNanos(elapsed());
    }

    private long elapsed() {
        return time.nanos() - start;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
