package io.imagegate.document.yaml;

import io.imagegate.syntax.ValueType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        if (node.node().type() == ValueType.OBJECT) {
            return read(node).map(map -> map);
        }
        if (node.isList()) {
            return node.isEmptyList()
                    ? Optional.of(List.of())
                    : node.list(Parameters::value).map(List::copyOf);
        }
        if (node.isNumber()) {
            return node.textOrNumber().flatMap(text -> isWhole(text) ? number(node, text) : decimal(node, text));
        }
        if (node.isFlag()) {
            return node.flag().map(flag -> flag);
        }
        return node.isText() ? node.text().map(text -> text) : node.wrong(VALUES);
    }

    private static boolean isWhole(String number) {
        return number.startsWith("0x") || number.chars().noneMatch(c -> ".eE".indexOf(c) >= 0);
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
