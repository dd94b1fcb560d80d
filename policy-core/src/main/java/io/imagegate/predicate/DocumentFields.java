package io.imagegate.predicate;

import io.imagegate.predicate.JsonValue.Kind;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads parts of one document by type, within limits that all of them share. */
final class DocumentFields {

    private static final int LONGEST = 1_024;
    private static final int MOST_CHARACTERS = 1 << 20;

    private final String what;
    private int characters;

    DocumentFields(String what) {
        this.what = what;
    }

    /** Reads an object, whose names come once. */
    void object(JsonValue value, String name, BiConsumer<String, JsonValue> reader) {
        require(value, Kind.OBJECT, name, "an object");
        Set<String> names = new HashSet<>();
        value.forEachField((key, field) -> {
            if (!names.add(key)) {
                throw new UnreadableException(what + ": " + name + " has a name twice");
            }
            reader.accept(key, field);
        });
    }

    /** Reads an object, or null as none. */
    void optionalObject(JsonValue value, String name, BiConsumer<String, JsonValue> reader) {
        if (value.kind() != Kind.NULL) {
            object(value, name, reader);
        }
    }

    /** Reads a list, or null, as Go writes a list without elements. */
    void list(JsonValue value, String name, Consumer<JsonValue> reader) {
        if (value.kind() != Kind.NULL) {
            require(value, Kind.LIST, name, "a list");
            value.forEachElement(reader);
        }
    }

    /** {@return a text; empty for null} */
    String text(JsonValue value, String name) {
        if (value.kind() == Kind.NULL) {
            return "";
        }
        require(value, Kind.TEXT, name, "a text");
        String text = value.text();
        if (text.length() > LONGEST) {
            throw new UnreadableException(
                    what + ": " + name + " has " + text.length() + " characters, expected at most " + LONGEST);
        }
        return text;
    }

    /** {@return a text that is not empty} */
    String requiredText(JsonValue value, String name) {
        String text = text(value, name);
        if (text.isEmpty()) {
            throw wrong(name, "a text");
        }
        return text;
    }

    /** Counts texts that are kept. */
    void keep(String... texts) {
        for (String text : texts) {
            characters += text.length();
        }
        if (characters > MOST_CHARACTERS) {
            throw new UnreadableException(what + " has more than " + MOST_CHARACTERS + " characters to compare");
        }
    }

    void require(JsonValue value, Kind kind, String name, String expected) {
        if (value.kind() != kind) {
            throw wrong(name, expected);
        }
    }

    UnreadableException wrong(String name, String expected) {
        return new UnreadableException(what + ": " + name + ": expected " + expected);
    }
}
