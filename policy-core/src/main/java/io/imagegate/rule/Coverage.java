package io.imagegate.rule;

/**
 * Whether an image is in a scope. It is unknown if the scope depends on something that the review does not tell, or on how a client reads
 * the host of the image.
 *
 * @since 0.1
 */
public enum Coverage {
    /** The image is in scope. */
    COVERED,
    /** What is told excludes the image. */
    NOT_COVERED,
    /** What is told does not exclude the image, and something that the scope depends on is not told or can be read differently. */
    UNKNOWN;

    static Coverage of(boolean covered) {
        return covered ? COVERED : NOT_COVERED;
    }

    /** {@return the coverage by both of two conditions} */
    Coverage and(Coverage other) {
        if (this == NOT_COVERED || other == NOT_COVERED) {
            return NOT_COVERED;
        }
        return this == COVERED ? other : UNKNOWN;
    }

    /** {@return the coverage by the opposite of a condition} */
    Coverage inverted() {
        return switch (this) {
            case COVERED -> NOT_COVERED;
            case NOT_COVERED -> COVERED;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
