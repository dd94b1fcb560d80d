package io.imagegate.document.yaml;

import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import io.imagegate.version.VersionRangeSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Value in a document, with its position. If it does not have the requested type, the result is empty and a problem is
 * recorded.
 */
public final class YamlNode {

    private static final int SHOWN = 60;

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
        return new YamlNode(file, (path.isEmpty() ? "" : path + ".") + SafeText.escape(key), value, problems);
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
        return part.getStartMark().map(mark -> Position.of(file, mark)).orElse(new Position(file, 1, 1));
    }

    /** Records a problem with this value. */
    public void problem(String message) {
        problemAt(at(), message);
    }

    void problemAt(Position position, String message) {
        problems.add(position, withPath(message));
    }

    /** {@return a warning about this value, which is no problem} */
    public Problem warning(String message) {
        return new Problem(at(), withPath(message));
    }

    private String withPath(String message) {
        return path.isEmpty() ? message : path + ": " + message;
    }

    boolean is(Tag tag) {
        return node.getTag().equals(tag);
    }

    public boolean isText() {
        return is(Tag.STR);
    }

    public boolean isNumber() {
        return node instanceof ScalarNode && (is(Tag.INT) || is(Tag.FLOAT));
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** {@return the text; numbers, true, false and null are text only in quotes} */
    public Optional<String> text() {
        if (node instanceof ScalarNode scalar && is(Tag.STR)) {
            return Optional.of(scalar.getValue());
        }
        boolean quotable = node instanceof ScalarNode && !is(Tag.NULL);
        return wrong(quotable ? "text: put it in quotes" : "text");
    }

    /** {@return the text, or a number with its digits: {@code 1.20} stays {@code 1.20}} */
    public Optional<String> textOrNumber() {
        return node instanceof ScalarNode scalar && (is(Tag.INT) || is(Tag.FLOAT))
                ? Optional.of(scalar.getValue())
                : text();
    }

    public Optional<Boolean> flag() {
        return node instanceof ScalarNode scalar && is(Tag.BOOL)
                ? Optional.of(scalar.getValue().equalsIgnoreCase("true"))
                : wrong("true or false");
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
        if (!(node instanceof ScalarNode scalar)
                || !is(Tag.INT)
                || !scalar.getValue().matches("0|[1-9][0-9]{0,8}")) {
            return wrong(expected);
        }
        int value = Integer.parseInt(scalar.getValue());
        return value >= least && value <= most ? Optional.of(value) : wrong(expected);
    }

    /** {@return the elements of a list with at least one element} */
    public List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence) || !is(Tag.SEQ)) {
            wrong("a list, such as [a, b]");
            return List.of();
        }
        if (sequence.getValue().isEmpty()) {
            problem("an empty list, expected at least one element");
        }
        List<YamlNode> items = new ArrayList<>(sequence.getValue().size());
        for (Node item : sequence.getValue()) {
            items.add(new YamlNode(file, path + "[" + items.size() + "]", item, problems));
        }
        return items;
    }

    public boolean isEmptyList() {
        return node instanceof SequenceNode sequence && sequence.getValue().isEmpty();
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
        return node instanceof MappingNode mapping && is(Tag.MAP)
                ? Optional.of(Fields.of(this, mapping, List.of(keys)))
                : wrong(
                        isFileName(keys)
                                ? "a mapping with the key file, such as {file: NAME}"
                                : "a mapping with " + (keys.length == 1 ? "the key " : "keys such as ") + keys[0]);
    }

    private boolean isFileName(String... keys) {
        return keys[0].equals("file") && node instanceof ScalarNode && is(Tag.STR);
    }

    /** {@return the fields of a mapping with any keys} */
    public Optional<Fields> anyFields() {
        return isMapping() && node instanceof MappingNode mapping
                ? Optional.of(Fields.any(this, mapping))
                : wrong("a mapping");
    }

    public boolean isMapping() {
        return node instanceof MappingNode && is(Tag.MAP);
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
                problem(quote(text) + ", " + Suggestion.oneOf(text, choices));
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
        Optional<Mark> start = node.getStartMark();
        Optional<Mark> end = node.getEndMark();
        if (start.isEmpty()
                || end.isEmpty()
                || start.get().getLine() != end.get().getLine()) {
            return at();
        }
        int length = text.codePointCount(0, text.length());
        int quotes = end.get().getColumn() - start.get().getColumn() - length;
        boolean asIs = quotes == 0 || quotes == 2;
        return asIs ? at().right(quotes / 2 + text.codePointCount(0, offset)) : at();
    }

    /** Records that this value does not have the expected type. */
    public <T> Optional<T> wrong(String expected) {
        problem(describe() + ", expected " + expected);
        return Optional.empty();
    }

    private String describe() {
        if (!(node instanceof ScalarNode scalar)) {
            boolean known = is(Tag.MAP) || is(Tag.SEQ);
            String kind = node instanceof MappingNode ? "a mapping" : "a list";
            return known ? kind : kind + " of the type " + node.getTag();
        }
        if (is(Tag.NULL)) {
            return "it has no value";
        }
        String value = quote(scalar.getValue());
        if (is(Tag.STR)) {
            return "the text " + value;
        }
        return is(Tag.INT) || is(Tag.FLOAT) ? "the number " + unquoted(scalar) : "the value " + unquoted(scalar);
    }

    private static String unquoted(ScalarNode scalar) {
        String quoted = quote(scalar.getValue());
        return quoted.substring(1, quoted.lastIndexOf('"'));
    }

    public static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
