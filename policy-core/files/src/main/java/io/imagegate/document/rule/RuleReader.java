package io.imagegate.document.rule;

import io.imagegate.document.file.Source;
import io.imagegate.document.pattern.PatternSets;
import io.imagegate.document.pattern.ScopeReader;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.document.yaml.YamlWriter;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Severity;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the rules of a policy, and keeps their names for exceptions. */
public final class RuleReader {

    private static final String[] KEYS = Stream.of(
                    Stream.of("name"),
                    RuleBodyReader.KINDS.stream(),
                    Stream.of("with", "match", "enforce", "denyFrom", "onUnavailable", "message"),
                    Stream.of("description", "severity", "link"))
            .flatMap(keys -> keys)
            .toArray(String[]::new);

    private final RuleBodyReader bodies;
    private final ScopeReader scopes;
    private final ContentRules content;
    private final Reach reach;
    private final Map<String, Scope> ruleScopes = new HashMap<>();
    private final Map<String, Position> names = new LinkedHashMap<>();

    public RuleReader(
            Source source,
            PatternSets sets,
            ScopeReader scopes,
            SignatureRuleReader signatures,
            CelExpressions cel,
            CustomRules custom,
            ContentRules content,
            Reach reach) {
        this.bodies = new RuleBodyReader(source, sets, scopes, signatures, new CelReader(cel, scopes, content), custom);
        this.scopes = scopes;
        this.content = content;
        this.reach = reach;
    }

    /** {@return the names of the rules, including those with other mistakes} */
    public Set<String> names() {
        return Collections.unmodifiableSet(names.keySet());
    }

    /** {@return the scope of a rule; everything, if it has a mistake} */
    Scope scope(String name) {
        return ruleScopes.getOrDefault(name, Scope.EVERYTHING);
    }

    public List<NamedRule> read(YamlNode list) {
        List<NamedRule> rules = new ArrayList<>();
        list.items()
                .forEach(item -> item.fields(KEYS)
                        .ifPresent(fields -> rule(fields).ifPresent(rule -> {
                            content.add(fields, rule);
                            rules.add(rule);
                        })));
        return rules;
    }

    private Optional<NamedRule> rule(Fields fields) {
        int before = fields.owner().problems().count();
        Optional<String> name = fields.require("name").flatMap(this::name);
        Scope scope = fields.get("match").flatMap(scopes::read).orElse(Scope.EVERYTHING);
        name.ifPresent(text -> ruleScopes.put(text, scope));
        Optional<Rule> rule = bodies.read(fields, Enclosing.of(scope, reach));
        // Everything else is read even without a name or a body, so that all problems are found.
        NamedRule plain = NamedRule.of(name.orElse("unnamed"), rule.orElseGet(Rules::tagRequired));
        NamedRule patient = EnforcementReader.read(fields, plain.withScope(scope), reach);
        NamedRule detailed = details(fields, patient);
        NamedRule named = fields.get("message")
                .flatMap(node -> node.parse(detailed::withMessage))
                .orElse(detailed);
        return fields.owner().problems().count() > before
                ? Optional.empty()
                : Optional.of(
                        conditionText(fields).map(named::withConditionText).orElse(named));
    }

    /** {@return the condition as it was written, without parameters of rules in Java: what they are is not known here} */
    private static Optional<String> conditionText(Fields fields) {
        return RuleBodyReader.KINDS.stream()
                .flatMap(kind -> fields
                        .get(kind)
                        .map(node -> kind + ": "
                                + YamlWriter.line(
                                        withoutParameters(node.value()),
                                        NamedRule.LONGEST_CONDITION - kind.length() - 2))
                        .stream())
                .findFirst();
    }

    private static Object withoutParameters(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(RuleReader::withoutParameters).toList();
        }
        if (!(value instanceof Map<?, ?> mapping)) {
            return value;
        }
        Map<Object, Object> kept = new LinkedHashMap<>();
        mapping.forEach((key, inside) -> kept.put(key, withoutParameters(inside)));
        if (kept.containsKey("custom")) {
            kept.remove("with");
        }
        return kept;
    }

    /** Reads what reports show. */
    private static NamedRule details(Fields fields, NamedRule rule) {
        NamedRule described = fields.get("description")
                .flatMap(node -> node.parse(rule::withDescription))
                .orElse(rule);
        NamedRule graded = fields.get("severity")
                .flatMap(node -> node.choice(Severity.class))
                .map(described::withSeverity)
                .orElse(described);
        return fields.get("link")
                .flatMap(node -> node.parse(text -> graded.withLink(link(text))))
                .orElse(graded);
    }

    private static URI link(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "link " + YamlNode.quote(text) + ": expected a URL that begins with https:// or http://", e);
        }
    }

    private Optional<String> name(YamlNode node) {
        Optional<String> name =
                node.parse(text -> NamedRule.of(text, Rules.tagRequired()).name()); // which checks the name
        name.ifPresent(text -> {
            Position before = names.putIfAbsent(text, node.at());
            if (before != null) {
                node.problem("rule " + YamlNode.quote(text) + " is already defined in line " + before.line()
                        + ", expected another name");
            }
        });
        return name;
    }
}
