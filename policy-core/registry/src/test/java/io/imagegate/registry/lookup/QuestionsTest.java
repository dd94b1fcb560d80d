package io.imagegate.registry.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.registry.share.Share;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Look-ups that meet, and those that end with an error of the JVM. */
class QuestionsTest {

    /** With room for all answers of a test. */
    private final AnswerCache cache = new AnswerCache(64 << 20, Duration.ZERO, TimeSource.system());

    private static Questions.Question<String> question(ToLongFunction<String> weight) {
        return new Questions.Question<>(
                Share.of("a"),
                new AnswerCache.Key("kind", "place", "name"),
                AnswerCache.ALWAYS,
                weight,
                () -> CompletableFuture.completedFuture("answer"));
    }

    private static Fact<String> ask(Questions questions, ToLongFunction<String> weight) throws Exception {
        return questions.ask(question(weight)).get(60, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("whoever misses an answer just before it is kept takes it, and does not ask again")
    void askedOnce() throws Exception {
        Questions questions =
                new Questions(cache, (registry, kind, cached, state, duration) -> {}, TimeSource.system());
        AtomicInteger asked = new AtomicInteger();
        int rounds = 20_000;
        Phaser together = new Phaser(2);
        Runnable caller = () -> {
            try {
                for (int i = 0; i < rounds; i++) {
                    Questions.Question<String> question = new Questions.Question<>(
                            Share.of("a"),
                            new AnswerCache.Key("kind", "place", "name " + i),
                            AnswerCache.ALWAYS,
                            text -> 0,
                            () -> {
                                asked.incrementAndGet();
                                return CompletableFuture.completedFuture("answer");
                            });
                    together.arriveAndAwaitAdvance();
                    CompletableFuture<?> unused = questions.ask(question);
                }
            } finally {
                // So that the other does not wait for one that failed.
                together.arriveAndDeregister();
            }
        };
        CompletableFuture<Void> other = CompletableFuture.runAsync(caller);
        caller.run();
        other.get(60, TimeUnit.SECONDS);
        assertThat(asked).hasValue(rounds);
    }

    @Test
    @DisplayName("an error while an answer is kept is no answer, and the question can be asked again")
    void notKept() throws Exception {
        Questions questions =
                new Questions(cache, (registry, kind, cached, state, duration) -> {}, TimeSource.system());
        assertThat(ask(questions, text -> {
                            throw new NoClassDefFoundError("meant");
                        })
                        .reason())
                .isEqualTo("internal error");
        assertThat(ask(questions, String::length).value()).contains("answer");
    }

    @Test
    @DisplayName("an error of a listener changes no answer")
    void listener() throws Exception {
        Questions questions = new Questions(
                cache,
                (registry, kind, cached, state, duration) -> {
                    throw new NoClassDefFoundError("meant");
                },
                TimeSource.system());
        assertThat(ask(questions, String::length).value()).contains("answer");
    }
}
