package io.imagegate.rule;

/**
 * The things a rule can find. An unknown outcome never counts as satisfied, also not under {@link Rules#not}.
 *
 * @since 0.1
 */
public enum Outcome {
    /** The image meets the demand. */
    SATISFIED,
    /** The rule does not speak of this image, because of its scope. */
    NOT_APPLICABLE,
    /** The image does not meet the demand. */
    VIOLATED,
    /**
     * Unknown: the name of the image or the review gives no answer, such as a tag that is no version. A policy treats it
     * as violated.
     */
    UNDECIDABLE
}
