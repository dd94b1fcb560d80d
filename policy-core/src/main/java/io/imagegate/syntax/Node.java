package io.imagegate.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a text as a tree, which knows where it was written. Immutable.
 *
 * @param type its type; of a value with a foreign tag, that of its form
 * @param tag the tag of YAML that gives it another type than its form has; empty for none
 * @param text the text of a string, number, boolean or null as it was written; empty for others
 * @param line the line in which it starts, from 1
 * @param column the column in which it starts, from 1
 * @param offset where it starts in the text, as {@link Cursor#offset} counts; -1 if that is unknown
 * @param textStart how many characters behind its start the text starts, if each of its characters stands there as itself;
 *     -1 if some are written as escapes or on several lines
 * @param range a long text that was not copied, see {@link SyntaxLimits#copiedBytes}; null for others
 * @param fields names and values of an object; empty for others. In YAML, a name may have any type and come twice
 * @param elements values of an array; empty for others
 * @since 0.1
 */
public record Node(
        ValueType type,
        String tag,
        String text,
        int line,
        int column,
        int offset,
        int textStart,
        @Nullable TextRange range,
        List<Field> fields,
        List<Node> elements) {

    /**
     * A field of an object.
     *
     * @param name its name; one that was read as text has the position of its value
     * @param value its value
     * @since 0.1
     */
    public record Field(Node name, Node value) {}

    /** Makes a value, in whose fields names are found in the same time however many there are. */
    public Node {
        fields = fields.size() > ManyFields.FEW && !(fields instanceof ManyFields) ? new ManyFields(fields) : fields;
    }

    /**
     * {@return the value of the first field with a name; null if there is none}
     *
     * @param name the name
     */
    public @Nullable Node field(String name) {
        if (fields instanceof ManyFields many) {
            return many.first(name);
        }
        for (Field field : fields) {
            if (field.name.isText() && field.name.text.equals(name)) {
                return field.value;
            }
        }
        return null;
    }

    /** Makes a text. */
    Node(String text, int line, int column, int offset, int textStart, @Nullable TextRange range) {
        this(ValueType.STRING, "", text, line, column, offset, textStart, range, List.of(), List.of());
    }

    /**
     * {@return the same value with other fields}
     *
     * @param others the fields
     */
    public Node withFields(List<Field> others) {
        return new Node(type, tag, text, line, column, offset, textStart, range, List.copyOf(others), elements);
    }

    /**
     * {@return the same value with other elements}
     *
     * @param others the elements
     */
    public Node withElements(List<Node> others) {
        return new Node(type, tag, text, line, column, offset, textStart, range, fields, List.copyOf(others));
    }

    /** {@return whether it is an object, without a foreign tag} */
    public boolean isObject() {
        return type == ValueType.OBJECT && tag.isEmpty();
    }

    /** {@return whether it is an array, without a foreign tag} */
    public boolean isArray() {
        return type == ValueType.ARRAY && tag.isEmpty();
    }

    /** {@return whether it is a string, without a foreign tag} */
    public boolean isText() {
        return type == ValueType.STRING && tag.isEmpty();
    }

    /** {@return whether it is no object and no array} */
    public boolean isScalar() {
        return type != ValueType.OBJECT && type != ValueType.ARRAY;
    }
}
