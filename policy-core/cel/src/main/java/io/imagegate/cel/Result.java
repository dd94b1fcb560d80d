package io.imagegate.cel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Value of an expression, or why it is unknown.
 *
 * @param value true, false or a text; null if it is unknown
 * @param reason why it is unknown, as a sentence
 * @param needsFacts whether it depends on facts that were not looked up
 * @param isUnknown whether it depends on what the review does not tell
 */
record Result(@Nullable Object value, String reason, boolean needsFacts, boolean isUnknown) {

    private static final String DIFFERENT =
            "the expression has one value for registry and repository as they are written, and another"
                    + " one as patterns compare them; compare them with whole names by == or in";

    static Result of(Object value) {
        return new Result(value, "", false, false);
    }

    static Result unknown(String reason) {
        return new Result(null, reason, false, false);
    }

    /**
     * {@return this, if another evaluation has the same value} If only one of them has a value, or each another one, it is unknown. Of
     * two reasons why it is unknown, the one that facts cannot change comes first.
     */
    Result sameAs(Result other) {
        if (value == null && other.value == null) {
            return other.rank() < rank() ? other : this;
        }
        return Objects.equals(value, other.value) ? this : unknown(DIFFERENT);
    }

    private int rank() {
        return !needsFacts ? 0 : isUnknown ? 1 : 2;
    }

    /** {@return the value, if it is a text; else an empty text} */
    String text() {
        return value instanceof String text ? text : "";
    }
}
