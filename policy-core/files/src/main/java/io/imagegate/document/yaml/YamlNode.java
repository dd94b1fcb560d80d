package io.imagegate.document.yaml;

import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import io.imagegate.version.VersionRangeSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Value in a document, with its position. If it does not have the requested type, the result is empty and a problem is
 * recorded.
 */
public final class YamlNode {

    private static final int SHOWN = 60;

    /** Every value below a key has the key in its path, so that a long one would be there very often. */
    private static final int LONGEST_KEY = 400;

    private final String file;
    private final String path;
    private final Node node;
    private final Problems problems;

    private YamlNode(String file, String path, Node node, Problems problems) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    static YamlNode document(String file, Node node, Problems problems) {
        return new YamlNode(file, "", node, problems);
    }

    YamlNode child(String key, Node value) {
        String shown = SafeText.escape(SafeText.cut(key, LONGEST_KEY));
        return new YamlNode(file, (path.isEmpty() ? "" : path + ".") + shown, value, problems);
    }

    Node node() {
        return node;
    }

    public Problems problems() {
        return problems;
    }

    public Position at() {
        return at(node);
    }

    Position at(Node part) {
        int start = part.textStart();
        int quotes = 2 * start;
        int length = part.text().codePointCount(0, part.text().length());
        return new Position(file, part.line(), part.column(), start < 0 ? 0 : part.column() + length + quotes);
    }

    /** Records a problem with this value. */
    public void problem(String message) {
        problemAt(at(), message);
    }

    /** Records a problem with what this value names. */
    public void problem(String message, ProblemKind kind) {
        problems.add(new Problem(at(), withPath(message), "", kind));
    }

    /** Records a problem with this value that foreign code has, by what it threw. */
    public void problem(String message, Throwable thrown) {
        problem(message);
        problems.causedBy(thrown);
    }

    /** Records a problem with this value, and what is expected. */
    public void problem(String message, Suggestion expected) {
        problemAt(at(), message, expected);
    }

    /** Records a problem with one character of the text. */
    public void problem(String text, int offset, String message) {
        problemAt(inside(text, offset), message);
    }

    /** {@return whether the places of its characters are known: it was written without escapes and on one line} */
    public boolean hasPlaces() {
        return node.textStart() >= 0;
    }

    void problemAt(Position position, String message) {
        problems.add(position, withPath(message));
    }

    void problemAt(Position position, String message, Suggestion expected) {
        problems.add(new Problem(position, withPath(message + ", " + expected), expected.meant()));
    }

    /** {@return a warning about this value, which is no problem} */
    public Problem warning(String message) {
        return warning(message, "");
    }

    /** {@return a warning about this value, for which another was probably meant} */
    Problem warning(String message, String meant) {
        return new Problem(at(), withPath(message), meant);
    }

    /** The message may name the last key itself, as that of a setting does that programs set, too. */
    private String withPath(String message) {
        String key = path.substring(path.lastIndexOf('.') + 1) + ": ";
        return (path.isEmpty() ? "" : path + ": ")
                + (message.startsWith(key) ? message.substring(key.length()) : message);
    }

    private boolean is(ValueType type) {
        return node.type() == type && node.tag().isEmpty();
    }

    public boolean isText() {
        return node.isText();
    }

    public boolean isNumber() {
        return is(ValueType.NUMBER);
    }

    /** {@return whether it is true or false} */
    public boolean isFlag() {
        return is(ValueType.BOOLEAN);
    }

    public boolean isList() {
        return node.type() == ValueType.ARRAY;
    }

    /** {@return the text; numbers, true, false and null are text only in quotes} */
    public Optional<String> text() {
        if (isText()) {
            return Optional.of(node.text());
        }
        boolean quotable = node.isScalar() && !is(ValueType.NULL);
        return wrong(quotable ? "text: put it in quotes" : "text");
    }

    /** {@return the text, or a number with its digits: {@code 1.20} stays {@code 1.20}} */
    public Optional<String> textOrNumber() {
        return isNumber() ? Optional.of(node.text()) : text();
    }

    public Optional<Boolean> flag() {
        return is(ValueType.BOOLEAN) ? Optional.of(node.text().equalsIgnoreCase("true")) : wrong("true or false");
    }

    /** {@return true, which is all that may be written} */
    public Optional<Boolean> onlyTrue() {
        return flag().filter(flag -> {
            if (!flag) {
                problem("no condition, expected true");
            }
            return flag;
        });
    }

    /** {@return a whole number within bounds} */
    public Optional<Integer> integer(int least, int most) {
        String expected = "a number from " + least + " to " + most;
        if (!isNumber() || !node.text().matches("0|[1-9][0-9]{0,8}")) {
            return wrong(expected);
        }
        int value = Integer.parseInt(node.text());
        return value >= least && value <= most ? Optional.of(value) : wrong(expected);
    }

