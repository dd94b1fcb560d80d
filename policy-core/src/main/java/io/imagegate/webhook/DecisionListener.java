package io.imagegate.webhook;

import java.util.Collection;

/**
 * Called for each decision and each failed review, for logs, metrics and tests.
 *
 * <pre>{@code
 * DecisionListener log = event -> {
 *     if (!event.allowed()) {
 *         System.err.println(event.uid().orElse("-") + " denied: " + event.reason());
 *     }
 * };
 * }</pre>
 *
 * <p>The thread of the request calls it before the answer is sent, so it should return quickly. It must be thread-safe.
 * What it throws is logged once a minute, changes no answer, and stops no other listener.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DecisionListener {

    /**
     * Called for a review with its answer.
     *
     * @param event the request and its answer
     */
    void reviewed(ReviewEvent event);

    /**
     * {@return one listener that calls several in order} What one of them throws is logged once a minute, and stops no other.
     *
     * @param listeners the listeners
     */
    static DecisionListener all(Collection<? extends DecisionListener> listeners) {
        return new DecisionListeners(listeners);
    }
}
