package io.imagegate.rule;

/**
 * The three things a rule can find.
 *
 * @since 0.1
 */
public enum Outcome {
    /** The image meets the demand. */
    SATISFIED,
    /** The rule does not speak of this image, because of its scope. */
    NOT_APPLICABLE,
    /** The image does not meet the demand. */
    VIOLATED
}
