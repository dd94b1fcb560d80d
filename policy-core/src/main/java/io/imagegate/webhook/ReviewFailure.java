package io.imagegate.webhook;

/**
 * Why a review was answered without asking a policy. Kinds may be added.
 *
 * @since 0.1
 */
public enum ReviewFailure {
    /** The body is no review. */
    MALFORMED,
    /** The body is longer than the limit, or holds more images or annotations than are read. */
    TOO_LARGE,
    /** Judging it failed, by an error in a rule or in Imagegate. */
    ERROR
}
