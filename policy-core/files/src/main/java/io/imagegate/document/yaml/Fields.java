package io.imagegate.document.yaml;

import io.imagegate.syntax.Node;
import io.imagegate.syntax.Node.Field;
import io.imagegate.text.Suggestion;
import io.imagegate.yaml.YamlMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields of a mapping. Unknown and duplicate keys are recorded as problems. */
public final class Fields {

    private final YamlNode owner;
    private final Map<String, YamlNode> values = new LinkedHashMap<>();
    private boolean unknownKey;

    private Fields(YamlNode owner) {
        this.owner = owner;
    }

    /** Reads a mapping with these keys. */
    static Fields of(YamlNode owner, List<String> keys) {
        Fields fields = any(owner);
        for (Field field : owner.node().fields()) {
            String key = field.name().text();
            if (field.name().isText() && !keys.contains(key)) {
                fields.unknownKey = true;
                owner.problemAt(
                        owner.at(field.name()), "unknown key " + YamlNode.quote(key), Suggestion.oneOf(key, keys));
            }
        }
        return fields;
    }

    /** Reads a mapping with any keys. */
    static Fields any(YamlNode owner) {
        Fields fields = new Fields(owner);
        owner.node().fields().forEach(fields::add);
        return fields;
    }

    private void add(Field field) {
        Position at = owner.at(field.name());
        if (!field.name().isText()) {
            unknownKey = true;
            owner.problemAt(at, keyProblem(field.name()));
            return;
        }
        String key = field.name().text();
        YamlNode before = values.putIfAbsent(key, owner.child(key, field.value()));
        if (before != null) {
            owner.problemAt(
                    at,
                    "duplicate key " + YamlNode.quote(key) + ", already defined in line "
                            + before.at().line() + ", expected each key once");
        }
    }

    private static String keyProblem(Node key) {
        return switch (key.type()) {
            case OBJECT -> YamlMessage.MAPPING_AS_KEY;
            case ARRAY -> YamlMessage.LIST_AS_KEY;
            default -> "a key that is not text, expected text";
        };
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
