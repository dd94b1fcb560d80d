package io.imagegate.rule;

import io.imagegate.predicate.PredicateValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Condition on one value in the predicate of an attestation. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface ValueCondition permits TextMatches, NumberInRange, DateWithin, ListHas {

    /**
     * Checks a value.
     *
     * @param value the value
     * @param image the image that is attested, and the instant
     * @return the finding; its sentence begins with a verb, after the pointer
     */
    Finding check(PredicateValue value, Candidate image);

    /**
     * Requires a text, number or boolean that matches a glob, in which {@code *} matches any characters. The placeholders
     * <code>{registry} {repository} {tag} {digest}</code> stand for these parts of the image.
     *
     * @param globs the globs, at least one; one of them must match
     * @return the condition
     * @throws IllegalArgumentException if there is none, one is empty, or one has an unknown placeholder
     */
    static ValueCondition matches(String... globs) {
        return new TextMatches(Stream.of(globs).map(ImageGlob::parse).toList());
    }

    /**
     * Requires a list with an element that matches a glob.
     *
     * @param glob the glob, with the placeholders of {@link #matches}
     * @return the condition
     * @throws IllegalArgumentException if it is empty or has an unknown placeholder
     */
    static ValueCondition has(String glob) {
        return new ListHas(ImageGlob.parse(glob));
    }

    /**
     * Requires a number in a range.
     *
     * @param atLeast the smallest number; empty for any
     * @param atMost the largest number; empty for any
     * @return the condition
     * @throws IllegalArgumentException if no number is in the range, or every number is
     */
    static ValueCondition between(Optional<BigDecimal> atLeast, Optional<BigDecimal> atMost) {
        return new NumberInRange(atLeast, atMost);
    }

    /**
     * Requires a date such as {@code 2026-11-25T12:00:00Z} that is at most this long ago, and not in the future.
     *
     * @param greatest the greatest age
     * @return the condition
     * @throws IllegalArgumentException if the age is not positive
     */
    static ValueCondition maxAge(Duration greatest) {
        return new DateWithin(greatest);
    }
}
