package io.imagegate.wire;

import io.imagegate.syntax.SyntaxLimits;

/**
 * Limits on the size of a text. Immutable. More than a limit is never cut short: the text is refused.
 *
 * @param bodyBytes longest body, in bytes; 8,388,608 (8 MiB) by default
 * @param images most images in one review; 1,000 by default
 * @param annotations most annotations in one review; 1,000 by default; if it has more labels or groups, these are unknown
 * @param stringChars longest text that is kept, in UTF-16 units; 262,144 by default, which is what Kubernetes allows
 *     all annotations of an object together; all texts of a review may be eight times as long
 * @param nesting deepest nesting of objects and arrays; 100 by default
 * @since 0.1
 */
public record WireLimits(int bodyBytes, int images, int annotations, int stringChars, int nesting) {

    /** Largest number of texts of the longest length in a review. */
    private static final long LONGEST_TEXTS = 8;

    /** The limits of manifests, and of a webhook that sets no others. */
    public static final WireLimits DEFAULTS = new WireLimits(8 << 20, 1_000, 1_000, 262_144, 100);

    /**
     * Checks the limits.
     *
     * @param bodyBytes longest body, in bytes
     * @param images most images in one review
     * @param annotations most annotations in one review, and most labels and groups that are known
     * @param stringChars longest text that is kept, in UTF-16 units
     * @param nesting deepest nesting of objects and arrays
     * @throws IllegalArgumentException if one is less than 1, or the body limit is 2,147,483,647, which leaves no room
     *     to notice a longer body
     */
    public WireLimits {
        require("bodyBytes", bodyBytes);
        require("images", images);
        require("annotations", annotations);
        require("stringChars", stringChars);
        require("nesting", nesting);
        if (bodyBytes == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("limit bodyBytes: expected less than " + Integer.MAX_VALUE);
        }
    }

    /** {@return the limits of the text of a review} */
    public SyntaxLimits text() {
        return SyntaxLimits.builder(stringChars, nesting)
                .totalChars(LONGEST_TEXTS * stringChars)
                .build();
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("limit " + name + ": expected at least 1, got " + value);
        }
    }

    /**
     * {@return a copy with another body limit}
     *
     * @param bytes longest body, in bytes
     */
    public WireLimits withBodyBytes(int bytes) {
        return new WireLimits(bytes, images, annotations, stringChars, nesting);
    }
}
