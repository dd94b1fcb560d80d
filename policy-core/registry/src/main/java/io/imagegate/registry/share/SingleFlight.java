package io.imagegate.registry.share;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks equal questions once at a time: callers with the same question share the answer. Cancelling a future affects no other
 * caller, and does not end the work. Callers are limited, because each takes memory until the work ends, also after it has
 * given up. Thread-safe.
 *
 * @param <K> what is asked
 * @param <V> the answer
 */
public final class SingleFlight<K, V> {

    /** About 400 bytes each. */
    private static final int MOST_CALLERS = 16 << 10;

    private final Map<K, Run<V>> running = new ConcurrentHashMap<>();
    private final FairPermits callers = new FairPermits(MOST_CALLERS);
    private final Function<Throwable, V> failure;

    /** Work that is being done. */
    private static final class Run<V> {

        final CompletableFuture<V> answer = new CompletableFuture<>();

        /** Changed only while it is in the map, by the map's functions. */
        int callers = 1;

        Run<V> joined() {
            callers++;
            return this;
        }
    }

    /**
     * Makes a single flight.
     *
     * @param failure makes the answer of work that fails, for which an error of the JVM is enough: no question stays open
     */
    public SingleFlight(Function<Throwable, V> failure) {
        this.failure = failure;
    }

    /**
     * Asks a question, unless its answer is kept.
     *
     * @param key equal for equal questions
     * @param entry who is asked, equal for equal questions
     * @param kept finds the answer where work keeps it before it ends; asked again before work begins, since other work may have
     *     kept it and ended in between
     * @param work finds the answer, if nobody does already
     * @return the answer; empty if too many callers wait for that entry
     */
    public Optional<CompletableFuture<V>> ask(
            K key, Object entry, Supplier<Optional<V>> kept, Supplier<CompletableFuture<V>> work) {
        return kept.get().map(CompletableFuture::completedFuture).or(() -> share(key, entry, kept, work));
    }

    private Optional<CompletableFuture<V>> share(
            K key, Object entry, Supplier<Optional<V>> kept, Supplier<CompletableFuture<V>> work) {
        if (!callers.take(entry, 1)) {
            return Optional.empty();
        }
        Run<V> mine = new Run<>();
        Run<V> shared = running.merge(key, mine, (run, unused) -> run.joined());
        if (shared == mine) {
            CompletableFuture<?> unused = CompletableFuture.completedFuture(kept)
                    .thenApply(Supplier::get)
                    .thenCompose(known ->
                            known.map(CompletableFuture::completedFuture).orElseGet(work))
                    .exceptionally(failure)
                    .thenAccept(value -> {
                        running.remove(key, mine);
                        callers.release(entry, mine.callers);
                        mine.answer.complete(value);
                    });
        }
        return Optional.of(shared.answer.copy());
    }

    /**
     * Answers all questions that are open.
     *
     * @param value the answer
     */
    public void answerAll(V value) {
        running.values().forEach(run -> run.answer.complete(value));
    }
}
