package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document as a tree, in which kustomizations change something. Each value knows where it was written. Objects
 * and arrays are mutable; texts are replaced as a whole. Not thread-safe.
 */
final class ManifestNode {

    /** Texts that are numbers or dates in YAML 1.1. */
    private static final Pattern NUMBER = Pattern.compile(
            "(?i)[-+]?[0-9][0-9_]*(\\.[0-9_]*)?(e[-+]?[0-9]+)?|[-+]?\\.[0-9_]+(e[-+]?[0-9]+)?"
                    + "|[-+]?0(b[01_]+|o[0-7_]+|x[0-9a-f_]+)|[-+]?\\.(inf|nan)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ].*)?");

    /** Texts that are truth values there. */
    private static final Pattern WORD = Pattern.compile("(?i)y|n|yes|no|on|off");

    /** Names of fields that mean the same as numbers, truth values and null. */
    private static final Pattern SAME_NAME = Pattern.compile("0|[1-9][0-9]{0,14}|true|false|null");

    private static final Pattern OTHER_NAME = Pattern.compile("(?i)true|false|null|~");

    private static final int LONGEST_NUMBER = 100;

    /** What a value takes with its texts and its place in an object. */
    private static final int BYTES = 250;

    final ManifestSource source;
    final int line;
    /** The column, from 1; 1 in a text in a value. */
    final int column;
    /** Where the text starts, as its cursor counts; -1 if that is unknown. */
    final int offset;
    /** Where the text starts in {@link ManifestSource#text}; -1 if it is none of a text, or that is unknown. */
    final int offsetInText;

    /** The text that this one is a part of, which is written as a whole; null if there is none. */
    final @Nullable ManifestNode whole;

    final ValueType type;
    /** The text of a scalar; empty for others. */
    final String text;

    final Map<String, ManifestNode> fields;
    final List<ManifestNode> elements;

    /** What a kustomization made this text of; null if it is as it was written. */
    final @Nullable ImageOrigin origin;

    /** What gives this value a content that is not known here; null if it is as it stands. */
    final @Nullable ManifestNode changedBy;

    /** Whether it is written without quotes. */
    private final boolean isPlain;
    /** What patches ask of each object, for each of them. */
    private final boolean isText;

    private ManifestNode(
            ManifestSource source,
            int line,
            int column,
            int offset,
            ValueType type,
            String text,
            @Nullable ImageOrigin origin,
            @Nullable ManifestNode changedBy,
            boolean isPlain) {
        this(source, line, column, offset, type, text, origin, changedBy, isPlain, -1, null);
    }

    private ManifestNode(
            ManifestSource source,
            int line,
            int column,
            int offset,
            ValueType type,
            String text,
            @Nullable ImageOrigin origin,
            @Nullable ManifestNode changedBy,
            boolean isPlain,
            int offsetInText,
            @Nullable ManifestNode whole) {
        this.source = source;
        this.offsetInText = offsetInText;
        this.whole = whole;
        this.line = line;
        this.column = column;
        this.offset = offset;
        this.type = type;
        this.text = text;
        this.origin = origin;
        this.changedBy = changedBy;
        this.isPlain = isPlain;
        this.isText = type == ValueType.STRING && !(isPlain && isNumber(text));
        this.fields = type == ValueType.OBJECT ? new LinkedHashMap<>() : Map.of();
        this.elements = type == ValueType.ARRAY ? new ArrayList<>() : List.of();
    }

    private ManifestNode(ManifestNode other) {
        this.source = other.source;
        this.line = other.line;
        this.column = other.column;
        this.offset = other.offset;
        this.offsetInText = other.offsetInText;
        this.whole = other.whole;
        this.type = other.type;
        this.text = other.text;
        this.origin = other.origin;
        this.changedBy = other.changedBy;
        this.isPlain = other.isPlain;
        this.isText = other.isText;
        this.fields = type == ValueType.OBJECT ? new LinkedHashMap<>() : Map.of();
        this.elements = type == ValueType.ARRAY ? new ArrayList<>(other.elements.size()) : List.of();
    }

