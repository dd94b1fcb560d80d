package io.imagegate.document.rule;

import io.imagegate.document.pattern.ScopeReader;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.rule.CelCondition;
import io.imagegate.rule.CelSyntaxException;
import io.imagegate.rule.Rule;
import java.util.Optional;
import java.util.function.Function;

/** Reads a CEL expression, alone or with one that makes its message. */
final class CelReader {

    private final CelExpressions expressions;
    private final ScopeReader scopes;
    private final ContentRules content;

    CelReader(CelExpressions expressions, ScopeReader scopes, ContentRules content) {
        this.expressions = expressions;
        this.scopes = scopes;
        this.content = content;
    }

    Optional<Rule> read(YamlNode node) {
        Optional<CelCondition> condition = node.isMapping()
                ? node.fields("expression", "messageExpression").flatMap(this::withMessage)
                : condition(node);
        condition.ifPresent(
                found -> found.notInImageReview().forEach(property -> scopes.notInImageReview(property, node)));
        condition.filter(CelCondition::looksAtContent).ifPresent(looking -> content.expression(node));
        return condition.map(found -> found);
    }

    private Optional<CelCondition> withMessage(Fields fields) {
        Optional<CelCondition> condition = fields.require("expression").flatMap(this::condition);
        Optional<YamlNode> message = fields.get("messageExpression");
        if (message.isEmpty()) {
            return condition;
        }
        // It is compiled even without a condition, so that all problems are found.
        return message.flatMap(node -> compile(
                        node,
                        text -> condition
                                .orElseGet(() -> expressions.provider().condition("true"))
                                .withMessage(text)))
                .filter(found -> condition.isPresent());
    }

    private Optional<CelCondition> condition(YamlNode node) {
        return compile(node, text -> expressions.provider().condition(text));
    }

    private static Optional<CelCondition> compile(YamlNode node, Function<String, CelCondition> compiler) {
        return node.text().flatMap(text -> {
            try {
                return Optional.of(compiler.apply(text));
            } catch (CelSyntaxException e) {
                e.faults().forEach(fault -> problem(node, text, fault));
            } catch (IllegalArgumentException e) {
                node.problem(String.valueOf(e.getMessage()));
            }
            return Optional.empty();
        });
    }

    private static void problem(YamlNode node, String text, CelSyntaxException.Fault fault) {
        if (node.hasPlaces()) {
            node.problem(text, fault.offset(), fault.sentence());
        } else {
            node.problem(fault.toString());
        }
    }
}
