package io.imagegate.policy;

import io.imagegate.reference.Digest;
import io.imagegate.rule.Candidate;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Message of a rule with placeholders. The text is used word for word; the placeholders <code>{image} {registry}
 * {repository} {tag} {digest} {namespace} {container} {rule} {policy}</code> are replaced, with control characters of
 * the values escaped. Immutable and thread-safe.
 */
final class MessageTemplate {

    private record Names(String policy, String rule, Candidate image) {}

    private static final Map<String, Function<Names, String>> PLACEHOLDERS = Map.of(
            "image", n -> n.image().image().text(),
            "registry", n -> n.image().reference().registry(),
            "repository", n -> n.image().reference().repository(),
            "tag", n -> n.image().reference().effectiveTag().orElse(""),
            "digest", n -> n.image().reference().digest().map(Digest::toString).orElse(""),
            "namespace", n -> n.image().namespace(),
            "container", n -> container(n.image()),
            "rule", Names::rule,
            "policy", Names::policy);

    private final String text;
    private final List<Function<Names, String>> parts;

    private MessageTemplate(String text, List<Function<Names, String>> parts) {
        this.text = text;
        this.parts = parts;
    }

    /**
     * Parses a message.
     *
     * @param text the message; not blank
     * @return the template
     * @throws IllegalArgumentException if the message is blank or has an unknown placeholder: a word in braces that is
     *     not one of the above
     */
    public static MessageTemplate parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a blank message, expected a sentence");
        }
        List<Function<Names, String>> parts = new ArrayList<>();
        int literal = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
            int close = endOfName(text, open + 1);
            if (close > 0) {
                String before = text.substring(literal, open);
                parts.add(n -> before);
                parts.add(placeholder(text.substring(open + 1, close)));
                literal = close + 1;
            }
        }
        String rest = text.substring(literal);
        parts.add(n -> rest);
        return new MessageTemplate(text, List.copyOf(parts));
    }

    /** Whether the message names the image or its container. */
    boolean namesImage() {
        return List.of("{image}", "{repository}", "{container}").stream().anyMatch(text::contains);
    }

    String format(String policy, String rule, Candidate image) {
        Names names = new Names(policy, rule, image);
        StringBuilder message = new StringBuilder(text.length() + 32);
        parts.forEach(part -> message.append(part.apply(names)));
        return message.toString();
    }

    /** {@return the message as written} */
    @Override
    public String toString() {
        return text;
    }

    /** Returns the end of a word in braces, or -1; other braces are part of the text. */
    private static int endOfName(String text, int start) {
        int end = start;
        while (end < text.length() && isPartOfName(text.charAt(end), end == start)) {
            end++;
        }
        return end > start && end < text.length() && text.charAt(end) == '}' ? end : -1;
    }

    private static boolean isPartOfName(char c, boolean first) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (!first && ((c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'));
    }

    private static Function<Names, String> placeholder(String name) {
        Function<Names, String> value = PLACEHOLDERS.get(name);
        if (value == null) {
            throw new IllegalArgumentException("unknown placeholder {" + name + "} in a message, expected one of {"
                    + String.join("} {", new TreeSet<>(PLACEHOLDERS.keySet())) + "}" + suggestion(name));
        }
        return n -> SafeText.escape(value.apply(n));
    }

    /** Returns the last placeholder in a name such as {@code image.tag} or {@code containerName}, as a suggestion. */
    private static String suggestion(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return PLACEHOLDERS.keySet().stream()
                .filter(lower::contains)
                .max(Comparator.comparingInt(lower::lastIndexOf))
                .map(placeholder -> " (did you mean {" + placeholder + "}?)")
                .orElse("");
    }

    private static String container(Candidate image) {
        return image.image().containerName().orElseGet(image.image()::place);
    }
}
