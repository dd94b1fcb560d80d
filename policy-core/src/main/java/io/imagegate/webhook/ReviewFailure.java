package io.imagegate.webhook;

/**
 * Reason why a review has no decision. Constants may be added.
 *
 * @since 0.1
 */
public enum ReviewFailure {
    /** The body is not a review. */
    MALFORMED,
    /** The body is too long, or has too many images or annotations. */
    TOO_LARGE,
    /** The decision failed with an error in a rule or in Imagegate. */
    ERROR
}
