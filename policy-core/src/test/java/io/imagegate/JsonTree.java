package io.imagegate;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON as maps, lists, strings, booleans, nulls; a number is kept as an {@link Integer} of no meaning. */
public final class JsonTree {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonTree() {}

    /** Reads one value. */
    public static @Nullable Object read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return read(parser, parser.nextToken());
        }
    }

    private static @Nullable Object read(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    object.put(name, read(parser, parser.nextToken()));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    array.add(read(parser, next));
                }
                yield array;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> 1;
        };
    }

    /** Writes a value. */
    public static String write(@Nullable Object tree) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(json, tree);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object tree) {
        if (tree instanceof Map<?, ?> object) {
            json.writeStartObject();
            object.forEach((name, value) -> {
                json.writeName((String) name);
                write(json, value);
            });
            json.writeEndObject();
        } else if (tree instanceof List<?> array) {
            json.writeStartArray();
            array.forEach(value -> write(json, value));
            json.writeEndArray();
        } else if (tree instanceof String text) {
            json.writeString(text);
        } else if (tree instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (tree instanceof Integer number) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    /** The same value with the fields of its objects in another order. */
    public static @Nullable Object shuffled(@Nullable Object tree, Random random) {
        if (tree instanceof List<?> array) {
            List<@Nullable Object> copy = new ArrayList<>();
            array.forEach(value -> copy.add(shuffled(value, random)));
            return copy;
        }
        if (!(tree instanceof Map<?, ?> object)) {
            return tree;
        }
        List<Object> names = new ArrayList<>(object.keySet());
        Collections.shuffle(names, random);
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        names.forEach(name -> copy.put(name, shuffled(object.get(name), random)));
        return copy;
    }
}
