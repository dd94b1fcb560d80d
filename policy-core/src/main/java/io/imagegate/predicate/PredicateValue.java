package io.imagegate.predicate;

import io.imagegate.text.SafeText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Value that a pointer leads to in a predicate: a text, number or boolean, or a list of these. Others are named, but not
 * kept. Immutable and thread-safe.
 *
 * @param kind the kind of the value
 * @param text the text, or the number or boolean as JSON writes it; what it is instead, if it is not kept; empty for a list
 * @param elements the elements of a list
 * @since 0.1
 */
public record PredicateValue(Kind kind, String text, List<PredicateValue> elements) {

    private static final int LONGEST = 4_096;
    private static final int LONGEST_NUMBER = 100;
    private static final int MOST = 1_000;
    private static final int SHOWN = 100;
    private static final int SHOWN_ELEMENTS = 3;

    /** Kind of a value. */
    public enum Kind {
        /** Text. */
        TEXT,
        /** A number. */
        NUMBER,
        /** {@code true} or {@code false}. */
        FLAG,
        /** A list. */
        LIST,
        /** An object, a null or a list within a list, which no condition compares. */
        OTHER,
        /** More than is kept, so that no condition can be decided. */
        TOO_LARGE
    }

    /**
     * Copies the elements.
     *
     * @param kind the kind of the value
     * @param text the text
     * @param elements the elements of a list
     */
    public PredicateValue {
        elements = List.copyOf(elements);
    }

    /**
     * {@return a text; too large above 4,096 characters}
     *
     * @param text the text
     */
    public static PredicateValue text(String text) {
        return text.length() > LONGEST
                ? tooLarge("a text of " + text.length() + " characters")
                : new PredicateValue(Kind.TEXT, text, List.of());
    }

    /**
     * {@return a number; too large above 100 characters}
     *
     * @param json the number as JSON writes it
     */
    public static PredicateValue number(String json) {
        return json.length() > LONGEST_NUMBER
                ? tooLarge("a number of " + json.length() + " characters")
                : new PredicateValue(Kind.NUMBER, json, List.of());
    }

    /**
     * {@return a boolean}
     *
     * @param flag its value
     */
    public static PredicateValue flag(boolean flag) {
        return new PredicateValue(Kind.FLAG, String.valueOf(flag), List.of());
    }

    /**
     * {@return a list; too large above 1,000 elements, or if an element is}
     *
     * @param elements the elements; lists among them are not kept
     */
    public static PredicateValue list(List<PredicateValue> elements) {
        boolean large = elements.size() > MOST
                || elements.stream().anyMatch(element -> element.kind == Kind.TOO_LARGE)
                || elements.stream().mapToInt(element -> element.text.length()).sum() > LONGEST * 4;
        return large
                ? tooLarge("a list of " + elements.size() + " elements")
                : new PredicateValue(
                        Kind.LIST,
                        "",
                        elements.stream().map(PredicateValue::flat).toList());
    }

    private static PredicateValue flat(PredicateValue element) {
        return element.kind == Kind.LIST ? other("a list") : element;
    }

    /**
     * {@return a value that no condition compares}
     *
     * @param what what it is, such as {@code an object} or {@code null}
     */
    public static PredicateValue other(String what) {
        return new PredicateValue(Kind.OTHER, what, List.of());
    }

    private static PredicateValue tooLarge(String what) {
        return new PredicateValue(Kind.TOO_LARGE, what, List.of());
    }

    /** {@return the date that a text is in the form of RFC 3339, such as {@code 2026-11-25T12:00:00Z}; empty for others} */
    public Optional<Instant> date() {
        try {
            return kind == Kind.TEXT ? Optional.of(OffsetDateTime.parse(text).toInstant()) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@return the value for people: escaped and cut} */
    @Override
    public String toString() {
        return switch (kind) {
            case TEXT -> SafeText.quote(text, SHOWN);
            case NUMBER, FLAG -> SafeText.escape(text);
            case OTHER, TOO_LARGE -> text;
            case LIST ->
                elements.stream()
                        .limit(SHOWN_ELEMENTS)
                        .map(PredicateValue::toString)
                        .collect(Collectors.joining(", ", "[", elements.size() > SHOWN_ELEMENTS ? ", …]" : "]"));
        };
    }
}
