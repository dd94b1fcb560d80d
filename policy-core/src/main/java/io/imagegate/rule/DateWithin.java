package io.imagegate.rule;

import io.imagegate.signer.PredicateValue;
import io.imagegate.text.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The value must be a date that is at most this long ago. */
record DateWithin(Duration greatest) implements ValueCondition {

    DateWithin {
        Age.require(greatest);
    }

    /** {@return the date that a value is, in the form of RFC 3339} */
    static Optional<Instant> date(PredicateValue value) {
        if (value.kind() != PredicateValue.Kind.TEXT) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(value.text()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Finding judge(PredicateValue value, Candidate image) {
        Optional<Instant> date = date(value);
        if (date.isEmpty()) {
            return Finding.violation(Message.VALUE_NO_DATE, value);
        }
        return switch (Age.of(date.get(), image.facts().instant(), greatest)) {
            case FUTURE -> Finding.violation(Message.VALUE_IN_FUTURE, value);
            case OVER -> Finding.violation(Message.VALUE_LONG_AGO, value, DurationText.of(greatest));
            case WITHIN -> Finding.satisfied();
        };
    }
}
