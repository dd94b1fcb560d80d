package io.imagegate.registry;

import io.imagegate.fact.Fact;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Asks each question once at a time, and not at all while its last answer holds. Thread-safe. */
final class Questions {

    private final AnswerCache cache;
    private final Map<AnswerCache.Key, CompletableFuture<Fact<?>>> open = new ConcurrentHashMap<>();

    Questions(AnswerCache cache) {
        this.cache = cache;
    }

    /**
     * A question.
     *
     * @param key tells it from others
     * @param period how long an answer holds
     * @param weight bytes that an answer takes, by estimate
     * @param ask finds the answer
     */
    record Question<T>(
            AnswerCache.Key key, Duration period, ToLongFunction<T> weight, Supplier<CompletableFuture<T>> ask) {}

    /** Finds the answer. Whoever cancels the future that is returned disturbs no other. */
    @SuppressWarnings("unchecked") // the kind in a key decides the type
    <T> CompletableFuture<Fact<T>> ask(Question<T> question) {
        Optional<Fact<?>> known = cache.find(question.key());
        if (known.isPresent()) {
            return CompletableFuture.completedFuture((Fact<T>) known.get());
        }
        CompletableFuture<Fact<?>> mine = new CompletableFuture<>();
        CompletableFuture<Fact<?>> other = open.putIfAbsent(question.key(), mine);
        if (other == null) {
            answer(question, mine);
        }
        return (other == null ? mine : other).thenApply(lookup -> (Fact<T>) lookup);
    }

    private <T> void answer(Question<T> question, CompletableFuture<Fact<?>> mine) {
        CompletableFuture<?> unused = lookup(question.ask()).thenAccept(lookup -> {
            long bytes = lookup.value().map(question.weight()::applyAsLong).orElse(0L);
            cache.keep(question.key(), lookup, question.period(), bytes);
            open.remove(question.key(), mine);
            mine.complete(lookup);
        });
    }

    /** {@return what comes of looking something up; never fails} */
    static <T> CompletableFuture<Fact<T>> lookup(Supplier<CompletableFuture<T>> ask) {
        CompletableFuture<T> asked;
        try {
            asked = ask.get();
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        return asked.handle((value, thrown) ->
                thrown == null ? Fact.known(value) : Failure.of(thrown).fact());
    }
}
