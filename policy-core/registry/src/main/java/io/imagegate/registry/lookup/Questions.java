package io.imagegate.registry.lookup;

import io.imagegate.fact.Fact;
import io.imagegate.registry.content.Failure;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Merges equal look-ups that run at the same time, and caches their answers. Thread-safe. */
public final class Questions {

    /** About 400 bytes each. */
    private static final int MOST_CALLERS = 16 << 10;

    private static final Fact<?> FAULT = Fact.undecidable("internal error");

    private final AnswerCache cache;
    private final Map<AnswerCache.Key, Open> open = new ConcurrentHashMap<>();
    private final Callers callers = new Callers(MOST_CALLERS);
    private final Listener listener;
    private final TimeSource time;

    /** Called for each answer. */
    public interface Listener {
        void onAnswer(String registry, String kind, boolean cached, Fact.State state, Duration duration);
    }

    /** A look-up that runs. */
    private static final class Open {

        final CompletableFuture<Fact<?>> answer = new CompletableFuture<>();

        /** Changed only while it is in the map, by the map's functions. */
        int callers = 1;

        Open joined() {
            callers++;
            return this;
        }
    }

    public Questions(AnswerCache cache, Listener listener, TimeSource time) {
        this.cache = cache;
        this.listener = listener;
        this.time = time;
    }

    /**
     * A question.
     *
     * @param registry the entry that names the registry
     * @param key tells it from others
     * @param period how long an answer holds
     * @param weight bytes that an answer takes, by estimate
     * @param ask finds the answer
     */
    record Question<T>(
            String registry,
            AnswerCache.Key key,
            Duration period,
            ToLongFunction<T> weight,
            Supplier<CompletableFuture<T>> ask) {}

    /** Finds the answer. Cancelling the returned future affects no other caller. */
    @SuppressWarnings("unchecked") // the kind in a key decides the type
    <T> CompletableFuture<Fact<T>> ask(Question<T> question) {
        Optional<Fact<?>> known = cache.find(question.key());
        if (known.isPresent()) {
            notifyListener(question, true, known.get(), Duration.ZERO);
            return CompletableFuture.completedFuture((Fact<T>) known.get());
        }
        if (!callers.admit(question.registry())) {
            return CompletableFuture.completedFuture(Fact.undecidable("too many reviews wait for this registry"));
        }
        Open mine = new Open();
        Open shared = open.merge(question.key(), mine, (running, unused) -> running.joined());
        if (shared == mine) {
            answer(question, mine);
        }
        return shared.answer.thenApply(lookup -> (Fact<T>) lookup);
    }

    private <T> void answer(Question<T> question, Open mine) {
        long began = time.nanos();
        CompletableFuture<?> unused = Failure.toFact(question.ask())
                .<Fact<?>>thenApply(found -> kept(question, found))
                // An error, of too little memory for example, must not leave the question open for ever.
                .exceptionally(error -> FAULT)
                .thenAccept(found -> {
                    open.remove(question.key(), mine);
                    callers.leave(question.registry(), mine.callers);
                    try {
                        notifyListener(question, false, found, time.since(began));
                    } finally {
                        mine.answer.complete(found);
                    }
                });
    }

    private <T> Fact<?> kept(Question<T> question, Fact<T> found) {
        long bytes = found.value().map(question.weight()::applyAsLong).orElse(0L);
        cache.keep(question.key(), found, question.period(), bytes);
        return found;
    }

    private void notifyListener(Question<?> question, boolean cached, Fact<?> found, Duration duration) {
        try {
            listener.onAnswer(question.registry(), question.key().kind(), cached, found.state(), duration);
        } catch (RuntimeException e) {
            // A listener changes no answer.
        }
    }
}