    /** {@return the elements of a list with at least one element} */
    public List<YamlNode> items() {
        if (!node.isArray()) {
            wrong("a list, such as [a, b]");
            return List.of();
        }
        if (node.elements().isEmpty()) {
            problem("an empty list, expected at least one element");
        }
        return elements();
    }

    /** {@return the elements of a list; of any other value, none} */
    public List<YamlNode> elements() {
        List<YamlNode> elements = new ArrayList<>(node.elements().size());
        for (Node element : node.elements()) {
            elements.add(new YamlNode(file, path + "[" + elements.size() + "]", element, problems));
        }
        return elements;
    }

    /** {@return whether it is no mapping and no list} */
    public boolean isScalar() {
        return node.isScalar();
    }

    /** {@return the value for {@link YamlWriter}} */
    public Object value() {
        return value(node);
    }

    private static Object value(Node node) {
        return switch (node.type()) {
            case OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                node.fields().forEach(field -> fields.put(field.name().text(), value(field.value())));
                yield fields;
            }
            case ARRAY -> node.elements().stream().map(YamlNode::value).toList();
            case STRING -> node.text();
            case NUMBER, BOOLEAN, NULL -> new YamlWriter.Written(node.text());
        };
    }

    /** {@return a text, number, true, false or null as it is written} */
    public String written() {
        return node.text();
    }

    public boolean isEmptyList() {
        return isList() && node.elements().isEmpty();
    }

    /** {@return the values of a list, if all of its elements are valid} */
    public <T> Optional<List<T>> list(Function<YamlNode, Optional<T>> reader) {
        List<YamlNode> items = items();
        List<T> values = new ArrayList<>(items.size());
        items.forEach(item -> reader.apply(item).ifPresent(values::add));
        return items.isEmpty() || values.size() < items.size() ? Optional.empty() : Optional.of(values);
    }

    /** {@return the fields of a mapping with only these keys} */
    public Optional<Fields> fields(String... keys) {
        return isMapping()
                ? Optional.of(Fields.of(this, List.of(keys)))
                : wrong(
                        isFileName(keys)
                                ? "a mapping with the key file, such as {file: NAME}"
                                : "a mapping with " + (keys.length == 1 ? "the key " : "keys such as ") + keys[0]);
    }

    private boolean isFileName(String... keys) {
        return keys[0].equals("file") && isText();
    }

    /** {@return the fields of a mapping with any keys} */
    public Optional<Fields> anyFields() {
        return isMapping() ? Optional.of(Fields.any(this)) : wrong("a mapping");
    }

    public boolean isMapping() {
        return node.isObject();
    }

    /** {@return the constant, which is written in lower case with a dash for an underscore} */
    public <E extends Enum<E>> Optional<E> choice(Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return oneOf(names).map(name -> type.getEnumConstants()[names.indexOf(name)]);
    }

    public Optional<String> oneOf(List<String> choices) {
        return text().filter(text -> {
            if (!choices.contains(text)) {
                problem(quote(text), Suggestion.oneOf(text, choices));
            }
            return choices.contains(text);
        });
    }

    public <T> Optional<T> parse(Function<String, T> parser) {
        return text().flatMap(text -> parse(text, parser));
    }

    /** {@return the result for a text with a number and a unit; the parser says what is wrong with a number alone} */
    public <T> Optional<T> parseAmount(Function<String, T> parser) {
        return textOrNumber().flatMap(text -> parse(text, parser));
    }

    /** {@return what a maker makes; its refusal is recorded as a problem} */
    public <T> Optional<T> make(Supplier<T> maker) {
        return parse("", none -> maker.get());
    }

    /** {@return the result of a parser; an exception is recorded as a problem, with its column if it has one} */
    public <T> Optional<T> parse(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (ReferenceSyntaxException e) {
            problemAt(inside(text, e.offset()), "pattern " + quote(text) + ": " + e.sentence());
        } catch (VersionRangeSyntaxException e) {
            problemAt(inside(text, e.offset()), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /**
     * {@return the position of a character of the text, or of the text if it was written with escapes or on several
     * lines}
     */
    private Position inside(String text, int offset) {
        int start = node.textStart();
        return start < 0 ? at() : at().right(start + text.codePointCount(0, offset));
    }

    /** Records that this value does not have the expected type. */
    public <T> Optional<T> wrong(String expected) {
        problem(describe() + ", expected " + expected);
        return Optional.empty();
    }

    private String describe() {
        if (!node.isScalar()) {
            String kind = node.type() == ValueType.OBJECT ? "a mapping" : "a list";
            return node.tag().isEmpty() ? kind : kind + " of the type " + SafeText.escape(node.tag());
        }
        if (is(ValueType.NULL)) {
            return "it has no value";
        }
        if (isText()) {
            return "the text " + quote(node.text());
        }
        return (isNumber() ? "the number " : "the value ") + unquoted();
    }

    private String unquoted() {
        String quoted = quote(node.text());
        return quoted.substring(1, quoted.lastIndexOf('"'));
    }

    public static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
