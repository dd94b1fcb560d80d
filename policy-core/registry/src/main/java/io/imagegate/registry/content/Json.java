package io.imagegate.registry.content;

import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.Copies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object from a registry, a credential helper or Docker's configuration. Deep nesting, duplicate names and text
 * after the object are refused, and names in another case than expected.
 */
public final class Json {

    private static final int DEPTH = 32;

    /** A tree takes many times the memory of its text if that has nothing but brackets. */
    private static final int TOKENS = 200_000;

    /** Texts are as long as the answer, which is limited. */
    private static final SyntaxLimits LIMITS = SyntaxLimits.builder(Integer.MAX_VALUE, DEPTH)
            .nameChars(50_000)
            .numberChars(40)
            .parts(TOKENS)
            .wholeNames()
            .build();

    private final Node object;

    private Json(Node object) {
        this.object = object;
    }

    /** Reads the only value of a text, which is an object. */
    public static Json read(String what, byte[] text) {
        JsonCursor<Failure> cursor =
                JsonCursor.of(text, text.length, LIMITS, (line, column, problem) -> unreadable(what));
        Node document = cursor.document();
        if (document == null || !document.isObject()) {
            throw Failure.undecidable(what + " is not a JSON object");
        }
        if (cursor.begin()) {
            throw Failure.undecidable(what + " is followed by more text");
        }
        return new Json(document);
    }

    /** The text may have a secret, so nothing of it is quoted. */
    private static Failure unreadable(String what) {
        return Failure.undecidable(what + " is not JSON, has a name twice, is nested deeper than " + DEPTH
                + " levels, or has more than " + TOKENS + " tokens");
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    /**
     * {@return the value of a field; null if it is missing or null} Container runtimes, which are written in Go, also read a name
     * in other case, and the last of several counts for them. So such a name is refused, or they would run what was not checked.
     */
    private @Nullable Node value(String name) {
        for (Node.Field field : object.fields()) {
            String other = field.name().text();
            if (other.equalsIgnoreCase(name) && !other.equals(name)) {
                throw Failure.undecidable("field " + Failure.shown(other) + ": expected the name \"" + name + "\"");
            }
        }
        Node value = object.field(name);
        return value == null || value.type() == ValueType.NULL ? null : value;
    }

    /** {@return the fields that are objects, in order} */
    public Map<String, Json> objects() {
        Map<String, Json> objects = new LinkedHashMap<>();
        for (Node.Field field : object.fields()) {
            if (field.value().isObject()) {
                objects.put(field.name().text(), new Json(field.value()));
            }
        }
        return objects;
    }

    /** {@return a text that is there and not empty} */
    public Optional<String> text(String name) {
        return typed(name, ValueType.STRING, "text").map(Node::text).filter(text -> !text.isEmpty());
    }

    public OptionalLong number(String name) {
        Optional<Node> number = typed(name, ValueType.NUMBER, "a whole number");
        try {
            return number.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(number.get().text()));
        } catch (NumberFormatException e) {
            throw wrong(name, "a whole number");
        }
    }

    public Optional<Json> object(String name) {
        return typed(name, ValueType.OBJECT, "an object").map(Json::new);
    }

    /** Refuses an object without a field, which may be null: Go writes a list without elements so. */
    public Json require(String name, String what) {
        value(name);
        if (object.field(name) == null) {
            throw Failure.undecidable(what + " has no field \"" + name + "\"");
        }
        return this;
    }

    /** {@return the objects of a list; none if it is missing} */
    public List<Json> objects(String name) {
        List<Json> objects = new ArrayList<>();
        for (Node item :
                typed(name, ValueType.ARRAY, "a list").map(Node::elements).orElse(List.of())) {
            if (!item.isObject()) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new Json(item));
        }
        return objects;
    }

    /** {@return a mapping of texts; empty if it is missing} */
    public Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Node.Field field :
                typed(name, ValueType.OBJECT, "an object").map(Node::fields).orElse(List.of())) {
            if (!field.value().isText()) {
                throw wrong(name, "a mapping of texts");
            }
            texts.put(field.name().text(), field.value().text());
        }
        return Copies.of(texts);
    }

    private Optional<Node> typed(String name, ValueType type, String expected) {
        Node value = value(name);
        if (value != null && value.type() != type) {
            throw wrong(name, expected);
        }
        return Optional.ofNullable(value);
    }

    private static Failure wrong(String name, String expected) {
        return Failure.undecidable("field \"" + name + "\": expected " + expected);
    }
}
