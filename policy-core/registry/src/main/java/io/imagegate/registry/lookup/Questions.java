package io.imagegate.registry.lookup;

import io.imagegate.fact.Fact;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.share.Share;
import io.imagegate.registry.share.SingleFlight;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Merges equal look-ups that run at the same time, and caches their answers. Thread-safe. */
public final class Questions {

    private static final Fact<?> FAULT = Fact.undecidable("internal error");

    private final AnswerCache cache;
    // An error, of too little memory for example, is no answer of a registry.
    private final SingleFlight<Asked, Fact<?>> flight = new SingleFlight<>(error -> FAULT);
    private final Listener listener;
    private final TimeSource time;

    /** Users do not wait for equal questions of others, which may have a longer queue. */
    private record Asked(String user, AnswerCache.Key key) {}

    /** Called for each answer. */
    public interface Listener {
        void onAnswer(String registry, String kind, boolean cached, Fact.State state, Duration duration);
    }

    public Questions(AnswerCache cache, Listener listener, TimeSource time) {
        this.cache = cache;
        this.listener = listener;
        this.time = time;
    }

    /**
     * A question.
     *
     * @param share of the entry that names the registry
     * @param key tells it from others
     * @param period how long an answer holds
     * @param weight bytes that an answer takes, by estimate
     * @param ask finds the answer
     */
    record Question<T>(
            Share share,
            AnswerCache.Key key,
            Duration period,
            ToLongFunction<T> weight,
            Supplier<CompletableFuture<T>> ask) {}

    /** Finds the answer. Cancelling the returned future affects no other caller. */
    @SuppressWarnings("unchecked") // the kind in a key decides the type
    <T> CompletableFuture<Fact<T>> ask(Question<T> question) {
        return flight.ask(
                        new Asked(question.share().user(), question.key()),
                        question.share(),
                        () -> kept(question),
                        () -> answer(question))
                .orElseGet(() ->
                        CompletableFuture.completedFuture(Fact.undecidable("too many reviews wait for this registry")))
                .thenApply(lookup -> (Fact<T>) lookup);
    }

    private Optional<Fact<?>> kept(Question<?> question) {
        Optional<Fact<?>> kept = cache.find(question.key());
        kept.ifPresent(found -> notifyListener(question, true, found, Duration.ZERO));
        return kept;
    }

    private <T> CompletableFuture<Fact<?>> answer(Question<T> question) {
        long began = time.nanos();
        return Failure.toFact(question.ask())
                .<Fact<?>>thenApply(found -> keep(question, found))
                .exceptionally(error -> FAULT)
                .thenApply(found -> {
                    notifyListener(question, false, found, time.since(began));
                    return found;
                });
    }

    private <T> Fact<?> keep(Question<T> question, Fact<T> found) {
        long bytes = found.value().map(question.weight()::applyAsLong).orElse(0L);
        cache.keep(question.key(), found, question.period(), bytes);
        return found;
    }

    private void notifyListener(Question<?> question, boolean cached, Fact<?> found, Duration duration) {
        try {
            listener.onAnswer(question.share().entry(), question.key().kind(), cached, found.state(), duration);
        } catch (Throwable e) {
            // A listener changes no answer.
        }
    }
}
