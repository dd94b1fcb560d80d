package io.imagegate.server.notify;

import io.imagegate.registry.post.Poster.Answer;
import io.imagegate.time.TimeSource;
import io.imagegate.time.TimeSource.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Events of one outcome that wait for an endpoint. They are sent one after the other; one that is not delivered is tried again a few
 * times, and is lost then. The queue is bounded; an event that finds no room is dropped. Thread-safe; no thread waits.
 */
final class EventQueue {

    static final int MOST = 8;

    /** Before each further attempt. */
    static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2));

    /** Called when it is known what becomes of an event. */
    interface Listener {

        void delivered(CloudEvent event);

        /** It was sent in vain. */
        void failed(CloudEvent event, String reason);

        /** There was no room for it. */
        void dropped(CloudEvent event);
    }

    private final Function<CloudEvent, CompletableFuture<Answer>> send;
    private final Executor executor;
    private final TimeSource time;
    private final Listener listener;
    private final Deque<CloudEvent> waiting = new ArrayDeque<>();
    private @Nullable Timer pause;
    private int attempts;
    private boolean ending;

    EventQueue(
            Function<CloudEvent, CompletableFuture<Answer>> send,
            Executor executor,
            TimeSource time,
            Listener listener) {
        this.send = send;
        this.executor = executor;
        this.time = time;
        this.listener = listener;
    }

    synchronized void add(CloudEvent event) {
        if (waiting.size() >= MOST) {
            listener.dropped(event);
            return;
        }
        waiting.add(event);
        if (waiting.size() == 1) {
            attempt();
        }
    }

    /** Sends the first event. */
    private synchronized void attempt() {
        pause = null;
        CloudEvent event = waiting.peek();
        if (event != null) {
            attempts++;
            executor.execute(() -> {
                CompletableFuture<?> unused = send.apply(event).thenAccept(answer -> answered(event, answer));
            });
        }
    }

    private synchronized void answered(CloudEvent event, Answer answer) {
        if (!event.equals(waiting.peek())) {
            return; // given up meanwhile
        }
        if (answer.status() / 100 == 2) {
            listener.delivered(event);
            next();
        } else if (ending || attempts > PAUSES.size() || isFinal(answer.status())) {
            listener.failed(event, reason(answer));
            next();
        } else {
            pause = time.schedule(PAUSES.get(attempts - 1), this::attempt);
        }
    }

    private void next() {
        waiting.remove();
        attempts = 0;
        attempt();
    }

    /** Redirects are not followed, and what is wrong with a request stays wrong. */
    private static boolean isFinal(int status) {
        return status / 100 == 3 || (status / 100 == 4 && status != 408 && status != 425 && status != 429);
    }

    private static String reason(Answer answer) {
        return answer.status() == 0
                ? answer.problem()
                : "the answer is " + answer.status() + (answer.status() / 100 == 3 ? ", which is not followed" : "");
    }

    /** Sends each event once at most from now on; one that was sent in vain before is lost. */
    synchronized void hurry() {
        ending = true;
        if (pause != null) {
            pause.cancel();
            pause = null;
            listener.failed(waiting.element(), "the server ends");
            next();
        }
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Gives up all events. */
    synchronized void close(String reason) {
        ending = true;
        if (pause != null) {
            pause.cancel();
        }
        waiting.forEach(event -> listener.failed(event, reason));
        waiting.clear();
    }
}
