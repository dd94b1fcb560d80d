package io.imagegate.document.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Converts the parameters of a rule written in Java to plain Java values. */
public final class Parameters {

    private static final String VALUES = "text, a number, true, false, a list or a mapping";

    private Parameters() {}

    public static Optional<Map<String, Object>> read(YamlNode node) {
        return node.anyFields().flatMap(Parameters::map);
    }

    private static Optional<Map<String, Object>> map(Fields fields) {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.all().forEach((key, value) -> value(value).ifPresent(v -> values.put(key, v)));
        return values.size() < fields.all().size()
                ? Optional.empty()
                : Optional.of(Collections.unmodifiableMap(values));
    }

    private static Optional<Object> value(YamlNode node) {
        if (node.node() instanceof MappingNode) {
            return read(node).map(map -> map);
        }
        if (node.node() instanceof SequenceNode list) {
            return list.getValue().isEmpty()
                    ? Optional.of(List.of())
                    : node.list(Parameters::value).map(List::copyOf);
        }
        return node.node() instanceof ScalarNode scalar ? scalar(node, scalar.getValue()) : node.wrong(VALUES);
    }

    private static Optional<Object> scalar(YamlNode node, String text) {
        if (node.is(Tag.INT)) {
            return number(node, text);
        }
        if (node.is(Tag.FLOAT)) {
            return decimal(node, text);
        }
        if (node.is(Tag.BOOL)) {
            return node.flag().map(flag -> flag);
        }
        return node.is(Tag.STR) ? Optional.of(text) : node.wrong(VALUES);
    }

    private static Optional<Object> number(YamlNode node, String text) {
        try {
            boolean prefixed = text.startsWith("0x") || text.startsWith("0o");
            int radix = text.startsWith("0x") ? 16 : 8;
            return Optional.of(prefixed ? Long.parseLong(text.substring(2), radix) : Long.parseLong(text));
        } catch (NumberFormatException e) {
            return node.wrong("a number of at most 64 bits");
        }
    }

    private static Optional<Object> decimal(YamlNode node, String text) {
        double value = text.contains(".inf") || text.contains(".nan") ? Double.NaN : parse(text);
        return Double.isFinite(value) ? Optional.of(value) : node.wrong("a finite number");
    }

    private static double parse(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
