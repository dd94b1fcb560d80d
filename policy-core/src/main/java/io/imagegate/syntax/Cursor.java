package io.imagegate.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cursor that walks over one value once, from front to back. It is positioned at a value. Reading or skipping the value
 * moves it on, and a value that is not read is skipped. Not thread-safe.
 *
 * <p>The value may be hostile. An implementation must therefore refuse duplicate fields in an object that was entered,
 * even if they are not wanted, and must limit nesting and the length of texts. Callers must walk an object or array
 * that they entered to its end.
 *
 * @param <X> thrown for a value that is malformed, has another shape than expected or is over a limit
 * @since 0.1
 */
public interface Cursor<X extends Exception> {

    /**
     * {@return the type of the value at the cursor}
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
     * Moves to the value of the next wanted field and skips all others.
     *
     * @param wanted names of the fields to stop at
     * @return the field's name, or null if the object has ended
     * @throws X if the text is malformed or over a limit, or the field is a duplicate
     */
    default @Nullable String field(FieldNames wanted) throws X {
        for (String name = field(); name != null; name = field()) {
            String found = wanted.find(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Moves to the value of the next field.
     *
     * @return the field's name, or null if the object has ended
     * @throws X if the text is malformed or over a limit, or the field is a duplicate
     */
    @Nullable
    String field() throws X;

    /**
     * Moves to the next element of the array.
     *
     * @return false if the array has ended
     * @throws X if the text is malformed
     */
    boolean element() throws X;

    /**
     * Reads the string, number, boolean or null at the cursor.
     *
     * @return the content of a string; the text of other values
     * @throws X if it is malformed or too long
     */
    String scalar() throws X;

    /**
     * {@return whether the value at the cursor is a scalar without quotes, of which versions of YAML may make other types}
     *
     * @throws X if it is malformed
     */
    default boolean isPlain() throws X {
        return false;
    }

    /**
     * Skips the value at the cursor.
     *
     * @throws X if it is malformed or nested too deeply
     */
    void skip() throws X;

    /**
     * Skips the value at the cursor and reports the names of all fields in it, at any depth.
     *
     * @param fields receives the names
     * @throws X if the value is malformed, over a limit or nested too deeply, or a name cannot be decoded
     */
    default void skip(PassedFields fields) throws X {
        SkippedLevels levels = new SkippedLevels(fields);
        do {
            switch (type()) {
                case OBJECT -> {
                    enterObject();
                    levels.enterObject();
                }
                case ARRAY -> {
                    enterArray();
                    levels.enterArray();
                }
                default -> skip();
            }
            while (levels.isInside() && !(levels.isInObject() ? levels.name(field()) : element())) {
                levels.leave();
            }
            if (levels.isInObject()) {
                fields.value(type());
            }
        } while (levels.isInside());
    }

    /**
     * Reads the value at the cursor as a tree. Its depth is limited, so this may recurse.
     *
     * @return the value
     * @throws X if it is malformed or over a limit
     */
    default Node tree() throws X {
        ValueType type = type();
        String tag = tag();
        int line = line();
        int column = column();
        int offset = offset();
        List<Node.Field> fields = List.of();
        List<Node> elements = List.of();
        String text = "";
        int textStart = -1;
        switch (type) {
            case OBJECT -> {
                enterObject();
                List<Node.Field> read = new ArrayList<>();
                for (Node name = name(); name != null; name = name()) {
                    read.add(new Node.Field(name, tree()));
                }
                fields = List.copyOf(read);
            }
            case ARRAY -> {
                enterArray();
                List<Node> read = new ArrayList<>();
                while (element()) {
                    read.add(tree());
                }
                elements = List.copyOf(read);
            }
            default -> {
                text = scalar();
                textStart = textStart();
            }
        }
        return new Node(type, tag, text, line, column, offset, textStart, null, fields, elements);
    }

    /**
     * Moves to the value of the next field and keeps its name as it was written.
     *
     * @return the field's name, or null if the object has ended
     * @throws X if the text is malformed or over a limit
     */
    default @Nullable Node name() throws X {
        String name = field();
        return name == null ? null : new Node(name, line(), column(), offset(), -1, null);
    }

    /**
     * {@return the tag of YAML that gives the value at the cursor another type than its form has; empty for none}
     *
     * @throws X if the text is malformed
     */
    default String tag() throws X {
        return "";
    }

    /**
     * {@return how many characters behind its start the text of the last scalar starts, if each of its characters stands there
     * as itself; -1 if some do not, or if that is not known}
     */
    default int textStart() {
        return -1;
    }

    /** {@return the line of the current or last value, from 1} */
    int line();

    /** {@return the column of the current or last value, from 1; 1 if there are no columns} */
    default int column() {
        return 1;
    }

    /**
     * {@return where the current or last value starts in the text, from 0: in bytes for JSON, in code points for YAML, of
     * which an alias starts where its value does; -1 if there is no text}
     */
    default int offset() {
        return -1;
    }

    /**
     * Makes, but does not throw, an exception for the current or last value.
     *
     * @param problem what is wrong and what was expected
     * @return the exception
     */
    X malformed(String problem);

    /**
     * Makes, but does not throw, an exception for too many images or annotations.
     *
     * @param problem what there is too much of, and the limit
     * @return the exception
     */
    default X tooMany(String problem) {
        return malformed(problem);
    }

    /**
     * Enters an object. A null is skipped and treated as an object without fields.
     *
     * @param what name of the object, for the message
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
     * Enters an array. A null is skipped and treated as an array without elements.
     *
     * @param what name of the array, for the message
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
     * Reads the object at the cursor if all its values are strings. A null is treated as an empty string.
     *
     * @param most largest number of strings
     * @param passed receives the names of all fields in the object, at any depth; null if they are not wanted
     * @return the strings by name; null if there are more, or another value
     * @throws X if the text is malformed, a string is too long or a field is a duplicate
     */
    default @Nullable Map<String, String> texts(int most, @Nullable PassedFields passed) throws X {
        enterObject();
        if (passed != null) {
            passed.enter();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        boolean complete = true;
        for (String name = field(); name != null; name = field()) {
            if (passed != null) {
                passed.name(name);
            }
            ValueType type = type();
            complete &= texts.size() < most && (type == ValueType.STRING || type == ValueType.NULL);
            if (complete) {
                texts.put(name, text(name));
            } else if (passed == null) {
                skip();
            } else {
                skip(passed);
            }
        }
        if (passed != null) {
            passed.leave();
        }
        return complete ? texts : null;
    }

    /**
     * Reads a string. A null is treated as an empty string.
     *
     * @param what name of the string, for the message
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

    /**
     * Reads a string that is most often one of a few. A null is treated as an empty string.
     *
     * @param what name of the string, for the message
     * @param usual texts for which a cursor need make no string
     * @return the string
     * @throws X if it is neither, or too long
     */
    default String text(String what, FieldNames usual) throws X {
        return text(what);
    }
}
