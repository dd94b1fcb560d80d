package io.imagegate.cli.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents in JSON, or in one of the many ways in which YAML can say the same: block and flow, quoted and plain,
 * anchors and aliases, comments, separators, line ends.
 */
final class RandomYaml {

    /** What YAML 1.1 and 1.2 both take for a text. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*(:[A-Za-z0-9_.-]+)*|2001-01-01|1:20");

    private static final Pattern NO_TEXT = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

    private final Random random;
    private final Map<String, String> anchors = new HashMap<>();
    private int named;

    RandomYaml(Random random) {
        this.random = random;
    }

    /** A file with these documents. */
    String file(List<Map<String, Object>> documents) {
        if (random.nextInt(6) == 0) {
            List<String> texts = new ArrayList<>();
            documents.forEach(document -> texts.add(json(document)));
            return String.join(any("", "\n", " \n\n"), texts);
        }
        StringBuilder file = new StringBuilder(any("", "", "\uFEFF", "# first\n", "---\n", "\n\n", "--- # first\n"));
        for (Map<String, Object> document : documents) {
            if (document != documents.get(0)) {
                file.append(
                        any("---\n", "--- \n", "--- # next\n", "---\n---\n", "...\n---\n", "---\n# nothing\n---\n"));
            }
            anchors.clear();
            boolean json = random.nextInt(8) == 0 && file.length() > 3;
            file.append(json ? json(document) + "\n" : block(document, 0));
        }
        return random.nextInt(5) == 0 ? file.toString().replace("\n", "\r\n") : file.toString();
    }

    private String block(Object value, int indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            StringBuilder text = new StringBuilder();
            map.forEach((key, field) -> text.append(comment(indent))
                    .append(" ".repeat(indent))
                    .append(key((String) key))
                    .append(':')
                    .append(below(field, indent, false)));
            return text.toString();
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            StringBuilder text = new StringBuilder();
            list.forEach(item -> text.append(comment(indent))
                    .append(" ".repeat(indent))
                    .append('-')
                    .append(below(item, indent, true)));
            return text.toString();
        }
        return " ".repeat(indent) + flow(value) + "\n";
    }

    /** What follows a colon or a dash. */
    private String below(@Nullable Object value, int indent, boolean item) {
        boolean collection = (value instanceof Map<?, ?> map && !map.isEmpty())
                || (value instanceof List<?> list && !list.isEmpty());
        if (value != null && collection && random.nextInt(5) > 0) {
            int deeper = indent + (value instanceof List && !item && random.nextBoolean() ? 0 : 1 + random.nextInt(3));
            return any("", " # below") + "\n" + block(value, deeper);
        }
        if (value instanceof String text && text.endsWith("\n")) {
            return " |\n" + text.indent(indent + 2);
        }
        if (value instanceof String text && PLAIN.matcher(text).matches() && random.nextInt(8) == 0) {
            return any(" >-", " |-") + "\n" + " ".repeat(indent + 2) + text + "\n";
        }
        return " " + anchored(value) + any("", "", " # " + "kind: Pod") + "\n";
    }

    /** Now and then an alias for what was written before in this document. */
    private String anchored(@Nullable Object value) {
        String text = flow(value);
        if (value == null) {
            return text; // not what a text "null" was called
        }
        String name = anchors.get(value.toString());
        if (name != null && random.nextBoolean()) {
            return "*" + name;
        }
        if (name == null && random.nextInt(6) == 0) {
            String anchor = "a" + named++;
            anchors.put(value.toString(), anchor);
            return "&" + anchor + " " + text;
        }
        return text;
    }

    private String flow(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> fields = new ArrayList<>();
            map.forEach((key, field) -> fields.add(key((String) key) + ": " + flow(field)));
            return "{" + String.join(any(", ", ",\n   "), fields) + "}";
        }
        if (value instanceof List<?> list) {
            List<String> items = new ArrayList<>();
            list.forEach(item -> items.add(flow(item)));
            return "[" + String.join(", ", items) + (items.isEmpty() ? "" : any("", ",")) + "]";
        }
        return value == null ? any("null", "~", "Null") : scalar((String) value);
    }

    private String key(String key) {
        return random.nextInt(8) == 0 ? quoted(key) : key;
    }

    private String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NO_TEXT.matcher(text).matches();
        boolean single = text.chars().allMatch(c -> c >= ' ');
        return plain && random.nextBoolean()
                ? text
                : single && random.nextBoolean() ? "'" + text.replace("'", "''") + "'" : quoted(text);
    }

    /** In double quotes, with a character escaped that need not be. */
    private String quoted(String text) {
        int escaped = text.isEmpty() ? -1 : random.nextInt(text.length());
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean must = c < ' ' || c == '"' || c == '\\';
            quoted.append(must || (i == escaped && random.nextBoolean()) ? String.format("\\u%04x", (int) c) : c);
        }
        return quoted.append('"').toString();
    }

    private String json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> fields = new ArrayList<>();
            map.forEach((key, field) -> fields.add(quoted((String) key) + ":" + any("", " ", "\n") + json(field)));
            return "{" + String.join(",", fields) + "}";
        }
        if (value instanceof List<?> list) {
            List<String> items = new ArrayList<>();
            list.forEach(item -> items.add(json(item)));
            return "[" + String.join(any(",", ",\n"), items) + "]";
        }
        return value == null ? "null" : quoted((String) value);
    }

    private String comment(int indent) {
        return random.nextInt(12) == 0 ? " ".repeat(indent) + "# image: none\n" : "";
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
