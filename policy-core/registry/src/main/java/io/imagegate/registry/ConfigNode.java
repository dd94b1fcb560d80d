package io.imagegate.registry;

import io.imagegate.document.DocumentProblem;
import io.imagegate.registry.content.Failure;
import io.imagegate.text.Suggestion;
import io.imagegate.syntax.YamlMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in a file, which knows its position. Reading it as something that it is not records a problem and gives nothing.
 *
 * @param file the file, for problems
 * @param path the keys that lead here
 * @param node the value
 * @param problems where problems are recorded
 */
record ConfigNode(String file, String path, Node node, List<DocumentProblem> problems) {

    void problem(String message) {
        problemAt(node, message);
    }

    private void problemAt(Node at, String message) {
        Optional<Mark> mark = at.getStartMark();
        String key = path.substring(path.lastIndexOf('.') + 1) + ": ";
        String text = message.startsWith(key) ? message.substring(key.length()) : message;
        problems.add(new DocumentProblem(
                file,
                mark.map(m -> m.getLine() + 1).orElse(1),
                mark.map(m -> m.getColumn() + 1).orElse(1),
                path.isEmpty() ? text : path + ": " + text));
    }

    /** {@return the fields of a mapping, whose keys are among these and come once} */
    Map<String, ConfigNode> fields(String... keys) {
        Map<String, ConfigNode> fields = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem("expected a mapping with keys such as " + keys[0]);
            return fields;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problemAt(
                        tuple.getKeyNode(),
                        tuple.getKeyNode() instanceof MappingNode
                                ? YamlMessage.MAPPING_AS_KEY
                                : YamlMessage.LIST_AS_KEY);
                continue;
            }
            String key = scalar.getValue();
            if (!List.of(keys).contains(key)) {
                problemAt(
                        tuple.getKeyNode(),
                        "unknown key " + Failure.shown(key) + ", " + Suggestion.oneOf(key, List.of(keys)));
            } else if (fields.put(key, child(key, tuple.getValueNode())) != null) {
                problemAt(tuple.getKeyNode(), "duplicate key " + key + ", expected each key once");
            }
        }
        return fields;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    private ConfigNode child(String key, Node value) {
        return new ConfigNode(file, path.isEmpty() ? key : path + "." + key, value, problems);
    }

    List<ConfigNode> items() {
        List<ConfigNode> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
            sequence.getValue()
                    .forEach(item -> items.add(new ConfigNode(file, path + "[" + items.size() + "]", item, problems)));
        } else {
            problem("expected a list with at least one element");
        }
        return items;
    }

    Optional<String> text() {
        return scalar(Tag.STR, "text");
    }

    /** {@return a text or number as it is written} */
    Optional<String> plain() {
        boolean number = node instanceof ScalarNode && node.getTag().equals(Tag.INT);
        return number ? scalar(Tag.INT, "a number") : text();
    }

    boolean isTrue() {
        return scalar(Tag.BOOL, "true or false")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
    }

    private Optional<String> scalar(Tag tag, String expected) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(tag)) {
            return Optional.of(scalar.getValue());
        }
        problem("expected " + expected);
        return Optional.empty();
    }

    List<String> texts() {
        return items().stream().flatMap(item -> item.text().stream()).toList();
    }

    /** {@return what a reader makes of a text or number; what it throws is a problem here} */
    <T> Optional<T> parse(Function<String, T> reader) {
        return plain().flatMap(text -> attempt(() -> reader.apply(text)));
    }

    <T> Optional<T> attempt(Supplier<T> action) {
        try {
            return Optional.of(action.get());
        } catch (IllegalArgumentException e) {
            problem(YamlMessage.oneLine(e.getMessage()));
            return Optional.empty();
        }
    }
}
