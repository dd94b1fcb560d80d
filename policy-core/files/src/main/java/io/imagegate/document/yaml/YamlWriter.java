package io.imagegate.document.yaml;

import io.imagegate.text.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes values as YAML that is read back as the same values: maps with texts as keys, lists, texts, and scalars as they were
 * written. Texts are hostile: everything that is not plainly a word is quoted, and what people cannot see is escaped.
 */
public final class YamlWriter {

    /** A number, true, false or null as it was written. */
    record Written(String text) {

        @Override
        public String toString() {
            return text.isEmpty() ? "null" : text;
        }
    }

    /** Texts that need no quotes anywhere. Colons and the other signs stand between these characters only. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z$][A-Za-z0-9$]*([._/:@+*-]+[A-Za-z0-9$*]+)*");

    /** What some readers take for true, false or null. */
    private static final Set<String> NO_TEXT = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    /** How long a line may be before a value gets lines of its own. */
    private static final int WIDTH = 110;

    private static final String INDENT = "  ";

    /** How many elements of a list are tried to fit into a line, of which the last are then only counted. */
    private static final int[] SHOWN = {Integer.MAX_VALUE, 100, 30, 10, 3, 1};

    private final StringBuilder out = new StringBuilder();
    private final int limit;
    private final int elements;

    private YamlWriter(int limit, int elements) {
        this.limit = limit;
        this.elements = elements;
    }

    /** {@return a value in one line} */
    public static String line(Object value) {
        YamlWriter writer = new YamlWriter(Integer.MAX_VALUE, Integer.MAX_VALUE);
        writer.flow(value);
        return writer.out.toString();
    }

    /** {@return a value in one line; if that would be too long, with fewer elements in its lists, and cut at last} */
    public static String line(Object value, int limit) {
        String line = "";
        for (int most : SHOWN) {
            YamlWriter writer = new YamlWriter(limit, most);
            writer.flow(value);
            line = writer.out.toString();
            if (line.length() <= limit) {
                return line;
            }
        }
        return SafeText.cut(line, limit - 1) + "…";
    }

    /** {@return a mapping as lines; what fits into one is not divided, except lists of mappings} */
    public static String lines(Map<?, ?> mapping) {
        YamlWriter writer = new YamlWriter(Integer.MAX_VALUE, Integer.MAX_VALUE);
        writer.block(mapping, "");
        return writer.out.toString();
    }

    private void block(Map<?, ?> mapping, String indent) {
        String before = "";
        for (Map.Entry<?, ?> entry : mapping.entrySet()) {
            out.append(before);
            scalar(entry.getKey());
            out.append(':');
            value(entry.getValue(), indent);
            before = indent;
        }
    }

    private void value(Object value, String indent) {
        String line = line(value);
        if (isScalar(value) || (!hasMappings(value) && indent.length() + line.length() <= WIDTH)) {
            out.append(' ').append(line).append('\n');
        } else if (value instanceof Map<?, ?> mapping) {
            out.append('\n').append(indent).append(INDENT);
            block(mapping, indent + INDENT);
        } else if (value instanceof List<?> list) {
            out.append('\n');
            list.forEach(element -> item(element, indent + INDENT));
        }
    }

    private void item(Object element, String indent) {
        out.append(indent).append("- ");
        if (element instanceof Map<?, ?> mapping && !mapping.isEmpty()) {
            block(mapping, indent + INDENT);
        } else {
            flow(element);
            out.append('\n');
        }
    }

    private static boolean isScalar(Object value) {
        return !(value instanceof Map<?, ?>) && !(value instanceof List<?>);
    }

    /** {@return whether there is a list of mappings in a value} */
    private static boolean hasMappings(Object value) {
        return value instanceof Map<?, ?> mapping
                ? mapping.values().stream().anyMatch(YamlWriter::hasMappings)
                : value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance);
    }

    private void flow(Object value) {
        if (value instanceof Map<?, ?> mapping) {
            out.append('{');
            String before = "";
            for (Map.Entry<?, ?> entry : mapping.entrySet()) {
                out.append(before);
                scalar(entry.getKey());
                out.append(": ");
                flow(entry.getValue());
                before = ", ";
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            flow(list);
            out.append(']');
        } else {
            scalar(value);
        }
    }

    private void flow(List<?> list) {
        String before = "";
        int shown = Math.min(list.size(), elements);
        for (Object element : list.subList(0, shown)) {
            if (out.length() > limit) {
                return;
            }
            out.append(before);
            flow(element);
            before = ", ";
        }
        if (shown < list.size()) {
            out.append(before).append("… ").append(list.size() - shown).append(" more");
        }
    }

    private void scalar(Object value) {
        String text = value.toString();
        if (value instanceof Written || isPlain(text)) {
            out.append(text);
        } else {
            quote(text);
        }
    }

    private static boolean isPlain(String text) {
        return text.length() <= WIDTH
                && PLAIN.matcher(text).matches()
                && !NO_TEXT.contains(text.toLowerCase(Locale.ROOT));
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length() && out.length() <= limit; i += Character.charCount(text.codePointAt(i))) {
            character(text.codePointAt(i));
        }
        out.append('"');
    }

    private void character(int c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').appendCodePoint(c);
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
                if (isVisible(c)) {
                    out.appendCodePoint(c);
                } else {
                    out.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
                }
            }
        }
    }

    private static boolean isVisible(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }
}
