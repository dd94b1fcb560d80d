package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.LoggedRecords;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A decision that looks up facts")
class LookUpRoundsTest {

    private record Round(int number) implements Need<String> {}

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ImageReference IMAGE = ImageReference.parse("a:1");

    private final IllegalStateException trouble = new IllegalStateException("trouble of foreign code");

    @RegisterExtension
    private final LoggedRecords loggedOfSource =
            new LoggedRecords(Policy.class, message -> message.getThrown() == trouble);

    @RegisterExtension
    private final LoggedRecords loggedOfObserver =
            new LoggedRecords(ImageGate.class, message -> message.getThrown() == trouble);

    private final ManualTime time = new ManualTime("2026-12-01T00:00:00Z");
    private final List<Set<Need<?>>> asked = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();

    /** Asks for the fact of a round after that of the one before. */
    private static Finding ask(Candidate image, int round, int last) {
        return round > last
                ? Finding.satisfied()
                : Finding.of(image.facts().get(new Round(round)), known -> ask(image, round + 1, last));
    }

    private CompletableFuture<Decision> decide(int rounds, FactSource source) {
        PolicySet policies = PolicySet.of(
                List.of(Policy.builder("p")
                        .rule("asks", image -> ask(image, 1, rounds))
                        .build()),
                time);
        return ImageGate.of(() -> policies, source)
                .withName("shop")
                .withObserver(gate -> new Recorder())
                .decideAsync(ImageReview.of("a:1"), LIMIT);
    }

    private Map<ImageReference, ImageFacts> found(Map<ImageReference, Set<Need<?>>> needs) {
        Set<Need<?>> wanted = needs.getOrDefault(IMAGE, Set.of());
        asked.add(wanted);
        ImageFacts facts = ImageFacts.at(Instant.EPOCH);
        for (Need<?> need : wanted) {
            facts = facts.with((Round) need, Fact.known("known"));
        }
        return Map.of(IMAGE, facts);
    }

    /** Records look-ups, and what ends them. */
    private class Recorder implements DecisionObserver.Observed {

        @Override
        public Consumer<Map<ImageReference, ImageFacts>> lookup(
                Map<ImageReference, Set<Need<?>>> needs, Function<ImageReference, Optional<String>> registry) {
            told.add("asked " + needs.keySet()
                    + registry.apply(IMAGE).map(name -> " of " + name).orElse(""));
            return found -> told.add("found " + found.keySet());
        }

        @Override
        public void end(@Nullable Decision decision, @Nullable Throwable failure) {
            told.add(
                    failure instanceof CancellationException
                            ? "cancelled"
                            : decision != null && decision.allowed() ? "allowed" : "denied");
        }
    }

    @ParameterizedTest(name = "at once: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("asks five times at most, also if the answers come later")
    void rounds(boolean atOnce) {
        FactSource source = (needs, limit) -> atOnce
                ? CompletableFuture.completedFuture(found(needs))
                : new CompletableFuture<Map<ImageReference, ImageFacts>>()
                        .completeAsync(() -> found(needs), CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
        assertThat(decide(5, source).join().allowed()).isTrue();
        assertThat(asked).hasSize(5);
        asked.clear();
        assertThat(decide(20, source).join().allowed()).isFalse();
        assertThat(asked)
                .extracting(Collection::toString)
                .containsExactly(
                        "[Round[number=1]]",
                        "[Round[number=2]]",
                        "[Round[number=3]]",
                        "[Round[number=4]]",
                        "[Round[number=5]]");
    }

    @Test
    @DisplayName(
            "tells its observer of each round, also of one that is over before the answer, and the end, also of a cancelled one")
    void observed() {
        decide(2, (needs, limit) -> CompletableFuture.completedFuture(found(needs)))
                .join();
        assertThat(told).containsExactly("asked [a:1]", "found [a:1]", "asked [a:1]", "found [a:1]", "allowed");

        told.clear();
        List<CompletableFuture<Map<ImageReference, ImageFacts>>> pending = new ArrayList<>();
        FactSource waiting = (needs, limit) -> {
            pending.add(new CompletableFuture<>());
            return pending.get(pending.size() - 1);
        };
        CompletableFuture<Decision> answered = decide(1, waiting);
        assertThat(told).containsExactly("asked [a:1]");
        pending.get(0).complete(found(Map.of(IMAGE, Set.of(new Round(1)))));
        answered.join();
        assertThat(told).containsExactly("asked [a:1]", "found [a:1]", "allowed");

        told.clear();
        CompletableFuture<Decision> late = decide(1, waiting);
        time.pass(LIMIT);
        late.join();
        assertThat(told).containsExactlyInAnyOrder("asked [a:1]", "found []", "denied");

        told.clear();
        decide(1, waiting).cancel(false);
        assertThat(told).containsExactlyInAnyOrder("asked [a:1]", "found []", "cancelled");
    }

    @Test
    @DisplayName("tells that a look-up was too late before the end, however long its observer takes for that")
    void tooLate() {
        PolicySet policies = PolicySet.of(
                List.of(Policy.builder("p")
                        .rule("asks", image -> ask(image, 1, 1))
                        .build()),
                time);
        CompletableFuture<Decision> decision = ImageGate.of(() -> policies, (needs, limit) -> new CompletableFuture<>())
                .withObserver(gate -> new Recorder() {

                    @Override
                    public Consumer<Map<ImageReference, ImageFacts>> lookup(
                            Map<ImageReference, Set<Need<?>>> needs,
                            Function<ImageReference, Optional<String>> registry) {
                        Consumer<Map<ImageReference, ImageFacts>> ended = super.lookup(needs, registry);
                        return found -> {
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                            ended.accept(found);
                        };
                    }
                })
                .decideAsync(ImageReview.of("a:1"), LIMIT);
        time.pass(LIMIT);
        decision.join();
        assertThat(told).containsExactly("asked [a:1]", "found []", "denied");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"hub", "broken"})
    @DisplayName("tells its observer the configured registry, none if its source throws")
    void registry(String name) {
        decide(1, new FactSource() {

                    @Override
                    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
                            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
                        return CompletableFuture.completedFuture(found(needs));
                    }

                    @Override
                    public Optional<String> registry(ImageReference image) {
                        if (name.equals("broken")) {
                            throw trouble;
                        }
                        return Optional.of(name);
                    }
                })
                .join();
        boolean broken = name.equals("broken");
        assertThat(told).containsExactly(broken ? "asked [a:1]" : "asked [a:1] of hub", "found [a:1]", "allowed");
        assertThat(loggedOfSource.records()).hasSize(broken ? 1 : 0);
    }

