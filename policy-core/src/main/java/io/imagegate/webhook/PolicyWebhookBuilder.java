package io.imagegate.webhook;

import io.imagegate.policy.ImageGate;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Builds a {@link PolicyWebhook}. Methods reject invalid values immediately. Not thread-safe.
 *
 * @since 0.1
 */
public final class PolicyWebhookBuilder {

    private static final int WAITING_SHARE_OF_HEAP = 8;

    final Map<String, Route> routes = new LinkedHashMap<>();
    ReviewLimits limits = ReviewLimits.DEFAULTS;
    DecisionListener listener = event -> {};
    Duration factTimeout = ImageGate.DEFAULT_LIMIT;
    long waitingBytes = Runtime.getRuntime().maxMemory() / WAITING_SHARE_OF_HEAP;

    PolicyWebhookBuilder() {}

    /**
     * Adds a path. If the gates of several paths have the names of these paths' last segments, the webhook has policies by
     * path: it denies what is POSTed to another name there, or to the path above them, unless that has a gate itself.
     *
     * @param kind says whether answers may patch objects
     * @param path the path, beginning with {@code /}
     * @param gate decides on the images
     * @return this
     * @throws IllegalArgumentException if the path does not begin with {@code /}, or has a gate already
     */
    public PolicyWebhookBuilder route(WebhookKind kind, String path, ImageGate gate) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path \"" + path + "\": expected it to begin with \"/\"");
        }
        Route route = Route.to(Objects.requireNonNull(kind, "kind"), path, Objects.requireNonNull(gate, "gate"));
        if (routes.putIfAbsent(path, route) != null) {
            throw new IllegalArgumentException("path \"" + path + "\": expected it once, got it twice");
        }
        return this;
    }

    /**
     * Adds a path for each gate: the path itself for the gate with the {@linkplain ImageGate#DEFAULT_NAME default name}, and
     * {@code PATH/NAME} for others.
     *
     * @param kind says whether answers may patch objects
     * @param path the path, beginning with {@code /}
     * @param gates the gates, each with another name
     * @return this
     * @throws IllegalArgumentException if the path does not begin with {@code /}, or a gate's path has a gate already
     */
    public PolicyWebhookBuilder routes(WebhookKind kind, String path, Collection<ImageGate> gates) {
        gates.forEach(gate ->
                route(kind, gate.name().equals(ImageGate.DEFAULT_NAME) ? path : path + "/" + gate.name(), gate));
        return this;
    }

    /**
     * Sets the limits of requests; {@link ReviewLimits#DEFAULTS} by default.
     *
     * @param reviewLimits the limits
     * @return this
     */
    public PolicyWebhookBuilder limits(ReviewLimits reviewLimits) {
        this.limits = Objects.requireNonNull(reviewLimits, "limits");
        return this;
    }

    /**
     * Sets the listener that is called for each review; none by default.
     *
     * @param decisionListener the listener
     * @return this
     */
    public PolicyWebhookBuilder listener(DecisionListener decisionListener) {
        this.listener = Objects.requireNonNull(decisionListener, "listener");
        return this;
    }

    /**
     * Sets how long after the arrival of its request a review waits for facts at most; {@link ImageGate#DEFAULT_LIMIT} unless
     * set.
     *
     * @param limit the time; positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public PolicyWebhookBuilder factTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("fact timeout: expected a positive time, got " + limit);
        }
        this.factTimeout = limit;
        return this;
    }

    /**
     * Sets the memory for reviews of all paths that wait for facts; an eighth of the heap by default. A review counts as 4 KiB, its body,
     * and 1 KiB for each image. One that does not fit beside others is decided at once; facts that are
     * not known yet are undecidable.
     *
     * @param bytes the memory; positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public PolicyWebhookBuilder waitingBytes(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("memory for waiting reviews: expected more than 0 bytes, got " + bytes);
        }
        this.waitingBytes = bytes;
        return this;
    }

    /**
     * {@return the webhook}
     *
     * @throws IllegalArgumentException if there is no path, or one path has named gates of both kinds below it
     */
    public PolicyWebhook build() {
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("paths: expected at least one, got none");
        }
        return new PolicyWebhook(this);
    }
}
