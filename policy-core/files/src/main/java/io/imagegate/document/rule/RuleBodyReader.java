package io.imagegate.document.rule;

import io.imagegate.document.file.Source;
import io.imagegate.document.pattern.PatternList;
import io.imagegate.document.pattern.PatternSets;
import io.imagegate.document.pattern.ScopeReader;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the condition of a rule: exactly one of the kinds, some of which contain further conditions. */
final class RuleBodyReader {

    static final List<String> KINDS = List.of(
            "tag",
            "version",
            "digest",
            "image",
            "signature",
            "attestation",
            "allow",
            "deny",
            "any",
            "all",
            "not",
            "cel",
            "custom");

    private static final String[] KEYS =
            Stream.concat(KINDS.stream(), Stream.of("with", "match")).toArray(String[]::new);

    private final PatternSets sets;
    private final ScopeReader scopes;
    private final ImageContentReader content;
    private final SignatureRuleReader signatures;
    private final CelReader cel;
    private final CustomRules custom;

    RuleBodyReader(
            Source source,
            PatternSets sets,
            ScopeReader scopes,
            SignatureRuleReader signatures,
            CelReader cel,
            CustomRules custom) {
        this.sets = sets;
        this.scopes = scopes;
        this.content = new ImageContentReader(source);
        this.signatures = signatures;
        this.cel = cel;
        this.custom = custom;
    }

    /** Reads the condition of a rule with a scope. */
    Optional<Rule> read(Fields fields, Enclosing around) {
        return read(fields, around, false);
    }

    /** Reads a condition; inside of not, what is allowed is denied. */
    private Optional<Rule> read(Fields fields, Enclosing around, boolean negated) {
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (fields.has("with") && !fields.has("custom")) {
            fields.require("with")
                    .ifPresent(with ->
                            with.problem("parameters without a rule written in Java, expected custom with them"));
        }
        if (kinds.size() > 1 || (kinds.isEmpty() && !fields.hasUnknownKey())) {
            String found = kinds.isEmpty() ? "no condition" : "several conditions (" + String.join(", ", kinds) + ")";
            String hint = kinds.isEmpty() ? "" : "; write all: [{…}, {…}] if all of them must be satisfied";
            fields.owner().problem(found + ", expected exactly one of " + String.join(", ", KINDS) + hint);
        }
        List<Rule> rules = kinds.stream()
                .flatMap(kind ->
                        fields.get(kind).flatMap(node -> condition(kind, node, fields, around, negated)).stream())
                .toList();
        return kinds.size() == 1 ? rules.stream().findFirst() : Optional.empty();
    }

    private Optional<Rule> condition(String kind, YamlNode node, Fields fields, Enclosing around, boolean negated) {
        return switch (kind) {
            case "tag" -> TagReader.read(node, around.warnings());
            case "version" -> VersionReader.read(node);
            case "digest" -> DigestReader.read(node);
            case "image" -> content.read(node);
            case "signature" -> signatures.signature(node);
            case "attestation" -> signatures.attestation(node);
            case "allow" -> (negated ? denied(node, around) : allowed(node, around)).map(Rules::allow);
            case "deny" -> (negated ? sets.patterns(node) : denied(node, around)).map(Rules::deny);
            case "any" -> several(node, Rules::anyOf, around, negated);
            case "all" -> several(node, Rules::allOf, around, negated);
            case "not" -> one(node, around).map(Rules::not);
            case "cel" -> cel.read(node);
            default -> custom.create(node, fields.get("with"));
        };
    }

    private Optional<PatternSet> denied(YamlNode list, Enclosing around) {
        Optional<PatternList> patterns = sets.denied(list);
        patterns.ifPresent(around::requireDenied);
        return patterns.map(PatternList::all);
    }

    private Optional<PatternSet> allowed(YamlNode list, Enclosing around) {
        Optional<PatternList> patterns = sets.allowed(list);
        patterns.ifPresent(around::checkAllowed);
        return patterns.map(PatternList::all);
    }

    private Optional<Rule> several(
            YamlNode list, Function<Rule[], Rule> combinator, Enclosing around, boolean negated) {
        DeadParts dead = new DeadParts();
        Optional<List<Rule>> parts = list.list(item -> nested(item, around, negated, dead));
        dead.report(list.elements().size(), around.warnings());
        return parts.map(rules -> combinator.apply(rules.toArray(Rule[]::new)));
    }

    private Optional<Rule> one(YamlNode node, Enclosing around) {
        DeadParts dead = new DeadParts();
        Optional<Rule> part = nested(node, around, true, dead);
        dead.report(1, around.warnings());
        return part;
    }

    private Optional<Rule> nested(YamlNode node, Enclosing around, boolean negated, DeadParts dead) {
        return node.fields(KEYS).flatMap(fields -> nested(fields, around, negated, dead));
    }

    private Optional<Rule> nested(Fields fields, Enclosing around, boolean negated, DeadParts dead) {
        Optional<YamlNode> match = fields.get("match");
        if (match.isEmpty()) {
            return read(fields, around, negated);
        }
        Optional<Scope> scope = match.flatMap(scopes::read);
        Optional<String> never = scope.flatMap(around::unmatchableReason);
        never.ifPresent(why -> dead.add(match.get(), why));
        if (scope.isPresent() && never.isEmpty()) {
            match.flatMap(YamlNode::anyFields).ifPresent(around::checkEntries);
        }
        Optional<Rule> rule = read(fields, scope.map(around::within).orElse(around), negated);
        return rule.flatMap(r -> scope.map(s -> Rules.within(s, r)));
    }
}
