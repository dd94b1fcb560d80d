package io.imagegate.cli.check;

import io.imagegate.policy.Decision;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Decisions that wait for facts at the same time; they are reported in the order in which they began. Not thread-safe.
 */
final class OpenDecisions {

    /**
     * Most images of open decisions. An image takes up to 32 look-ups at once, and registries refuse look-ups when more than
     * 1,024 wait.
     */
    static final int MOST_IMAGES = 24;

    private final Deque<Open> open = new ArrayDeque<>();
    private int images;

    private record Open(int images, CompletableFuture<Decision> decision, Consumer<Decision> report) {}

    /**
     * Begins a decision, when there is room for it. A decision on too many images waits until all others are reported.
     *
     * @param count number of its images
     * @param decision begins it
     * @param report called with it, by this thread, in a later call of a method at the latest in {@link #finish}
     */
    void add(int count, Supplier<CompletableFuture<Decision>> decision, Consumer<Decision> report) {
        while (!open.isEmpty() && images + count > MOST_IMAGES) {
            reportFirst();
        }
        open.add(new Open(count, decision.get(), report));
        images += count;
        while (!open.isEmpty() && open.element().decision().isDone()) {
            reportFirst();
        }
    }

    /** Waits for all decisions and reports them. */
    void finish() {
        while (!open.isEmpty()) {
            reportFirst();
        }
    }

    private void reportFirst() {
        Open first = open.remove();
        images -= first.images();
        first.report().accept(first.decision().join());
    }
}