    /** Reads the value at a cursor. */
    static ManifestNode read(Cursor<InputException> cursor, ManifestSource source, KustomizeBudget budget)
            throws InputException {
        budget.read(cursor);
        ValueType type = cursor.type();
        int line = source.line() + cursor.line();
        int column = source.isInline() ? 1 : cursor.column();
        int offset = source.isInline() ? -1 : cursor.offset();
        if (type == ValueType.OBJECT) {
            ManifestNode object = new ManifestNode(source, line, column, offset, type, "", null, null, false);
            cursor.enterObject();
            for (String name = cursor.field(); name != null; name = cursor.field()) {
                object.fields.put(name, read(cursor, source, budget));
            }
            return object;
        }
        if (type == ValueType.ARRAY) {
            ManifestNode array = new ManifestNode(source, line, column, offset, type, "", null, null, false);
            cursor.enterArray();
            while (cursor.element()) {
                array.elements.add(read(cursor, source, budget));
            }
            return array;
        }
        int offsetInText = source.text() == null ? -1 : cursor.offset();
        boolean isPlain = cursor.isPlain();
        String text = cursor.scalar();
        return new ManifestNode(source, line, column, offset, type, text, null, null, isPlain, offsetInText, null);
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
                null,
                false);
    }

    /** {@return an empty object in the place of this value} */
    ManifestNode object() {
        return new ManifestNode(source, line, column, -1, ValueType.OBJECT, "", null, null, false);
    }

    /** {@return an empty array in the place of this value} */
    ManifestNode array() {
        return new ManifestNode(source, line, column, -1, ValueType.ARRAY, "", null, null, false);
    }

    /** {@return a text in the place of this value} */
    ManifestNode withText(String other) {
        return new ManifestNode(source, line, column, -1, ValueType.STRING, other, null, null, false);
    }

    /** {@return a text that is a part of this one} */
    ManifestNode part(String other) {
        return new ManifestNode(source, line, column, -1, ValueType.STRING, other, null, null, false, -1, this);
    }

    /** {@return a scalar in the place of this value; one with its text is written here} */
    ManifestNode typed(ValueType other, String scalar) {
        boolean isHere = isScalar() && scalar.equals(text);
        return new ManifestNode(
                source,
                line,
                column,
                isHere ? offset : -1,
                other,
                scalar,
                null,
                null,
                false,
                isHere ? offsetInText : -1,
                null);
    }

    /** {@return the text of a whole file in the place of this value} */
    ManifestNode whole(ManifestSource file, String content) {
        return new ManifestNode(file, 0, 1, -1, ValueType.STRING, content, null, null, false);
    }

    /** {@return a text that a kustomization made of this one} */
    ManifestNode madeBy(ManifestNode place, String other, ImageOrigin by) {
        return new ManifestNode(place.source, place.line, place.column, -1, ValueType.STRING, other, by, null, false);
    }

    /** {@return a value in the place of this one whose content is not known; an object or array has nothing in it} */
    ManifestNode unknown(ManifestNode by) {
        return new ManifestNode(source, line, column, -1, isScalar() ? ValueType.STRING : type, text, null, by, false);
    }

    /** Refuses a value whose content is not known, where something depends on it. */
    void requireKnown() throws InputException {
        if (changedBy != null) {
            throw changedBy.malformed("what this makes of " + source.name() + ":" + line
                    + " is not known, and images or rules depend on it: check what kubectl kustomize prints instead");
        }
    }

    /** {@return whether it is a text in all versions of YAML, also after kustomize wrote it as JSON} */
    boolean isText() {
        return isText;
    }

    private static boolean isNumber(String text) {
        return text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches();
    }

    /**
     * {@return whether patches of operations say the same with it in all versions of YAML: kustomize reads them by an old one} Names of
     * fields are not told from quoted ones.
     */
    boolean isSameInOperations() {
        if (isObject()) {
            return fields.keySet().stream()
                    .noneMatch(name -> !SAME_NAME.matcher(name).matches()
                            && (isNumber(name)
                                    || WORD.matcher(name).matches()
                                    || OTHER_NAME.matcher(name).matches()));
        }
        return type != ValueType.STRING
                || (isText() && !(isPlain && WORD.matcher(text).matches()));
    }

    /** {@return a copy that shares nothing mutable} */
    ManifestNode copy(KustomizeBudget budget) throws InputException {
        budget.copy(this);
        ManifestNode copy = new ManifestNode(this);
        for (Map.Entry<String, ManifestNode> field : fields.entrySet()) {
            copy.fields.put(field.getKey(), field.getValue().copy(budget));
        }
        for (ManifestNode element : elements) {
            copy.elements.add(element.copy(budget));
        }
        return copy;
    }

    /** {@return about how many bytes it takes} */
    long bytes() {
        long bytes = BYTES + 2L * text.length();
        for (Map.Entry<String, ManifestNode> field : fields.entrySet()) {
            bytes += 2L * field.getKey().length() + field.getValue().bytes();
        }
        for (ManifestNode element : elements) {
            bytes += element.bytes();
        }
        return bytes;
    }

    /** {@return the value of a field; null if there is none} */
    @Nullable
    ManifestNode field(String name) {
        return fields.get(name);
    }

    /** {@return the object or array in a field; an empty object if there is none} */
    static ManifestNode in(ManifestNode object, String name) {
        ManifestNode field = object.fields.get(name);
        return field == null || field.isScalar() ? object.object() : field;
    }

    /** {@return this value as if it were written in another file} */
    ManifestNode named(ManifestSource other) {
        return new ManifestNode(other, 1, 1, -1, type, text, null, changedBy, false);
    }

    /** {@return the text of a field; empty if it is none} */
    String text(String name) {
        ManifestNode field = fields.get(name);
        return field != null && field.type == ValueType.STRING ? field.text : "";
    }

    /** Refuses another value than an object with some of these fields: an unknown one may do anything. */
    void requireFields(String what, Set<String> known) throws InputException {
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
    boolean isTrue(String option) throws InputException {
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

    InputException malformed(String problem) {
        return new InputException(source.name(), line, column, problem);
    }
}
