package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.SyntaxProblems;
import io.imagegate.syntax.ValueType;
import java.io.InputStream;

/** Opens documents of JSON, in which each name comes once in an object, and depth and number of tokens are limited. */
public final class JsonReader {

    private static final int DEPTH = 64;
    private static final int TOKENS = 20_000;
    private static final int COPIED = 1024 * 1024;

    private static final SyntaxLimits DOCUMENT = document(TOKENS);

    /** A part of a document may have as many values as the document has tokens. */
    private static final SyntaxLimits PART = document(3 * TOKENS);

    /** Of what is streamed, only types are kept. */
    private static final SyntaxLimits STREAM = SyntaxLimits.builder(1 << 17, DEPTH)
            .nameChars(1_000)
            .numberChars(100)
            .parts(20_000_000)
            .wholeNames()
            .build();

    private JsonReader() {}

    /** Payloads have megabytes, so long texts are not copied. */
    private static SyntaxLimits document(int parts) {
        return SyntaxLimits.builder(COPIED, DEPTH)
                .totalChars(COPIED)
                .nameChars(1_000)
                .numberChars(100)
                .parts(parts)
                .copiedBytes(1_024)
                .wholeNames()
                .build();
    }

    static JsonObject read(String what, byte[] document) {
        JsonCursor<Refusal> cursor = JsonCursor.of(document, document.length, DOCUMENT, problems(what));
        beginObject(what, cursor);
        JsonObject read = new JsonObject(what, cursor.tree());
        requireEnd(what, cursor);
        return read;
    }

    /** Moves to the object that a document is. */
    public static void beginObject(String what, JsonCursor<Refusal> cursor) {
        if (!cursor.begin() || cursor.type() != ValueType.OBJECT) {
            throw Refusal.format(what + " is not a JSON object in UTF-8");
        }
    }

    /** Refuses text behind a document. */
    public static void requireEnd(String what, JsonCursor<Refusal> cursor) {
        if (cursor.begin()) {
            throw Refusal.format(what + " is followed by more text");
        }
    }

    /** {@return a cursor over a part of a document} */
    public static JsonCursor<Refusal> open(String what, InputStream part) {
        return JsonCursor.of(part, PART, problems(what));
    }

    /** {@return a cursor over a document that is too large for a tree} */
    public static JsonCursor<Refusal> stream(String what, InputStream document) {
        return JsonCursor.of(document, STREAM, problems(what));
    }

    /** A limit leaves open what a document says; anything else is no JSON. */
    private static SyntaxProblems<Refusal> problems(String what) {
        return new SyntaxProblems<>() {
            @Override
            public Refusal at(int line, int column, String problem) {
                return Refusal.format(what + " is not valid JSON at line " + line + ", column " + column + ": "
                        + problem + "; expected UTF-8, and each name once in an object");
            }

            @Override
            public Refusal overLimit(int line, int column, String problem) {
                return Refusal.undecidable(
                        what + " is nested more than " + DEPTH + " deep, has too many parts or more than " + COPIED
                                + " characters of short or escaped texts, or has a name or number that is too long");
            }
        };
    }
}
