package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads documents of JSON into trees: UTF-8 only, one object, names that come once, limited depth and number of tokens. Fields
 * that are null are left out, as protocol buffers do.
 */
public final class JsonReader {

    private static final int DEPTH = 64;
    private static final int TOKENS = 20_000;
    private static final int SHORT = 1024;
    private static final int LONGEST_NAME = 1000;
    private static final int COPIED = 1024 * 1024;

    /** A number as it is written. */
    record WrittenNumber(String digits) {

        @Override
        public String toString() {
            return digits;
        }
    }

    /** It keeps a few thousand names for the next document, and no more. Without them it would know no places of bytes. */
    private static final JsonFactory FACTORY = factory(TOKENS);

    private final JsonParser parser;
    private final String what;
    private final byte[] document;
    private long copied;
    private int values;

    private JsonReader(JsonParser parser, String what, byte[] document) {
        this.parser = parser;
        this.what = what;
        this.document = document;
    }

    public static JsonFactory factory(long tokens) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxNumberLength(100)
                        .maxNameLength(LONGEST_NAME)
                        .maxStringLength(COPIED)
                        .maxTokenCount(tokens)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .build();
    }

    static JsonObject read(String what, byte[] document) {
        requireUtf8(what, document);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Refusal.format(what + " is not a JSON object");
            }
            JsonObject read = new JsonReader(parser, what, document).object();
            if (parser.nextToken() != null) {
                throw Refusal.format(what + " is followed by more text");
            }
            return read;
        } catch (JacksonException e) {
            throw refusal(what, e);
        }
    }

    /** {@return a reader of objects in a stream, whose values share the limits of one document} */
    public static JsonReader within(String what, JsonParser parser) {
        return new JsonReader(parser, what, new byte[0]);
    }

    /** {@return why a document is not read: a limit leaves open what it says, anything else is no JSON} */
    public static Refusal refusal(String what, JacksonException e) {
        return e instanceof StreamConstraintsException
                ? Refusal.undecidable(what + " is nested more than " + DEPTH
                        + " deep, has too many parts, or has a name or number that is too long")
                : Refusal.format(what + " is not valid JSON" + place(e)
                        + ": expected correct syntax and each name once in an object");
    }

    private static String place(JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        return place == null || place.getLineNr() < 1
                ? ""
                : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    /** The parser would take other encodings of Unicode, too, and a mark before the text. */
    public static void requireUtf8(String what, byte[] document) {
        int first = document.length < 2 || document[1] == 0 ? 0 : document[0];
        if (first != '{' && first != ' ' && first != '\n' && first != '\r' && first != '\t') {
            throw Refusal.format(what + " is not a JSON object in UTF-8");
        }
    }

    /** Reads the object that begins with the current token. */
    public JsonObject object() {
        Map<String, Object> object = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            count(name);
            if (!names.add(name)) {
                throw Refusal.format(what + " has the name " + Refusal.shown(name) + " twice in an object");
            }
            @Nullable Object value = value(parser.nextToken());
            if (value != null) {
                object.put(name, value);
            }
        }
        return new JsonObject(what, object);
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token));
        }
        return array;
    }

    private @Nullable Object value(JsonToken token) {
        if (++values > TOKENS) {
            throw Refusal.undecidable(what + " has more than " + TOKENS + " parts");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new WrittenNumber(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** The parser has not yet read the text, and skips it if nobody asks for it. */
    private Object string() {
        if (document.length == 0) {
            return copy();
        }
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset()) + 1;
        int end = start;
        while (end < document.length && document[end] != '"' && document[end] != '\\') {
            end++;
        }
        boolean escaped = end == document.length || document[end] == '\\';
        return escaped || end - start <= SHORT ? copy() : new LongText(document, start, end);
    }

    private String copy() {
        String text = parser.getString();
        count(text);
        return text;
    }

    private void count(String text) {
        copied += text.length();
        if (copied > COPIED) {
            throw Refusal.undecidable(what + " has more than " + COPIED + " characters of short or escaped texts");
        }
    }
}
