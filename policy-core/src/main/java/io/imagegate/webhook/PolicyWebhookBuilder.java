package io.imagegate.webhook;

import io.imagegate.policy.ImageGate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Builds a {@link PolicyWebhook}. Methods reject invalid values immediately. Not thread-safe.
 *
 * @since 0.1
 */
public final class PolicyWebhookBuilder {

    private static final int WAITING_SHARE_OF_HEAP = 8;

    final ImageGate gate;
    Set<String> paths = Set.of("/image_policy", "/validate");
    Set<String> mutatePaths = Set.of("/mutate");
    ReviewLimits limits = ReviewLimits.DEFAULTS;
    DecisionListener listener = event -> {};
    Duration factTimeout = ImageGate.DEFAULT_LIMIT;
    long waitingBytes = Runtime.getRuntime().maxMemory() / WAITING_SHARE_OF_HEAP;

    PolicyWebhookBuilder(ImageGate gate) {
        this.gate = Objects.requireNonNull(gate, "gate");
    }

    /**
     * Sets the paths of reviews; {@code /image_policy} and {@code /validate} by default.
     *
     * @param reviewPaths the paths, each beginning with {@code /}; at least one
     * @return this
     * @throws IllegalArgumentException if there is none, or one does not begin with {@code /}
     */
    public PolicyWebhookBuilder paths(String... reviewPaths) {
        if (reviewPaths.length == 0) {
            throw new IllegalArgumentException("paths: expected at least one, got none");
        }
        this.paths = checked(reviewPaths);
        return this;
    }

    /**
     * Sets the paths of a mutating webhook, whose answers patch images as the {@link io.imagegate.policy.Mutation} of the
     * policies says; {@code /mutate} by default.
     *
     * @param reviewPaths the paths, each beginning with {@code /}; none if no object is to be patched
     * @return this
     * @throws IllegalArgumentException if one does not begin with {@code /}
     */
    public PolicyWebhookBuilder mutatePaths(String... reviewPaths) {
        this.mutatePaths = checked(reviewPaths);
        return this;
    }

    private static Set<String> checked(String... reviewPaths) {
        for (String path : reviewPaths) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("path \"" + path + "\": expected it to begin with \"/\"");
            }
        }
        return new LinkedHashSet<>(List.of(reviewPaths));
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
     * Sets the memory for reviews that wait for facts; an eighth of the heap by default. A review counts as 4 KiB, its body,
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
     * @throws IllegalArgumentException if a path is both of {@link #paths} and of {@link #mutatePaths}
     */
    public PolicyWebhook build() {
        for (String path : mutatePaths) {
            if (paths.contains(path)) {
                throw new IllegalArgumentException("path \"" + path
                        + "\": expected it among the paths of either the validating or the mutating webhook");
            }
        }
        return new PolicyWebhook(this);
    }
}
