package io.imagegate.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * Walks over one value forwards and once. The cursor stands at a value; reading or skipping the value leaves it behind,
 * and going on without having done so skips it. Not thread-safe.
 *
 * <p>An implementation must refuse a field that comes twice in an object that was entered, also where the second one is
 * not wanted, and must limit nesting and the length of texts: whoever writes the value may be hostile. An object or
 * array that was entered must be walked to its end.
 *
 * @param <X> thrown for a value that is malformed, has another shape than expected or is over a limit
 * @since 0.1
 */
public interface ObjectCursor<X extends Exception> {

    /**
     * {@return what the value at the cursor is}
     *
     * @throws X if it is malformed
     */
    ValueType type() throws X;

    /**
     * Enters the object at the cursor.
     *
     * @throws X if it is nested too deeply
     */
    void enterObject() throws X;

    /**
     * Enters the array at the cursor.
     *
     * @throws X if it is nested too deeply
     */
    void enterArray() throws X;

    /**
     * Goes to the value of the next field that is wanted, skipping all others.
     *
     * @param wanted names of the fields to stop at
     * @return the field's name, or null if the object has ended
     * @throws X if what is read or skipped is malformed, over a limit, or a field that came already
     */
    @Nullable
    String field(FieldNames wanted) throws X;

    /**
     * Goes to the value of the next field, whatever its name.
     *
     * @return the field's name, or null if the object has ended
     * @throws X if what is read is malformed, over a limit, or a field that came already
     */
    @Nullable
    String field() throws X;

    /**
     * Goes to the next element of the array.
     *
     * @return false if the array has ended
     * @throws X if what is read is malformed
     */
    boolean element() throws X;

    /**
     * Reads the string, number, boolean or null at the cursor.
     *
     * @return a string's content; of others what is written
     * @throws X if it is malformed or too long
     */
    String scalar() throws X;

    /**
     * Leaves the value at the cursor behind, whatever it is.
     *
     * @throws X if it is malformed or nested too deeply
     */
    void skip() throws X;

    /**
     * Leaves the value at the cursor behind and tells the names of all fields in it, at any depth.
     *
     * @param fields takes the names
     * @throws X if the value is malformed, over a limit or nested too deeply, or a name cannot be read
     */
    default void skip(PassedFields fields) throws X {
        switch (type()) {
            case OBJECT -> {
                enterObject();
                fields.enter();
                for (String name = field(); name != null; name = field()) {
                    fields.name(name);
                    skip(fields);
                }
                fields.leave();
            }
            case ARRAY -> {
                enterArray();
                while (element()) {
                    skip(fields);
                }
            }
            default -> skip();
        }
    }

    /** {@return the line of the value at which the cursor stands or stood last, from 1} */
    int line();

    /**
     * Makes, but does not throw, the exception for the value at which the cursor stands or stood last.
     *
     * @param problem what is wrong and what was expected
     * @return the exception
     */
    X malformed(String problem);

    /**
     * Makes, but does not throw, the exception for more images or annotations than are read.
     *
     * @param problem what there is too much of and how many were expected at most
     * @return the exception
     */
    default X tooMany(String problem) {
        return malformed(problem);
    }

    /**
     * Enters an object; a null counts as one without fields and is left behind.
     *
     * @param what what the object is, for the message
     * @return false for a null
     * @throws X if it is neither
     */
    default boolean object(String what) throws X {
        return switch (type()) {
            case OBJECT -> {
                enterObject();
                yield true;
            }
            case NULL -> {
                skip();
                yield false;
            }
            default -> throw malformed(what + ": expected an object, got " + type());
        };
    }

    /**
     * Enters an array; a null counts as one without elements and is left behind.
     *
     * @param what what the array is, for the message
     * @return false for a null
     * @throws X if it is neither
     */
    default boolean array(String what) throws X {
        return switch (type()) {
            case ARRAY -> {
                enterArray();
                yield true;
            }
            case NULL -> {
                skip();
                yield false;
            }
            default -> throw malformed(what + ": expected an array, got " + type());
        };
    }

    /**
     * Reads a string; a null counts as an empty one.
     *
     * @param what what the string is, for the message
     * @return the string
     * @throws X if it is neither, or too long
     */
    default String text(String what) throws X {
        return switch (type()) {
            case STRING -> scalar();
            case NULL -> {
                skip();
                yield "";
            }
            default -> throw malformed(what + ": expected a string, got " + type());
        };
    }
}
