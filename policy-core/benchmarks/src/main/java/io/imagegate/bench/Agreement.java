package io.imagegate.bench;

import io.imagegate.bench.peer.Name;
import io.imagegate.bench.peer.Peer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * On how many of the recorded references a parser answers as the reference implementation does. A parser that does not
 * answer within the limit is stopped and asked the next one.
 */
final class Agreement {

    private static final Duration LIMIT = Duration.ofMillis(50);
    private static final int STACK = 1 << 20;
    private static final int MOST_ABANDONED = 8;

    private enum Verdict {
        AGREES,
        DIFFERS,
        NO_ANSWER
    }

    /**
     * What was found.
     *
     * @param peer the parser's title
     * @param asked how many references it was asked; fewer than all where its hanging threads could not be ended
     * @param agrees on how many it agreed
     * @param noAnswer how many it did not answer within the limit
     */
    record Result(String peer, int asked, int agrees, int noAnswer) {}

    private final Peer peer;
    private final List<Vector> vectors;
    private final AtomicReferenceArray<@Nullable Verdict> verdicts;

    private Agreement(Peer peer, List<Vector> vectors) {
        this.peer = peer;
        this.vectors = vectors;
        this.verdicts = new AtomicReferenceArray<>(vectors.size());
    }

    static Result of(Peer peer, List<Vector> vectors) throws InterruptedException {
        Agreement survey = new Agreement(peer, vectors);
        survey.run();
        return survey.result();
    }

    private void run() throws InterruptedException {
        int abandoned = 0;
        int next = 0;
        while (next < vectors.size() && abandoned < MOST_ABANDONED) {
            int from = next;
            Thread worker = Limited.start(() -> ask(from), STACK);
            int hanging = watch(worker, from);
            if (hanging == vectors.size()) {
                return;
            }
            abandoned += Limited.kill(worker) ? 0 : 1;
            next = firstOpen(from);
            if (next == hanging) {
                verdicts.set(next++, Verdict.NO_ANSWER);
            }
        }
    }

    private void ask(int from) {
        for (int i = from; i < vectors.size(); i++) {
            if (!verdicts.compareAndSet(i, null, check(vectors.get(i)))) {
                return; // abandoned: another thread has gone on from here
            }
        }
    }

    private Verdict check(Vector vector) {
        @Nullable Name answer;
        try {
            answer = peer.read(vector.input());
        } catch (RuntimeException | StackOverflowError e) {
            return vector.name() == null && e instanceof RuntimeException ? Verdict.AGREES : Verdict.DIFFERS;
        }
        return answer.equals(vector.name()) ? Verdict.AGREES : Verdict.DIFFERS;
    }

    /** Waits until the worker ends, or stays too long with one reference; {@return that one's index, or the size} */
    private int watch(Thread worker, int from) throws InterruptedException {
        int at = from;
        long since = Limited.cpuNanos(worker);
        while (worker.isAlive()) {
            worker.join(5);
            int now = firstOpen(at);
            long cpu = Limited.cpuNanos(worker);
            if (now != at) {
                at = now;
                since = cpu;
            } else if (cpu - since > LIMIT.toNanos()) {
                return at;
            }
        }
        return vectors.size();
    }

    private int firstOpen(int from) {
        int i = from;
        while (i < vectors.size() && verdicts.get(i) != null) {
            i++;
        }
        return i;
    }

    private Result result() {
        return new Result(peer.title(), count(null), count(Verdict.AGREES), count(Verdict.NO_ANSWER));
    }

    private int count(@Nullable Verdict which) {
        int count = 0;
        for (int i = 0; i < verdicts.length(); i++) {
            Verdict verdict = verdicts.get(i);
            count += verdict != null && (which == null || which == verdict) ? 1 : 0;
        }
        return count;
    }
}
