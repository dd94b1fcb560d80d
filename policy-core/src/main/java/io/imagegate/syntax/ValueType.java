package io.imagegate.syntax;

/**
 * Type of a JSON or YAML value. Its text is for messages: {@code an object}, {@code null}.
 *
 * @since 0.1
 */
public enum ValueType {
    /** Fields with names. */
    OBJECT("an object"),
    /** Elements in order. */
    ARRAY("an array"),
    /** A string. */
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

    /** {@return the type with its article} */
    @Override
    public String toString() {
        return words;
    }
}
