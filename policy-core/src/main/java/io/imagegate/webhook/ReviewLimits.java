package io.imagegate.webhook;

import io.imagegate.wire.WireLimits;

/**
 * Limits on the size of a review, which users who create pods control. A review over a limit is denied, never cut
 * short. Immutable and thread-safe; the {@code with…} methods return changed copies.
 *
 * <pre>{@code
 * PolicyWebhook webhook = PolicyWebhook.builder(() -> policies)
 *         .limits(ReviewLimits.DEFAULTS.withBodyBytes(4 << 20))
 *         .build();
 * }</pre>
 *
 * @since 0.1
 */
public final class ReviewLimits {

    /** The default limits. */
    public static final ReviewLimits DEFAULTS = new ReviewLimits(WireLimits.DEFAULTS);

    private final WireLimits limits;

    private ReviewLimits(WireLimits limits) {
        this.limits = limits;
    }

    WireLimits onWire() {
        return limits;
    }

    /** {@return the longest body, in bytes; 8,388,608 (8 MiB) by default} */
    public int bodyBytes() {
        return limits.bodyBytes();
    }

    /**
     * {@return a copy with another limit on the body}
     *
     * @param bytes the longest body, in bytes
     * @throws IllegalArgumentException if it is less than 1, or 2,147,483,647, which leaves no room to notice a longer body
     */
    public ReviewLimits withBodyBytes(int bytes) {
        return new ReviewLimits(new WireLimits(bytes, images(), annotations(), stringChars(), nesting()));
    }

    /** {@return the most images in one review; 1,000 by default} */
    public int images() {
        return limits.images();
    }

    /**
     * {@return a copy with another limit on images}
     *
     * @param count the most images in one review
     * @throws IllegalArgumentException if it is less than 1
     */
    public ReviewLimits withImages(int count) {
        return new ReviewLimits(new WireLimits(bodyBytes(), count, annotations(), stringChars(), nesting()));
    }

    /** {@return the most annotations in one review; 1,000 by default} */
    public int annotations() {
        return limits.annotations();
    }

    /**
     * {@return a copy with another limit on annotations}
     *
     * @param count the most annotations in one review
     * @throws IllegalArgumentException if it is less than 1
     */
    public ReviewLimits withAnnotations(int count) {
        return new ReviewLimits(new WireLimits(bodyBytes(), images(), count, stringChars(), nesting()));
    }

    /**
     * {@return the longest text that is kept, in UTF-16 units; 262,144 by default, which is the limit of Kubernetes for
     * all annotations of an object. The limit for all texts of a review is eight times as high}
     */
    public int stringChars() {
        return limits.stringChars();
    }

    /**
     * {@return a copy with another limit on texts}
     *
     * @param chars the longest text that is kept, in UTF-16 units
     * @throws IllegalArgumentException if it is less than 1
     */
    public ReviewLimits withStringChars(int chars) {
        return new ReviewLimits(new WireLimits(bodyBytes(), images(), annotations(), chars, nesting()));
    }

    /** {@return the deepest nesting of objects and arrays; 100 by default} */
    public int nesting() {
        return limits.nesting();
    }

    /**
     * {@return a copy with another limit on nesting}
     *
     * @param levels the deepest nesting of objects and arrays
     * @throws IllegalArgumentException if it is less than 1
     */
    public ReviewLimits withNesting(int levels) {
        return new ReviewLimits(new WireLimits(bodyBytes(), images(), annotations(), stringChars(), levels));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReviewLimits that && limits.equals(that.limits);
    }

    @Override
    public int hashCode() {
        return limits.hashCode();
    }

    /** {@return the limits by their names} */
    @Override
    public String toString() {
        return "bodyBytes=" + bodyBytes() + ", images=" + images() + ", annotations=" + annotations() + ", stringChars="
                + stringChars() + ", nesting=" + nesting();
    }
}
