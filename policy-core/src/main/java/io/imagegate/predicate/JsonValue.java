package io.imagegate.predicate;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Value of a JSON document that is read from its beginning to its end, so that large documents need not be kept. A value
 * can be read once, and only until the function that it was given to returns; one that is not read is skipped.
 *
 * @since 0.1
 */
public interface JsonValue {

    /** Kind of a value. */
    enum Kind {
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
        NULL
    }

    /** {@return the kind} */
    Kind kind();

    /** {@return the text, or the number or boolean as JSON writes it} */
    String text();

    /**
     * Reads an object.
     *
     * @param reader called for each field, in their order
     */
    void forEachField(BiConsumer<String, JsonValue> reader);

    /**
     * Reads a list.
     *
     * @param reader called for each element, in their order
     */
    void forEachElement(Consumer<JsonValue> reader);
}
