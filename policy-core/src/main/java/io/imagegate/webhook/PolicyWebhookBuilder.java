package io.imagegate.webhook;

import io.imagegate.policy.Gates;
import io.imagegate.policy.ImageGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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
    final List<DecisionListener> listeners = new ArrayList<>();
    ClientNames clientNames = ClientNames.ANY;
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
     * Adds a path for each gate, as {@link #routes(WebhookKind, String, Collection)} does.
     *
     * @param kind says whether answers may patch objects
     * @param path the path, beginning with {@code /}
     * @param gates the gates
     * @return this
     * @throws IllegalArgumentException if the path does not begin with {@code /}, or a gate's path has a gate already
     */
    public PolicyWebhookBuilder routes(WebhookKind kind, String path, Gates gates) {
        return routes(kind, path, gates.gates());
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
     * Adds a listener that is called for each review, after those that were added before.
     *
     * @param listener the listener
     * @return this
     */
    public PolicyWebhookBuilder listener(DecisionListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets which clients may ask which gates; any by default. Adapters give the certificate of a client to
     * {@link PolicyWebhook#receive(String, String, String, java.util.function.Supplier)}; one that does not is refused with 403.
     *
     * @param names names that clients need in their certificates
     * @return this
     */
    public PolicyWebhookBuilder clientNames(ClientNames names) {
        this.clientNames = Objects.requireNonNull(names, "names");
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
     * not known yet are undecidable. Each of several gates may take as much as it leaves for all others.
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
     * @throws IllegalArgumentException if there is no path, one path has named gates of both kinds below it, or clients have names for a
     *     gate that has no path
     */
    public PolicyWebhook build() {
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("paths: expected at least one, got none");
        }
        return new PolicyWebhook(this);
    }
}
