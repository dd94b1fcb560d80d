package io.imagegate.syntax;

/**
 * Receives the names of fields that a cursor skips.
 *
 * @since 0.1
 */
public interface PassedFields {

    /** An object starts. */
    void enter();

    /**
     * The object has a field.
     *
     * @param name its name
     */
    void name(String name);

    /**
     * The field that was named last has a value.
     *
     * @param type the type of the value
     */
    default void value(ValueType type) {}

    /** The object ends. */
    void leave();
}
