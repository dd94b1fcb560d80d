package io.imagegate.registry.content;

import io.imagegate.text.Copies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object from a registry, a credential helper or Docker's configuration. Deep nesting, duplicate names and text
 * after the object are refused, and names in another case than expected.
 */
public final class Json {

    private static final int DEPTH = 32;

    /** A tree takes many times the memory of its text if that has nothing but brackets. */
    private static final long TOKENS = 200_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(40)
                    .maxTokenCount(TOKENS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, @Nullable Object> fields;

    private Json(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** Reads the only value of a text, which is an object. */
    public static Json read(String what, byte[] text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            if (!object) {
                throw Failure.undecidable(what + " is not a JSON object");
            }
            Json read = new Json(object(parser));
            if (parser.nextToken() != null) {
                throw Failure.undecidable(what + " is followed by more text");
            }
            return read;
        } catch (JacksonException e) {
            throw Failure.undecidable(what + " is not JSON, has a name twice, is nested deeper than " + DEPTH
                    + " levels, or has more than " + TOKENS + " tokens");
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            object.put(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> new Json(object(parser));
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getString()
                        : (Object) parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    /**
     * {@return the value of a field} Container runtimes, which are written in Go, also read a name in other case, and the last
     * of several counts for them. So such a name is refused, or they would run what was not checked.
     */
    private @Nullable Object value(String name) {
        for (String other : fields.keySet()) {
            if (other.equalsIgnoreCase(name) && !other.equals(name)) {
                throw Failure.undecidable("field " + Failure.shown(other) + ": expected the name \"" + name + "\"");
            }
        }
        return fields.get(name);
    }

    public Map<String, @Nullable Object> fields() {
        return fields;
    }

    /** {@return a text that is there and not empty} */
    public Optional<String> text(String name) {
        return typed(name, String.class, "text").filter(text -> !text.isEmpty());
    }

    public OptionalLong number(String name) {
        return typed(name, Long.class, "a whole number").map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    public Optional<Json> object(String name) {
        return typed(name, Json.class, "an object");
    }

    /** Refuses an object without a field, which may be null: Go writes a list without elements so. */
    public Json require(String name, String what) {
        value(name);
        if (!fields.containsKey(name)) {
            throw Failure.undecidable(what + " has no field \"" + name + "\"");
        }
        return this;
    }

    /** {@return the objects of a list; none if it is missing} */
    public List<Json> objects(String name) {
        List<Json> objects = new ArrayList<>();
        for (Object item : typed(name, List.class, "a list").orElse(List.of())) {
            if (!(item instanceof Json object)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(object);
        }
        return objects;
    }

    /** {@return a mapping of texts; empty if it is missing} */
    public Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(name)
                .ifPresent(object -> object.fields.forEach((key, value) -> {
                    if (!(value instanceof String text)) {
                        throw wrong(name, "a mapping of texts");
                    }
                    texts.put(key, text);
                }));
        return Copies.of(texts);
    }

    private <T> Optional<T> typed(String name, Class<T> type, String expected) {
        Object value = value(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong(name, expected);
        }
        return Optional.ofNullable(type.cast(value));
    }

    private static Failure wrong(String name, String expected) {
        return Failure.undecidable("field \"" + name + "\": expected " + expected);
    }
}
