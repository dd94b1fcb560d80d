package io.imagegate.rule;

import io.imagegate.predicate.PredicateValue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The value must be a number within these bounds. */
record NumberInRange(Optional<BigDecimal> atLeast, Optional<BigDecimal> atMost) implements ValueCondition {

    private static final int MOST_DIGITS = 100;

    NumberInRange {
        Stream.of(atLeast, atMost).flatMap(Optional::stream).forEach(NumberInRange::require);
        if (atLeast.isEmpty() && atMost.isEmpty()) {
            throw new IllegalArgumentException("empty, expected atLeast, atMost or both");
        }
        if (atLeast.isPresent() && atMost.isPresent() && atLeast.get().compareTo(atMost.get()) > 0) {
            throw new IllegalArgumentException(
                    "no number is at least " + atLeast.get().toPlainString() + " and at most "
                            + atMost.get().toPlainString());
        }
    }

    private static void require(BigDecimal bound) {
        if (bound.precision() > MOST_DIGITS || Math.abs(bound.scale()) > MOST_DIGITS) {
            throw new IllegalArgumentException("a number with more than " + MOST_DIGITS + " digits");
        }
    }

    @Override
    public Finding check(PredicateValue value, Candidate image) {
        if (value.kind() == PredicateValue.Kind.TOO_LARGE) {
            return Finding.undecidable(Message.VALUE_TOO_LARGE, value);
        }
        return number(value).filter(this::contains).isPresent()
                ? Finding.satisfied()
                : Finding.violation(Message.VALUE_MISMATCH, value, this);
    }

    private static Optional<BigDecimal> number(PredicateValue value) {
        try {
            return value.kind() == PredicateValue.Kind.NUMBER
                    ? Optional.of(new BigDecimal(value.text()))
                    : Optional.empty();
        } catch (NumberFormatException | ArithmeticException e) {
            return Optional.empty(); // its exponent is beyond every number that a policy can name
        }
    }

    private boolean contains(BigDecimal number) {
        return atLeast.filter(bound -> number.compareTo(bound) < 0).isEmpty()
                && atMost.filter(bound -> number.compareTo(bound) > 0).isEmpty();
    }

    /** {@return the bounds, for messages} */
    @Override
    public String toString() {
        return Stream.of(
                        atLeast.map(bound -> "at least " + bound.toPlainString()),
                        atMost.map(bound -> "at most " + bound.toPlainString()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
    }
}
