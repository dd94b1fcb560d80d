package io.imagegate.rule;

/**
 * Outcome of a rule for one image. An unknown outcome never counts as satisfied, not even under {@link Rules#not}.
 *
 * @since 0.1
 */
public enum Outcome {
    /** The image satisfies the rule. */
    SATISFIED,
    /** The scope of the rule excludes the image. */
    NOT_APPLICABLE,
    /** The image violates the rule. */
    VIOLATED,
    /**
     * Unknown, because the name of the image, its content or the review gives no answer, such as a tag that is not a
     * version. A policy treats this as violated.
     */
    UNDECIDABLE,
    /**
     * Unknown, because a registry is down. A policy does what the rule says for this case.
     */
    UNAVAILABLE,
    /**
     * Not known yet: the rule asked for a fact that was not looked up. With a fact source it is looked up and the rule is
     * applied again; without one a policy treats this as violated.
     */
    PENDING;

    /**
     * {@return the rank of an unknown outcome among others: the highest is the outcome of a combination} A pending one is
     * the highest, because the fact may still decide the combination; known ones are the lowest.
     */
    int rank() {
        return switch (this) {
            case NOT_APPLICABLE -> 0;
            case SATISFIED, VIOLATED -> 1;
            case UNAVAILABLE -> 2;
            case UNDECIDABLE -> 3;
            case PENDING -> 4;
        };
    }
}
