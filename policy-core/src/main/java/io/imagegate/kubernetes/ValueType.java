package io.imagegate.kubernetes;

/**
 * What a value is, in the terms of JSON. Its text is fit for messages: {@code an object}, {@code null}.
 *
 * @since 0.1
 */
public enum ValueType {
    /** Fields with names. */
    OBJECT("an object"),
    /** Elements in order. */
    ARRAY("an array"),
    /** A text. */
    STRING("a string"),
    /** A number. */
    NUMBER("a number"),
    /** True or false. */
    BOOLEAN("a boolean"),
    /** No value. */
    NULL("null");

    private final String words;

    ValueType(String words) {
        this.words = words;
    }

    /** {@return the type in words, with its article} */
    @Override
    public String toString() {
        return words;
    }
}
