package io.imagegate.webhook;

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
 * <p>The thread that answers calls it before the answer is sent, so it should return quickly. It must be thread-safe.
 * Whatever it throws, errors included, is logged and changes no answer.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DecisionListener {

    /**
     * Takes a review that was answered.
     *
     * @param event the request and its answer
     */
    void reviewed(ReviewEvent event);
}
