package io.imagegate.server.log;

import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One flat JSON object on one line. Invisible characters and lone surrogates, which UTF-8 cannot encode, are escaped,
 * so every JSON parser reads the original text, but for lone surrogates that some replace.
 *
 * @since 0.1
 */
public final class JsonLine {

    private final StringBuilder text = new StringBuilder("{");

    /** Begins an object without fields. */
    public JsonLine() {}

    /**
     * Appends a field.
     *
     * @param name needs no escapes
     * @param value any text
     * @return this
     */
    public JsonLine field(String name, String value) {
        key(name);
        quote(value);
        return this;
    }

    /**
     * Appends a field.
     *
     * @param name needs no escapes
     * @param value true or false
     * @return this
     */
    public JsonLine field(String name, boolean value) {
        key(name);
        text.append(value);
        return this;
    }

    /**
     * Appends a field.
     *
     * @param name needs no escapes
     * @param value a number
     * @return this
     */
    public JsonLine field(String name, int value) {
        key(name);
        text.append(value);
        return this;
    }

    /** {@return the object} */
    @Override
    public String toString() {
        return text + "}";
    }

    /**
     * Reads one JSON string.
     *
     * @param line a JSON text
     * @return the content of the string, with U+FFFD for a lone surrogate; empty if the text is not exactly one string
     */
    public static Optional<String> decode(String line) {
        byte[] text = line.getBytes(StandardCharsets.UTF_8);
        JsonCursor<IllegalArgumentException> cursor = JsonCursor.of(
                text,
                text.length,
                SyntaxLimits.of(Integer.MAX_VALUE, 1),
                (number, column, problem) -> new IllegalArgumentException(problem));
        try {
            Node value = cursor.document();
            return value != null && value.isText() && !cursor.begin() ? Optional.of(value.text()) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private void key(String name) {
        text.append(text.length() == 1 ? "\"" : ",\"").append(name).append("\":");
    }

    private void quote(String value) {
        text.append('"');
        value.codePoints().forEach(this::append);
        text.append('"');
    }

    private void append(int codePoint) {
        if (codePoint == '"' || codePoint == '\\') {
            text.append('\\').append((char) codePoint);
        } else if (shows(codePoint)) {
            text.appendCodePoint(codePoint);
        } else {
            for (char unit : Character.toChars(codePoint)) {
                text.append(String.format("\\u%04x", (int) unit));
            }
        }
    }

    /** {@return whether a terminal shows this character} */
    static boolean shows(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
