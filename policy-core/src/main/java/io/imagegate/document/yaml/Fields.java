package io.imagegate.document.yaml;

import io.imagegate.text.Suggestion;
import io.imagegate.text.YamlMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Fields of a mapping. Unknown and duplicate keys are recorded as problems. */
public final class Fields {

    private final YamlNode owner;
    private final Map<String, YamlNode> values = new LinkedHashMap<>();
    private boolean unknownKey;

    private Fields(YamlNode owner) {
        this.owner = owner;
    }

    /** Reads a mapping with these keys. */
    static Fields of(YamlNode owner, MappingNode mapping, List<String> keys) {
        Fields fields = any(owner, mapping);
        mapping.getValue()
                .forEach(tuple -> key(tuple.getKeyNode())
                        .filter(key -> !keys.contains(key))
                        .ifPresent(key -> {
                            fields.unknownKey = true;
                            owner.problemAt(
                                    owner.at(tuple.getKeyNode()),
                                    "unknown key " + YamlNode.quote(key) + ", " + Suggestion.oneOf(key, keys));
                        }));
        return fields;
    }

    /** Reads a mapping with any keys. */
    static Fields any(YamlNode owner, MappingNode mapping) {
        Fields fields = new Fields(owner);
        mapping.getValue().forEach(fields::add);
        return fields;
    }

    private void add(NodeTuple tuple) {
        Optional<String> key = key(tuple.getKeyNode());
        Position at = owner.at(tuple.getKeyNode());
        if (key.isEmpty()) {
            unknownKey = true;
            owner.problemAt(at, keyProblem(tuple.getKeyNode()));
            return;
        }
        YamlNode value = owner.child(key.get(), tuple.getValueNode());
        YamlNode before = values.putIfAbsent(key.get(), value);
        if (before != null) {
            owner.problemAt(
                    at,
                    "duplicate key " + YamlNode.quote(key.get()) + ", already defined in line "
                            + before.at().line() + ", expected each key once");
        }
    }

    private static String keyProblem(Node key) {
        if (key instanceof MappingNode) {
            return YamlMessage.MAPPING_AS_KEY;
        }
        return key instanceof SequenceNode ? YamlMessage.LIST_AS_KEY : "a key that is not text, expected text";
    }

    private static Optional<String> key(Node key) {
        return key instanceof ScalarNode scalar && key.getTag().equals(Tag.STR)
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    public YamlNode owner() {
        return owner;
    }

    /** {@return whether a key is unknown or no text, and may stand for one that is missing} */
    public boolean hasUnknownKey() {
        return unknownKey;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public Optional<YamlNode> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** {@return the field, which is required} */
    public Optional<YamlNode> require(String key) {
        if (!has(key)) {
            owner.problem("missing key \"" + key + "\"");
        }
        return get(key);
    }

    public Map<String, YamlNode> all() {
        return values;
    }

    /** {@return the mapping to text in a field; empty without the field} */
    public Map<String, String> texts(String key) {
        return get(key).flatMap(YamlNode::anyFields).map(Fields::texts).orElse(Map.of());
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((key, value) -> value.text().ifPresent(text -> texts.put(key, text)));
        return texts;
    }

    /** Requires that the mapping is not empty. */
    public void requireAny(String... keys) {
        if (values.isEmpty()) {
            owner.problem("empty, expected at least one of " + String.join(", ", keys));
        }
    }
}
