package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One look-up by several sources: first the digests of images whose names have none, then everything else about these digests. It
 * answers shortly before the limit, with what is there.
 */
final class CombinedLookup {

    /** How long before the limit the answer is given, so that it arrives in time. */
    private static final Duration EARLY = Duration.ofMillis(100);

    private final FactOwners owners;
    private final Duration wait;
    private final TimeSource time;
    private final long start;
    private final Instant instant;

    CombinedLookup(FactOwners owners, TimeSource time, Duration limit) {
        this.owners = owners;
        this.time = time;
        this.start = time.nanos();
        this.instant = time.instant();
        Duration tenth = limit.dividedBy(10);
        this.wait = limit.minus(tenth.compareTo(EARLY) < 0 ? tenth : EARLY);
    }

    /**
     * What is asked about an image.
     *
     * @param image its name in the review
     * @param owner the source
     * @param named its name with the digest
     * @param needs what the source owns
     */
    private record Question(ImageReference image, AskedSource owner, ImageReference named, Set<Need<?>> needs) {}

    CompletableFuture<Map<ImageReference, ImageFacts>> find(Map<ImageReference, Set<Need<?>>> needs) {
        Map<ImageReference, Set<Need<?>>> named = new LinkedHashMap<>(needs);
        named.keySet().removeIf(image -> image.digest().isEmpty());
        Map<ImageReference, Set<Need<?>>> tagged = new LinkedHashMap<>(needs);
        tagged.keySet().removeAll(named.keySet());
        CompletableFuture<Map<ImageReference, ImageFacts>> digests = digests(tagged);
        // A source must not keep the threads of another one.
        Executor threads = digests.isDone() ? Runnable::run : DecisionThreads.POOL;
        return digests.thenComposeAsync(fixed -> about(tagged, fixed), threads)
                .thenCombine(about(named, Map.of()), (some, others) -> {
                    Map<ImageReference, ImageFacts> all = new HashMap<>(some);
                    all.putAll(others);
                    return all;
                });
    }

    /** {@return for each image what its digest is, as far as that is known} */
    private CompletableFuture<Map<ImageReference, ImageFacts>> digests(Map<ImageReference, Set<Need<?>>> tagged) {
        Map<ImageReference, Set<Need<?>>> asked = new LinkedHashMap<>();
        tagged.forEach((image, wanted) -> {
            Set<Need<?>> digests = new HashSet<>(wanted);
            digests.removeIf(need -> !NeedKind.of(need).equals(NeedKind.DIGEST));
            asked.put(image, digests.isEmpty() ? Set.of(Need.DIGEST) : digests);
        });
        return ask(owners.digests(), asked).thenApply(answer -> {
            Map<ImageReference, ImageFacts> fixed = new HashMap<>();
            asked.forEach((image, wanted) -> fixed.put(image, fixed(answer.facts(image, wanted), wanted)));
            return fixed;
        });
    }

    /** {@return one digest, also if it was asked for again} */
    @SuppressWarnings("unchecked") // All are needs of the digest.
    private ImageFacts fixed(ImageFacts answered, Set<Need<?>> wanted) {
        List<Fact<Digest>> found =
                wanted.stream().map(need -> answered.get((Need<Digest>) need)).toList();
        boolean one = found.stream().map(Fact::value).distinct().count() == 1;
        Fact<Digest> digest =
                one ? found.get(0) : Fact.undecidable("its digest changed during the look-up, so try again");
        ImageFacts fixed = ImageFacts.at(instant).with(Need.DIGEST, digest);
        for (Need<?> need : wanted) {
            fixed = fixed.with((Need<Digest>) need, digest);
        }
        return fixed;
    }

    /** Asks the owners of all other needs about the digests of these images. */
    private CompletableFuture<Map<ImageReference, ImageFacts>> about(
            Map<ImageReference, Set<Need<?>>> needs, Map<ImageReference, ImageFacts> fixed) {
        Map<ImageReference, ImageFacts> facts = new HashMap<>();
        List<Question> questions = new ArrayList<>();
        needs.forEach((image, wanted) -> facts.put(
                image, question(image, wanted, fixed.getOrDefault(image, ImageFacts.at(instant)), questions)));
        Map<AskedSource, Map<ImageReference, Set<Need<?>>>> asked = new HashMap<>();
        questions.forEach(question -> asked.computeIfAbsent(question.owner, owner -> new LinkedHashMap<>())
                .computeIfAbsent(question.named, named -> new HashSet<>())
                .addAll(question.needs));
        Map<AskedSource, CompletableFuture<SourceAnswer>> answers = new HashMap<>();
        asked.forEach((owner, images) -> answers.put(owner, ask(owner, images)));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    for (Question question : questions) {
                        SourceAnswer answer = Objects.requireNonNull(answers.get(question.owner))
                                .join();
                        facts.merge(question.image, answer.facts(question.named, question.needs), ImageFacts::and);
                    }
                    return facts;
                });
    }

    /** Adds the questions about an image, and returns what is known of it without them. */
    private ImageFacts question(ImageReference image, Set<Need<?>> wanted, ImageFacts fixed, List<Question> questions) {
        Optional<Digest> digest = image.digest().or(() -> fixed.digest().value());
        Map<AskedSource, Set<Need<?>>> byOwner = new HashMap<>();
        ImageFacts facts = fixed;
        for (Need<?> need : wanted) {
            Optional<AskedSource> owner = owners.of(need);
            if (fixed.get(need).state() != Fact.State.PENDING) {
                continue;
            }
            if (owner.isEmpty()) {
                facts = facts.with(
                        need,
                        Fact.undecidable("its " + need + " was not looked up, because no fact source owns "
                                + NeedKind.of(need)));
            } else if (digest.isEmpty()) {
                facts = unknown(facts, need, owner.get(), fixed.digest());
            } else {
                byOwner.computeIfAbsent(owner.get(), asked -> new HashSet<>()).add(need);
            }
        }
        byOwner.forEach((owner, needs) ->
                questions.add(new Question(image, owner, image.withDigest(digest.orElseThrow()), needs)));
        return facts;
    }

    /** Adds a fact about an image whose digest is not known. That it is absent proves nothing about what another source owns. */
    private <T> ImageFacts unknown(ImageFacts facts, Need<T> need, AskedSource owner, Fact<Digest> digest) {
        String reason = digest.reason();
        return facts.with(
                need,
                switch (digest.state()) {
                    case ABSENT -> owner == owners.digests() ? Fact.absent(reason) : Fact.undecidable(reason);
                    case UNAVAILABLE -> Fact.unavailable(reason);
                    default ->
                        digest.failure()
                                .map(thrown -> Fact.<T>failed(reason, thrown))
                                .orElseGet(() -> Fact.undecidable(reason));
                });
    }

    private CompletableFuture<SourceAnswer> ask(AskedSource source, Map<ImageReference, Set<Need<?>>> needs) {
        Duration left = wait.minus(time.since(start));
        if (needs.isEmpty() || left.isNegative() || left.isZero()) {
            return CompletableFuture.completedFuture(new SourceAnswer(null, wait, instant));
        }
        return time.completeAfter(
                source.find(needs, left, instant).thenApply(found -> new SourceAnswer(found, wait, instant)),
                left,
                () -> new SourceAnswer(null, wait, instant));
    }
}
