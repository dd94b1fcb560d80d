package io.imagegate.kubernetes;

/**
 * Takes the names of fields whose values a cursor passes over.
 *
 * @since 0.1
 */
public interface PassedFields {

    /** An object begins. */
    void enter();

    /**
     * The object has a field.
     *
     * @param name its name
     */
    void name(String name);

    /** The object ends. */
    void leave();
}
