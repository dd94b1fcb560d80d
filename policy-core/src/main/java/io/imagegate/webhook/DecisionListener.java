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
 * <p>The thread of the request calls it before the answer is sent, so it should return quickly. It must be thread-safe.
 * Exceptions and errors are logged and do not change the answer.
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
}
