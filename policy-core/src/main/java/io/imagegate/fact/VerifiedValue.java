package io.imagegate.fact;

import java.time.Instant;

/**
 * Value of a fact that somebody other than the registry vouches for, such as a verified signature. Facts with other values rest on
 * the word of the registry. Implementations are immutable and thread-safe.
 *
 * @since 0.1
 */
public interface VerifiedValue {

    /**
     * {@return what of this still counts: keys and certificates end while answers are kept}
     *
     * @param instant the instant of a decision
     */
    VerifiedValue countingAt(Instant instant);

    /** {@return whether anything verified; if not, the value only tells what was found} */
    boolean isVerified();

    /**
     * {@return the number of manifests that the source had to consider; 0 if that is not known} Sources read a limited number, so
     * decisions warn before it is reached.
     */
    int manifests();
}
