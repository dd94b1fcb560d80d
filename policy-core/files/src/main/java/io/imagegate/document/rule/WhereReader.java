package io.imagegate.document.rule;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.rule.ValueCondition;
import io.imagegate.rule.Where;
import io.imagegate.text.DurationText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads conditions on values of a predicate, by the pointers to them. */
final class WhereReader {

    private static final int MOST = 64;
    private static final String EXPECTED = "expected one of atLeast and atMost, maxAge, has";

    private WhereReader() {}

    /** {@return the conditions that could be read, in the order in which they are written} */
    static List<Where> read(YamlNode node) {
        List<Where> conditions = new ArrayList<>();
        Optional<Fields> fields = node.anyFields();
        fields.ifPresent(all -> all.all()
                .forEach((key, value) -> value.parse(key, JsonPointer::new)
                        .ifPresent(pointer -> condition(value)
                                .ifPresent(condition -> conditions.add(new Where(pointer, condition))))));
        int size = fields.map(all -> all.all().size()).orElse(1);
        if (size == 0 || size > MOST) {
            node.problem(
                    size + " conditions, expected 1 to " + MOST + " pointers with a condition on the value of each");
        }
        return conditions;
    }

    private static Optional<ValueCondition> condition(YamlNode node) {
        if (node.isMapping()) {
            return node.fields("atLeast", "atMost", "maxAge", "has").flatMap(WhereReader::condition);
        }
        return node.isList()
                ? node.list(YamlNode::textOrNumber)
                        .flatMap(globs -> node.make(() -> ValueCondition.matches(globs.toArray(String[]::new))))
                : node.textOrNumber().flatMap(glob -> node.make(() -> ValueCondition.matches(glob)));
    }

    private static Optional<ValueCondition> condition(Fields fields) {
        boolean range = fields.has("atLeast") || fields.has("atMost");
        int kinds = (range ? 1 : 0) + (fields.has("maxAge") ? 1 : 0) + (fields.has("has") ? 1 : 0);
        if (kinds == 0 && fields.hasUnknownKey()) {
            return Optional.empty();
        }
        if (kinds != 1) {
            fields.owner().problem((kinds == 0 ? "no condition, " : "several conditions, ") + EXPECTED);
            return Optional.empty();
        }
        return range ? range(fields) : other(fields);
    }

    private static Optional<ValueCondition> range(Fields fields) {
        int before = fields.owner().problems().count();
        Optional<BigDecimal> atLeast = fields.get("atLeast").flatMap(WhereReader::number);
        Optional<BigDecimal> atMost = fields.get("atMost").flatMap(WhereReader::number);
        return fields.owner().problems().count() > before
                ? Optional.empty()
                : fields.owner().make(() -> ValueCondition.between(atLeast, atMost));
    }

    private static Optional<ValueCondition> other(Fields fields) {
        return fields.has("maxAge")
                ? fields.get("maxAge")
                        .flatMap(node -> node.parseAmount(text -> ValueCondition.maxAge(DurationText.parse(text))))
                : fields.get("has")
                        .flatMap(node -> node.textOrNumber().flatMap(text -> node.parse(text, ValueCondition::has)));
    }

    private static Optional<BigDecimal> number(YamlNode node) {
        try {
            return node.isNumber() ? node.textOrNumber().map(BigDecimal::new) : node.wrong("a number");
        } catch (NumberFormatException e) {
            return node.wrong("a decimal number");
        }
    }
}
