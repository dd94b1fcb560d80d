package io.imagegate.predicate;

import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.ValueType;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Value of a JSON document that is read from its beginning to its end, so that large documents need not be kept. A value
 * can be read once, and only until the function that it was given to returns; one that is not read is skipped.
 *
 * @since 0.1
 */
public final class JsonValue {

    private final JsonCursor<UnreadableException> cursor;
    private final Kind kind;
    private @Nullable String text;

    /** Kind of a value. */
    public enum Kind {
        /** An object. */
        OBJECT,
        /** A list. */
        LIST,
        /** A text. */
        TEXT,
        /** A number. */
        NUMBER,
        /** {@code true} or {@code false}. */
        FLAG,
        /** {@code null}. */
        NULL;

        private static Kind of(ValueType type) {
            return switch (type) {
                case OBJECT -> OBJECT;
                case ARRAY -> LIST;
                case STRING -> TEXT;
                case NUMBER -> NUMBER;
                case BOOLEAN -> FLAG;
                case NULL -> NULL;
            };
        }
    }

    JsonValue(JsonCursor<UnreadableException> cursor) {
        this.cursor = cursor;
        this.kind = Kind.of(cursor.type());
    }

    /** {@return the kind} */
    public Kind kind() {
        return kind;
    }

    /** {@return the text, or the number or boolean as JSON writes it; empty for an object or a list} */
    public String text() {
        if (kind == Kind.OBJECT || kind == Kind.LIST) {
            return "";
        }
        if (text == null) {
            text = cursor.scalar();
        }
        return text;
    }

    /**
     * Reads an object.
     *
     * @param reader called for each field, in their order
     */
    public void forEachField(BiConsumer<String, JsonValue> reader) {
        cursor.enterObject();
        for (String name = cursor.field(); name != null; name = cursor.field()) {
            reader.accept(name, new JsonValue(cursor));
        }
    }

    /**
     * Reads a list.
     *
     * @param reader called for each element, in their order
     */
    public void forEachElement(Consumer<JsonValue> reader) {
        cursor.enterArray();
        while (cursor.element()) {
            reader.accept(new JsonValue(cursor));
        }
    }
}
