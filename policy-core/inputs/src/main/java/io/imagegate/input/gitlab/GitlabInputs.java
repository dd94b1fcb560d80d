package io.imagegate.input.gitlab;

import io.imagegate.input.gitlab.GitlabConfiguration.Placed;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of one inclusion of a file of GitLab CI: what {@code include: inputs} gives them, else their defaults in {@code spec:
 * inputs}. Two are equal only if they are the same object. Immutable.
 */
final class GitlabInputs {

    /** Those of a file to which nothing is given. */
    static final GitlabInputs NONE = new GitlabInputs(Map.of(), null);

    /** Inputs that may be given or not. */
    static final GitlabInputs UNKNOWN = new GitlabInputs(Map.of(), null);

    /** GitLab expands variables after inputs in any case, so {@code expand_vars} changes nothing here. */
    private static final Pattern INPUT =
            Pattern.compile("\\$\\[\\[[ \\t]*inputs\\.([\\w-]{1,200})(?:[ \\t]*\\|[ \\t]*expand_vars)?[ \\t]*]]");

    private static final int DEEPEST = 10;
    private static final int LONGEST = 4_096;
    private static final int MOST_REPLACED = 1_000;

    private final Map<String, Placed> given;
    private final @Nullable Placed declared;

    private GitlabInputs(Map<String, Placed> given, @Nullable Placed declared) {
        this.given = given;
        this.declared = declared;
    }

    /** {@return what an element of include gives} */
    static GitlabInputs of(Placed include) {
        Placed inputs = include.field("inputs");
        if (inputs == null || inputs.node().fields().isEmpty()) {
            return NONE;
        }
        Map<String, Placed> given = new LinkedHashMap<>();
        inputs.node().fields().forEach(field -> given.put(field.name().text(), inputs.at(field.value())));
        return new GitlabInputs(given, null);
    }

    /** {@return the same inputs with their defaults} */
    GitlabInputs declaredBy(@Nullable Placed inputs) {
        return this == UNKNOWN ? this : new GitlabInputs(given, inputs);
    }

    private @Nullable Placed value(String name) {
        Placed value = given.get(name);
        if (value == null && declared != null) {
            Placed input = declared.field(name);
            value = input == null ? null : input.field("default");
        }
        return value == null
                        || value.node().type() == ValueType.NULL
                        || !value.node().tag().isEmpty()
                ? null
                : value;
    }

    /** {@return what a value stands for: if it is nothing but an input that is an object or an array, this; else itself} */
    static Placed value(Placed value) {
        Placed at = value;
        for (int depth = 0; depth < DEEPEST && hasInput(at.node()); depth++) {
            Matcher input = INPUT.matcher(at.node().text());
            Placed next = input.matches() ? at.inputs().value(input.group(1)) : null;
            if (next == null) {
                return value;
            }
            at = next;
        }
        return at.node().isScalar() ? value : at;
    }

    /** {@return a text with its inputs replaced; as it is written if one of them has no value} */
    static String text(Placed value) {
        String text = hasInput(value.node()) ? new Interpolation().text(value, 0) : null;
        return text == null ? value.node().text() : text;
    }

    private static boolean hasInput(Node node) {
        return node.isScalar() && node.text().contains("$[[");
    }

    /** The replacing of inputs in one text. Inputs of inputs could stand for any length. */
    private static final class Interpolation {

        private int replaced;

        @Nullable
        String text(Placed value, int depth) {
            String text = value.node().text();
            if (depth == DEEPEST || text.length() > LONGEST) {
                return null;
            }
            StringBuilder result = new StringBuilder();
            Matcher input = INPUT.matcher(text);
            int copied = 0;
            while (input.find()) {
                Placed next = value.inputs().value(input.group(1));
                replaced++;
                String part = next == null || !next.node().isScalar() || replaced > MOST_REPLACED
                        ? null
                        : text(next, depth + 1);
                if (part == null || result.length() + part.length() > LONGEST) {
                    return null;
                }
                result.append(text, copied, input.start()).append(part);
                copied = input.end();
            }
            return result.append(text, copied, text.length()).toString();
        }
    }
}
