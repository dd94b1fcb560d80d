package io.imagegate.rule;

import java.time.Duration;
import java.time.Instant;

/** How a date compares with a greatest age. */
enum Age {
    /** The date is more than 5 minutes in the future, so it is wrong. */
    FUTURE,
    /** At most the greatest age. */
    WITHIN,
    /** More than the greatest age. */
    OVER;

    /** How far in the future a date may be: clocks differ. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    static Age of(Instant date, Instant now, Duration greatest) {
        Duration age = Duration.between(date, now);
        if (age.compareTo(CLOCK_SKEW.negated()) < 0) {
            return FUTURE;
        }
        return age.compareTo(greatest) > 0 ? OVER : WITHIN;
    }

    static Duration require(Duration greatest) {
        if (greatest.isNegative() || greatest.isZero()) {
            throw new IllegalArgumentException("maximum age " + greatest + ": expected a positive duration");
        }
        return greatest;
    }
}
