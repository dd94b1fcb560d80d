package io.imagegate.rule;

import io.imagegate.predicate.PredicateValue;
import io.imagegate.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The value must be a date that is at most this long ago. */
record DateWithin(Duration greatest) implements ValueCondition {

    DateWithin {
        Age.require(greatest);
    }

    @Override
    public Finding check(PredicateValue value, Candidate image) {
        Optional<Instant> date = value.date();
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
