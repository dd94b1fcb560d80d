package io.imagegate.webhook;

import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Request whose head has arrived, for adapters that read bodies themselves. It has its gate, and counts the time that its body and
 * its turn take. Immutable and thread-safe. Methods throw nothing.
 *
 * <pre>{@code
 * IncomingReview incoming = PolicyWebhook.of(() -> policies).receive("POST", "/validate", "application/json");
 * byte[] body = {'{', '}'};
 * Answer answer = incoming.refusal().orElseGet(() -> incoming.review("timeout=10s", body, body.length).join());
 * }</pre>
 *
 * @since 0.1
 */
public final class IncomingReview {

    private final PolicyWebhook webhook;
    private final Route route;
    private final @Nullable Answer refusal;
    private final long arrived = TimeSource.system().nanos();

    IncomingReview(PolicyWebhook webhook, Route route, @Nullable Answer refusal) {
        this.webhook = webhook;
        this.route = route;
        this.refusal = refusal;
    }

    /** {@return the answer 403, 404, 405 or 415; empty if the body must be read and reviewed} */
    public Optional<Answer> refusal() {
        return Optional.ofNullable(refusal);
    }

    /**
     * {@return the denial of a review whose body did not arrive completely, for adapters that do not wait for the rest; call it once}
     */
    public Answer incomplete() {
        return webhook.incomplete(route, arrived);
    }

    /**
     * Answers a review of either kind, as {@link PolicyWebhook#reviewAsync} does. It waits for facts less by the time since
     * the head arrived.
     *
     * @param query the query of the request's target, without the question mark; empty if there is none
     * @param body holds the body from its first byte; not changed, and not kept when this method returns
     * @param length length of the body in bytes; one over {@link PolicyWebhook#maxBodyBytes()} is denied
     * @return the answer of {@link PolicyWebhook#reviewAsync}; a request that has a refusal is denied, if its path has no gate
     */
    public CompletableFuture<Answer> review(String query, byte[] body, int length) {
        Duration waited = Duration.ofNanos(TimeSource.system().nanos() - arrived);
        return webhook.review(route, query, body, length, waited);
    }
}
