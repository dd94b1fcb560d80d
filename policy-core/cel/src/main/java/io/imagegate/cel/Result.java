package io.imagegate.cel;

import org.jspecify.annotations.Nullable;

/**
 * Value of an expression, or why it is unknown.
 *
 * @param value true, false or a text; null if it is unknown
 * @param reason why it is unknown, as a sentence
 * @param needsFacts whether it depends on facts that were not looked up
 * @param isUntold whether it depends on what the review does not tell
 */
record Result(@Nullable Object value, String reason, boolean needsFacts, boolean isUntold) {

    static Result of(Object value) {
        return new Result(value, "", false, false);
    }

    static Result unknown(String reason) {
        return new Result(null, reason, false, false);
    }

    /** {@return the value, if it is a text; else an empty text} */
    String text() {
        return value instanceof String text ? text : "";
    }
}
