package io.imagegate.input.gitlab;

import io.imagegate.input.gitlab.GitlabConfiguration.Placed;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a job of GitLab CI that have one value in the configuration: those of {@code variables}, but for those to which
 * rules or a matrix give others. Not thread-safe.
 */
final class GitlabVariables {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\$|%%|\\$\\[\\[.*?(?:]]|$)|\\$(\\w+)|\\$\\{(\\w+)}|%(\\w+)%", Pattern.DOTALL);
    private static final int DEEPEST = 10;
    /** No image is as long, before or after. */
    private static final int LONGEST = 4_096;

    private static final int MOST_VARIABLES = 1_000;

    private final GitlabConfiguration configuration;
    private final List<Placed> layers;
    private final boolean inherits;
    private final Set<String> open = new HashSet<>();

    private @Nullable String unknown;
    private int replaced;

    /** An image with its variables replaced, and the first of these that has no value; null if each has one. */
    record Expanded(String text, @Nullable String unknown) {}

    /** Makes the variables of a job by what it is made of; of no job, those of all. */
    GitlabVariables(GitlabConfiguration configuration, List<Placed> layers) {
        this.configuration = configuration;
        this.layers = layers;
        Placed inherit = configuration.value(layers, "inherit");
        Placed variables = inherit == null ? null : inherit.field("variables");
        this.inherits = variables == null || variables.node().text().equals("true");
        for (Placed layer : layers) {
            addRules(layer.field("rules"), 0);
            Placed parallel = configuration.resolved(layer.field("parallel"));
            Placed matrix = parallel == null ? null : configuration.resolved(parallel.field("matrix"));
            if (matrix != null) {
                matrix.node().elements().forEach(this::addNames);
            }
        }
    }

    /** {@return the names of variables to which rules of the whole pipeline give values} */
    static Set<String> ofWorkflow(GitlabConfiguration configuration) {
        GitlabVariables all = new GitlabVariables(configuration, List.of());
        configuration.entries("workflow").forEach(workflow -> all.addRules(workflow.field("rules"), 0));
        return all.open;
    }

    /** Rules may be references to other rules. */
    private void addRules(@Nullable Placed value, int depth) {
        Placed rules = configuration.resolved(value);
        if (rules == null
                || depth == DEEPEST
                || !configuration.names.take(rules.node().elements().size())) {
            return;
        }
        for (Node rule : rules.node().elements()) {
            addRules(rules.at(rule), depth + 1);
        }
        Placed variables = configuration.resolved(rules.field("variables"));
        if (variables != null) {
            addNames(variables.node());
        }
    }

    private void addNames(Node object) {
        if (configuration.names.take(object.fields().size())) {
            object.fields().forEach(field -> open.add(field.name().text()));
        }
    }

    /** {@return a text with its inputs and variables replaced} */
    Expanded expand(Placed value) {
        String text = GitlabInputs.text(value);
        unknown = text.length() > LONGEST ? text : null;
        replaced = 0;
        String expanded = expand(text, 0);
        return new Expanded(unknown == null ? expanded : text, unknown);
    }

    private String expand(String text, int depth) {
        Matcher variable = VARIABLE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        int copied = 0;
        while (unknown == null && variable.find()) {
            expanded.append(text, copied, variable.start()).append(value(variable, depth));
            copied = variable.end();
            replaced++;
            if (expanded.length() > LONGEST
                    || replaced > MOST_VARIABLES
                    || !configuration.lookups.take(1 + layers.size())) {
                unknown = variable.group();
            }
        }
        return expanded.append(text, copied, text.length()).toString();
    }

    private String value(Matcher variable, int depth) {
        String name = name(variable);
        if (name == null && !variable.group().startsWith("$[[")) {
            return variable.group().substring(1);
        }
        Placed value = name == null || isOpen(name) || depth == DEEPEST ? null : value(name);
        Placed written = value == null || !value.node().isObject() ? value : value.field("value");
        if (value == null
                || written == null
                || !written.node().isScalar()
                || written.node().type() == ValueType.NULL
                || !written.node().tag().isEmpty()) {
            unknown = variable.group();
            return "";
        }
        String text = GitlabInputs.text(written);
        Placed raw = value.field("expand");
        return raw != null && raw.node().text().equals("false") ? text : expand(text, depth + 1);
    }

    private boolean isOpen(String name) {
        return open.contains(name) || configuration.workflowVariables().contains(name);
    }

    private static @Nullable String name(Matcher variable) {
        for (int i = 1; i <= variable.groupCount(); i++) {
            if (variable.group(i) != null) {
                return variable.group(i);
            }
        }
        return null;
    }

    private @Nullable Placed value(String name) {
        for (Placed layer : layers) {
            Placed value = variable(layer.field("variables"), name);
            if (value != null) {
                return value;
            }
        }
        return inherits ? configuration.variable(name) : null;
    }

    private @Nullable Placed variable(@Nullable Placed variables, String name) {
        Placed object = configuration.resolved(variables);
        Node value = object == null ? null : object.node().field(name);
        return object == null || value == null ? null : object.at(value);
    }
}
