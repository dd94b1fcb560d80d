package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policytest.AnyDocument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The schema has the keys of the readers, of each kind of object: who adds a key to one of both is told of the other. */
class SchemaKeysTest {

    private static final JsonNode SCHEMA = PolicySchema.tree();
    private static final String UNKNOWN = "zzzzzzzz";
    private static final Pattern EXPECTED = Pattern.compile(
            "unknown (?:key|field) \"" + UNKNOWN + "\"[^,]*, expected (?:one of )?([^(]*(?:\\(\\d+ in all\\))?)");
    private static final Pattern NUMBER = Pattern.compile(", … \\((\\d+) in all\\)");

    private record Place(JsonNode schema, UnaryOperator<Object> around) {}

    /** Of each object with keys of its own, a document that has one, by the name that the schema gives it. */
    private static Map<String, UnaryOperator<Object>> documents() {
        Map<String, UnaryOperator<Object>> documents = new LinkedHashMap<>();
        Queue<Place> next = new ArrayDeque<>();
        for (JsonNode kind : SCHEMA.get("allOf")) {
            String name = kind.at("/if/properties/kind/const").asString();
            next.add(new Place(
                    kind.at("/then/properties/spec"),
                    spec -> Map.of(
                            "apiVersion",
                            "imagegate.io/v1alpha1",
                            "kind",
                            name,
                            "metadata",
                            Map.of("name", "t"),
                            "spec",
                            spec)));
        }
        next.add(new Place(
                SCHEMA.at("/properties/metadata"),
                metadata -> Map.of(
                        "apiVersion",
                        "imagegate.io/v1alpha1",
                        "kind",
                        "ImagePolicy",
                        "metadata",
                        metadata,
                        "spec",
                        Map.of())));
        Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Place place = next.poll(); place != null; place = next.poll()) {
            for (JsonNode schema : resolved(place.schema)) {
                if (seen.add(schema)) {
                    if (schema.has("properties")) {
                        documents.putIfAbsent(name(schema), place.around);
                    }
                    next.addAll(inside(schema, place.around));
                }
            }
        }
        return documents;
    }

    /** The places of values in a value. */
    private static List<Place> inside(JsonNode schema, UnaryOperator<Object> around) {
        List<Place> places = new ArrayList<>();
        schema.path("properties")
                .propertyStream()
                .forEach(property -> places.add(
                        new Place(property.getValue(), value -> around.apply(object(property.getKey(), value)))));
        if (schema.path("items").isObject()) {
            places.add(new Place(schema.get("items"), value -> around.apply(List.of(value))));
        }
        if (schema.path("additionalProperties").isObject()) {
            // A name of most maps, and a path into a predicate.
            String name = schema.at("/propertyNames/$ref").asString("").endsWith("/pointer") ? "/a" : "a";
            places.add(new Place(schema.get("additionalProperties"), value -> around.apply(Map.of(name, value))));
        }
        return places;
    }

    /** Facts are those of the image of their case. */
    private static Map<String, Object> object(String key, Object value) {
        return key.equals("facts") ? Map.of("image", "a", key, value) : Map.of(key, value);
    }

    /** What a value may be, references followed. */
    private static List<JsonNode> resolved(JsonNode schema) {
        List<JsonNode> alternatives = new ArrayList<>();
        if (schema.has("$ref")) {
            alternatives.addAll(resolved(SCHEMA.at(schema.get("$ref").asString().substring(1))));
        } else {
            alternatives.add(schema);
        }
        Stream.of("anyOf", "oneOf").forEach(any -> schema.path(any).forEach(one -> alternatives.addAll(resolved(one))));
        return alternatives;
    }

    private static String name(JsonNode schema) {
        return schema.path("title").asString("keys " + schema.get("properties").propertyNames());
    }

    private static Set<String> keys(JsonNode schema) {
        Set<String> keys = new TreeSet<>();
        schema.get("properties").propertyStream().forEach(property -> keys.add(property.getKey()));
        return keys;
    }

    static Stream<String> objects() {
        return SCHEMA.get("$defs")
                .valueStream()
                .filter(schema -> schema.has("properties"))
                .map(SchemaKeysTest::name);
    }

    @ParameterizedTest
    @MethodSource("objects")
    @DisplayName("keys of the schema are those that the reader knows")
    void keysAreThoseOfTheReader(String object) {
        UnaryOperator<Object> document =
                Objects.requireNonNull(documents().get(object), () -> "no document has a " + object);
        Set<String> known = keys(SCHEMA.get("$defs")
                .valueStream()
                .filter(schema -> schema.has("properties") && name(schema).equals(object))
                .findFirst()
                .orElseThrow());
        String expected = AnyDocument.messages(PolicySchema.json(document.apply(Map.of(UNKNOWN, 1)))).stream()
                .map(EXPECTED::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse("nothing: no reader came there");
        Matcher more = NUMBER.matcher(expected);
        int number = more.find() ? Integer.parseInt(more.group(1)) : expected.split(", ", -1).length;
        assertThat(number).as("of %s the reader expects %s", object, expected).isEqualTo(known.size());
        // A message has the first ones of many, so the reader is asked about each.
        Map<String, Object> all = new HashMap<>();
        known.forEach(key -> all.put(key, 1));
        assertThat(AnyDocument.messages(PolicySchema.json(document.apply(all))))
                .noneMatch(message -> known.stream()
                        .anyMatch(key -> message.contains("unknown key \"" + key + "\"")
                                || message.contains("unknown field \"" + key + "\"")));
    }
}
