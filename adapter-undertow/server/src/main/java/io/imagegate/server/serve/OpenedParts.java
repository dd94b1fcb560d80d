package io.imagegate.server.serve;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/** What a server has opened. Closes the parts in the reverse order of their opening, each one even if another fails. */
final class OpenedParts implements AutoCloseable {

    private final Deque<Runnable> closing = new ConcurrentLinkedDeque<>();

    /**
     * Adds a part.
     *
     * @param <P> its type
     * @param part what was opened
     * @param close closes it
     * @return the part
     */
    <P> P add(P part, Consumer<? super P> close) {
        closing.push(() -> close.accept(part));
        return part;
    }

    /** Closes all parts that were not closed yet, and throws the failure of the one that was opened first. */
    @Override
    public void close() {
        Runnable last = closing.poll();
        if (last != null) {
            try {
                last.run();
            } finally {
                close();
            }
        }
    }
}
