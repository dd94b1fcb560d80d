package io.imagegate.document.yaml;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The syntax of predicates: JSON in which each name comes once. A test with what only YAML allows would pass although the rule
 * is undecidable for such an attestation.
 */
final class PredicateSyntax {

    private static final Pattern PLAIN =
            Pattern.compile("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /** Longest name that the verification of signatures reads. */
    private static final int LONGEST_NAME = 1000;

    private PredicateSyntax() {}

    /** Records what is wrong with a value that was read as YAML. */
    static void check(YamlNode value) {
        Node node = value.node();
        if (!isJson(node)) {
            value.problem("not JSON, expected braces, brackets, numbers, true, false, null and text in double quotes");
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(field -> checkName(value, field));
            value.anyFields().ifPresent(fields -> fields.all().values().forEach(PredicateSyntax::check));
        } else if (value.isList() && !value.isEmptyList()) {
            value.items().forEach(PredicateSyntax::check);
        }
    }

    private static boolean isJson(Node node) {
        if (node.getAnchor().isPresent()) {
            return false;
        }
        if (node instanceof ScalarNode scalar) {
            return scalar.getScalarStyle() == ScalarStyle.PLAIN
                    ? PLAIN.matcher(scalar.getValue()).matches()
                    : scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
        }
        return node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.FLOW;
    }

    private static void checkName(YamlNode owner, NodeTuple field) {
        Node name = field.getKeyNode();
        boolean quoted = name instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
        if (!quoted) {
            owner.problemAt(owner.at(name), "not JSON, expected a name in double quotes");
        } else if (((ScalarNode) name).getValue().length() > LONGEST_NAME) {
            owner.problemAt(owner.at(name), "a name is longer than " + LONGEST_NAME + " characters");
        }
    }
}
