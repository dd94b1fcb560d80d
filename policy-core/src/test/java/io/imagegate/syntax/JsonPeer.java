package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The same text, read by the cursor and by jackson-core: what is in it, in order, or {@link #MALFORMED}. A text is one
 * value with nothing but white space around it.
 *
 * <p>Jackson reads characters here, which the JDK's strict decoder of UTF-8 made of the bytes: its own reader of bytes
 * lets malformed UTF-8 pass, and guesses at other encodings. Its limits are set out of the way.
 */
public final class JsonPeer {

    public static final List<String> MALFORMED = List.of("malformed");

    private static final JsonFactory LENIENT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final JsonFactory PEER = LENIENT.rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonPeer() {}

    /** What the cursor reads. */
    static List<String> read(JsonCursor<Refusal> cursor) {
        List<String> events = new ArrayList<>();
        try {
            if (!cursor.begin()) {
                return MALFORMED;
            }
            value(cursor, events);
            return cursor.begin() ? MALFORMED : events;
        } catch (Refusal e) {
            return MALFORMED;
        }
    }

    /** Whether the cursor passes over the text. */
    public static boolean skips(JsonCursor<? extends Exception> cursor) {
        try {
            if (!cursor.begin()) {
                return false;
            }
            cursor.skip();
            return !cursor.begin();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            return false;
        }
    }

    private static void value(JsonCursor<Refusal> cursor, List<String> events) throws Refusal {
        switch (cursor.type()) {
            case OBJECT -> {
                cursor.enterObject();
                events.add("{");
                for (String name = cursor.field(); name != null; name = cursor.field()) {
                    events.add("name " + name);
                    value(cursor, events);
                }
                events.add("}");
            }
            case ARRAY -> {
                cursor.enterArray();
                events.add("[");
                while (cursor.element()) {
                    value(cursor, events);
                }
                events.add("]");
            }
            default -> events.add(cursor.type() + " " + cursor.scalar());
        }
    }

    /** What Jackson reads of the characters that the bytes are in UTF-8. */
    public static List<String> characters(byte[] text) {
        return characters(PEER, text);
    }

    /** What Jackson reads of the characters when names may come twice in an object. */
    public static List<String> withDuplicates(byte[] text) {
        return characters(LENIENT, text);
    }

    private static List<String> characters(JsonFactory factory, byte[] text) {
        String decoded;
        try {
            decoded = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            return MALFORMED;
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), decoded)) {
            return events(parser);
        } catch (JacksonException e) {
            return MALFORMED;
        }
    }

    /** What Jackson reads of the bytes, its own way. */
    static List<String> bytes(byte[] text) {
        try (JsonParser parser = PEER.createParser(ObjectReadContext.empty(), text)) {
            return events(parser);
        } catch (JacksonException e) {
            return MALFORMED;
        }
    }

    private static List<String> events(JsonParser parser) {
        List<String> events = new ArrayList<>();
        JsonToken token = parser.nextToken();
        if (token == null) {
            return MALFORMED;
        }
        add(parser, token, events);
        while (parser.streamReadContext().getNestingDepth() > 0) {
            add(parser, parser.nextToken(), events);
        }
        return parser.nextToken() == null ? events : MALFORMED;
    }

    private static void add(JsonParser parser, JsonToken token, List<String> events) {
        events.add(
                switch (token) {
                    case START_OBJECT -> "{";
                    case END_OBJECT -> "}";
                    case START_ARRAY -> "[";
                    case END_ARRAY -> "]";
                    case PROPERTY_NAME -> "name " + parser.currentName();
                    case VALUE_STRING -> "a string " + parser.getString();
                    case VALUE_TRUE, VALUE_FALSE -> "a boolean " + parser.getString();
                    case VALUE_NULL -> "null null";
                    default -> "a number " + parser.getString();
                });
    }
}