    @ParameterizedTest(name = "when {0}")
    @ValueSource(strings = {"it begins", "facts are asked for", "facts are found", "it ends"})
    @DisplayName("is the same, and logs it, if its observer throws")
    void throwingObserver(String when) {
        PolicySet policies = PolicySet.of(
                Policy.builder("p").rule("asks", image -> ask(image, 1, 1)).build());
        ImageGate gate = ImageGate.of(() -> policies, (needs, limit) -> CompletableFuture.completedFuture(found(needs)))
                .withObserver(name -> {
                    fail(when, "it begins");
                    return new Recorder() {

                        @Override
                        public Consumer<Map<ImageReference, ImageFacts>> lookup(
                                Map<ImageReference, Set<Need<?>>> needs,
                                Function<ImageReference, Optional<String>> registry) {
                            fail(when, "facts are asked for");
                            return found -> fail(when, "facts are found");
                        }

                        @Override
                        public void end(@Nullable Decision decision, @Nullable Throwable failure) {
                            fail(when, "it ends");
                            super.end(decision, failure);
                        }
                    };
                });
        assertThat(gate.decide("a:1").allowed()).isTrue();
        assertThat(told).hasSize(when.startsWith("facts") ? 1 : 0);
        assertThat(loggedOfObserver.records())
                .singleElement()
                .extracting(LogRecord::getMessage)
                .isEqualTo("an observer of decisions failed; the decision is unchanged");
    }

    private void fail(String when, String now) {
        if (when.equals(now)) {
            throw trouble;
        }
    }

    @Test
    @DisplayName("tells observers and listeners what ended it, as it was thrown")
    void failed() {
        InternalError broken = new InternalError("the machine is broken");
        List<@Nullable Throwable> ended = new CopyOnWriteArrayList<>();
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule(
                        "broken",
                        image -> Finding.of(image.facts().get(new Round(1)), known -> {
                            throw broken;
                        }))
                .build());
        CompletableFuture<Map<ImageReference, ImageFacts>> answer = new CompletableFuture<>();
        CompletableFuture<Decision> decision = ImageGate.of(() -> policies, (needs, limit) -> answer)
                .withObserver(gate -> new Recorder() {

                    @Override
                    public void end(@Nullable Decision made, @Nullable Throwable failure) {
                        ended.add(failure);
                    }
                })
                .withListener(made -> ended.add(made.failure().orElse(null)))
                .decideAsync(ImageReview.of("a:1"), LIMIT);
        answer.complete(found(Map.of(IMAGE, Set.of(new Round(1)))));
        assertThatThrownBy(decision::join).hasRootCause(broken);
        assertThat(ended).containsExactly(broken, broken);
    }

    @Test
    @DisplayName("accounts for the time of each round")
    void waited() {
        Decision decision = decide(3, (needs, limit) -> {
                    time.pass(Duration.ofMillis(10L * (asked.size() + 1)));
                    return CompletableFuture.completedFuture(found(needs));
                })
                .join();
        assertThat(decision.lookups())
                .extracting(lookup -> lookup.need() + " " + lookup.timeText())
                .containsExactly("Round[number=1] 10 ms", "Round[number=2] 20 ms", "Round[number=3] 30 ms");
    }
}
