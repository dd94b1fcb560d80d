package io.imagegate.manifest;

import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document as a tree, in which kustomizations change something. Each value knows where it was written. Objects
 * and arrays are mutable; texts are replaced as a whole. Not thread-safe.
 */
final class ManifestNode {

    final ManifestSource source;
    final int line;
    /** The column, from 1; 1 in a text in a value. */
    final int column;
    /** Where the text starts, as its cursor counts; -1 if that is unknown. */
    final int offset;

    final ValueType type;
    /** The text of a scalar; empty for others. */
    final String text;

    final Map<String, ManifestNode> fields;
    final List<ManifestNode> elements;

    /** What a kustomization made this text of; null if it is as it was written. */
    final @Nullable ImageOrigin origin;

    /** What gives this value a content that is not known here; null if it is as it stands. */
    final @Nullable ManifestNode changedBy;

    private ManifestNode(
            ManifestSource source,
            int line,
            int column,
            int offset,
            ValueType type,
            String text,
            @Nullable ImageOrigin origin,
            @Nullable ManifestNode changedBy) {
        this.source = source;
        this.line = line;
        this.column = column;
        this.offset = offset;
        this.type = type;
        this.text = text;
        this.origin = origin;
        this.changedBy = changedBy;
        this.fields = type == ValueType.OBJECT ? new LinkedHashMap<>() : Map.of();
        this.elements = type == ValueType.ARRAY ? new ArrayList<>() : List.of();
    }

    /** Reads the value at a cursor. */
    static ManifestNode read(Cursor<ManifestException> cursor, ManifestSource source, KustomizeBudget budget)
            throws ManifestException {
        budget.read(cursor);
        ValueType type = cursor.type();
        int line = source.line() + cursor.line();
        int column = source.isInline() ? 1 : cursor.column();
        int offset = source.isInline() ? -1 : cursor.offset();
        if (type == ValueType.OBJECT) {
            ManifestNode object = new ManifestNode(source, line, column, offset, type, "", null, null);
            cursor.enterObject();
            for (String name = cursor.field(); name != null; name = cursor.field()) {
                object.fields.put(name, read(cursor, source, budget));
            }
            return object;
        }
        if (type == ValueType.ARRAY) {
            ManifestNode array = new ManifestNode(source, line, column, offset, type, "", null, null);
            cursor.enterArray();
            while (cursor.element()) {
                array.elements.add(read(cursor, source, budget));
            }
            return array;
        }
        return new ManifestNode(source, line, column, offset, type, cursor.scalar(), null, null);
    }

    /** {@return the name of a file, as a value for messages about it} */
    static ManifestNode named(Path file) {
        return new ManifestNode(
                new ManifestSource(file.toString(), file, 0, false),
                1,
                1,
                -1,
                ValueType.STRING,
                file.toString(),
                null,
                null);
    }

    /** {@return an empty object in the place of this value} */
    ManifestNode object() {
        return new ManifestNode(source, line, column, -1, ValueType.OBJECT, "", null, null);
    }

    /** {@return an empty array in the place of this value} */
    ManifestNode array() {
        return new ManifestNode(source, line, column, -1, ValueType.ARRAY, "", null, null);
    }

    /** {@return a text in the place of this value} */
    ManifestNode withText(String other) {
        return new ManifestNode(source, line, column, -1, ValueType.STRING, other, null, null);
    }

    /** {@return a text that a kustomization made of this one} */
    ManifestNode madeBy(ManifestNode place, String other, ImageOrigin by) {
        return new ManifestNode(place.source, place.line, place.column, -1, ValueType.STRING, other, by, null);
    }

    /** {@return a value in the place of this one whose content is not known; an object or array has nothing in it} */
    ManifestNode unknown(ManifestNode by) {
        return new ManifestNode(source, line, column, -1, isScalar() ? ValueType.STRING : type, text, null, by);
    }

    /** Refuses a value whose content is not known, where something depends on it. */
    void requireKnown() throws ManifestException {
        if (changedBy != null) {
            throw changedBy.malformed("what this makes of " + source.name() + ":" + line
                    + " is not known, and images or rules depend on it: check what kubectl kustomize prints instead");
        }
    }

    /** {@return a copy that shares nothing mutable} */
    ManifestNode copy(KustomizeBudget budget) throws ManifestException {
        budget.copy(this);
        ManifestNode copy = new ManifestNode(source, line, column, offset, type, text, origin, changedBy);
        for (Map.Entry<String, ManifestNode> field : fields.entrySet()) {
            copy.fields.put(field.getKey(), field.getValue().copy(budget));
        }
        for (ManifestNode element : elements) {
            copy.elements.add(element.copy(budget));
        }
        return copy;
    }

    /** {@return the value of a field; null if there is none} */
    @Nullable
    ManifestNode field(String name) {
        return fields.get(name);
    }

    /** {@return the text of a field; empty if it is none} */
    String text(String name) {
        ManifestNode field = fields.get(name);
        return field != null && field.type == ValueType.STRING ? field.text : "";
    }

    /** Refuses another value than an object with some of these fields: an unknown one may do anything. */
    void requireFields(String what, Set<String> known) throws ManifestException {
        if (!isObject()) {
            throw malformed(what + ": expected an object, got " + type);
        }
        for (Map.Entry<String, ManifestNode> field : fields.entrySet()) {
            if (!known.contains(field.getKey())) {
                throw field.getValue()
                        .malformed(what + ": what " + SafeText.quote(field.getKey(), 60)
                                + " makes of images is not known: check what kubectl kustomize prints instead");
            }
        }
    }

    /** {@return whether an option is set; other words than true and false mean either, depending on the version of YAML} */
    boolean isTrue(String option) throws ManifestException {
        if (!text.equals("true") && !text.equals("false")) {
            throw malformed(option + ": expected true or false");
        }
        return text.equals("true");
    }

    boolean isObject() {
        return type == ValueType.OBJECT;
    }

    boolean isArray() {
        return type == ValueType.ARRAY;
    }

    /** {@return whether it is no object and no array} */
    boolean isScalar() {
        return !isObject() && !isArray();
    }

    ManifestException malformed(String problem) {
        return new ManifestException(source.name(), line, column, problem);
    }
}
