package io.imagegate.wire;

import io.imagegate.reference.SafeText;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * Walks over one JSON text and keeps only what it is asked for. Every object that is entered refuses a field that comes
 * twice; values that are not entered are skipped without being kept. Not thread-safe.
 */
final class JsonCursor {

    private static final int PROBLEM_LIMIT = 200;

    private final JsonParser parser;
    private final WireLimits limits;

    JsonCursor(JsonParser parser, WireLimits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    /** The fields of one object; {@link #next} goes to the next field's value. */
    final class Fields {
        private final Set<String> seen = new HashSet<>();

        /** The next field's name, or null at the end of the object. */
        @Nullable
        String next() throws MalformedReviewException {
            String name = read(JsonParser::nextName);
            if (name == null) {
                return null;
            }
            if (!seen.add(name)) {
                throw malformed("the field " + SafeText.quote(name, 60) + " comes twice, expected it once");
            }
            read(JsonParser::nextToken);
            return name;
        }
    }

    /** Goes to the first token, which must begin an object. */
    Fields begin() throws MalformedReviewException {
        JsonToken first = read(JsonParser::nextToken);
        if (first != JsonToken.START_OBJECT) {
            throw malformed("expected a JSON object, got " + describe(first));
        }
        return new Fields();
    }

    /** Refuses anything but white space behind the object. */
    void end() throws MalformedReviewException {
        if (read(JsonParser::nextToken) != null) {
            throw malformed("expected the end of the body after the JSON object");
        }
    }

    /** The fields of the object at the cursor, or null where there is a null instead. */
    @Nullable
    Fields object(String what) throws MalformedReviewException {
        if (isNull()) {
            return null;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw expected(what, "an object");
        }
        return new Fields();
    }

    /** Enters the array at the cursor; false where there is a null instead. */
    boolean array(String what) throws MalformedReviewException {
        if (isNull()) {
            return false;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw expected(what, "an array");
        }
        return true;
    }

    /** Goes to the next element; false at the end of the array. */
    boolean nextElement() throws MalformedReviewException {
        return read(JsonParser::nextToken) != JsonToken.END_ARRAY;
    }

    /** The string at the cursor, or an empty one where there is a null instead. */
    String text(String what) throws MalformedReviewException {
        if (isNull()) {
            return "";
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw expected(what, "a string");
        }
        String text = read(JsonParser::getString);
        if (text.length() > limits.stringChars()) {
            throw malformed(what + ": expected " + limits.stringChars() + " characters at most, got " + text.length());
        }
        return text;
    }

    /** Leaves the value at the cursor behind, whatever it is. */
    void skip() throws MalformedReviewException {
        read(JsonParser::skipChildren);
    }

    MalformedReviewException malformed(String problem) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new MalformedReviewException("malformed review: line " + at.getLineNr() + ", column "
                + Math.max(1, at.getColumnNr()) + ": " + problem);
    }

    private MalformedReviewException expected(String what, String expected) {
        return malformed(what + ": expected " + expected + ", got " + describe(parser.currentToken()));
    }

    private boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private interface Step<T extends @Nullable Object> {
        T on(JsonParser parser);
    }

    private <T extends @Nullable Object> T read(Step<T> step) throws MalformedReviewException {
        try {
            return step.on(parser);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw new MalformedReviewException("malformed review: line " + at.getLineNr() + ", column "
                    + at.getColumnNr() + ": " + SafeText.cut(SafeText.escape(e.getOriginalMessage()), PROBLEM_LIMIT));
        }
    }

    private static String describe(@Nullable JsonToken token) {
        return token == null
                ? "nothing"
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "a string";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                    case VALUE_NULL -> "null";
                    default -> token.toString();
                };
    }
}
