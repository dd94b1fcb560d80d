package io.imagegate.signature.fact;

import io.imagegate.registry.share.Share;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks for shares of registries, which take turns: after a task of one, a task of each other that has any runs before its next.
 * Thread-safe.
 */
final class Turns {

    private final Executor threads;
    private final int places;
    private final Map<Share, Queue<Runnable>> waiting = new LinkedHashMap<>();
    private int queued;

    /**
     * Makes a queue.
     *
     * @param threads run the tasks
     * @param places how many tasks may wait; one share never takes more than half of the places that are left
     */
    Turns(Executor threads, int places) {
        this.threads = threads;
        this.places = places;
    }

    /**
     * Runs a task when it is its turn.
     *
     * @throws RejectedExecutionException if too many wait, or the threads have ended
     */
    void execute(Share share, Runnable task) {
        synchronized (this) {
            Queue<Runnable> own = waiting.getOrDefault(share, new ArrayDeque<>());
            if (own.size() >= places - queued) {
                throw new RejectedExecutionException("too many tasks of one registry");
            }
            own.add(task);
            waiting.putIfAbsent(share, own);
            queued++;
        }
        threads.execute(() -> next().run());
    }

    private synchronized Runnable next() {
        Iterator<Map.Entry<Share, Queue<Runnable>>> first = waiting.entrySet().iterator();
        Map.Entry<Share, Queue<Runnable>> turn = first.next();
        first.remove();
        Runnable task = turn.getValue().remove();
        queued--;
        if (!turn.getValue().isEmpty()) {
            waiting.put(turn.getKey(), turn.getValue());
        }
        return task;
    }
}
