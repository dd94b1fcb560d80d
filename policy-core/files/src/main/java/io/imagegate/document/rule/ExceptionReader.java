package io.imagegate.document.rule;

import io.imagegate.document.pattern.ScopeReader;
import io.imagegate.document.yaml.Dates;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.Exemption;
import io.imagegate.rule.Scope;
import io.imagegate.text.Suggestion;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads exceptions of a policy. */
public final class ExceptionReader {

    private static final String[] KEYS = Stream.of(
                    Stream.of("rules"), ScopeReader.INCLUDED.stream(), Stream.of("reason", "expires"))
            .flatMap(keys -> keys)
            .toArray(String[]::new);

    private final ScopeReader scopes;
    private final RuleReader rules;
    private final Reach reach;
    private final PolicyWarnings warnings;

    /** Makes a reader for a policy whose rules were read. */
    public ExceptionReader(ScopeReader scopes, RuleReader rules, Reach reach, PolicyWarnings warnings) {
        this.scopes = scopes;
        this.rules = rules;
        this.reach = reach;
        this.warnings = warnings;
    }

    public Optional<Exemption> exemption(YamlNode node) {
        return node.fields(KEYS).flatMap(this::exemption);
    }

    private Optional<Exemption> exemption(Fields fields) {
        int before = fields.owner().problems().count();
        Optional<List<String>> names = fields.require("rules").flatMap(list -> list.list(this::rule));
        Scope scope = scopes.included(fields);
        Optional<String> reason = fields.require("reason").flatMap(ExceptionReader::reason);
        Optional<LocalDate> expires = fields.require("expires").flatMap(this::expiry);
        if (fields.owner().problems().count() > before) {
            return Optional.empty();
        }
        names.ifPresent(list -> requireReached(fields, list, scope));
        return names.flatMap(n -> reason.flatMap(r -> expires.map(e -> Exemption.of(n, r, e))))
                .flatMap(everywhere -> fields.owner().make(() -> everywhere.withScope(scope)));
    }

    /** Records that no image of the exception is in the match of its rules, or warns of rules and images for which that is so. */
    private void requireReached(Fields fields, List<String> names, Scope scope) {
        List<Optional<String>> apart = names.stream()
                .map(name -> reach.apart(rules.scope(name), scope))
                .toList();
        if (apart.stream().allMatch(Optional::isPresent)) {
            fields.owner()
                    .problem("never applies: no image is in it and in the match of its rules, because of "
                            + apart.get(0).orElseThrow() + ", expected some images of its rules");
            return;
        }
        List<YamlNode> items = fields.get("rules").map(YamlNode::elements).orElse(List.of());
        for (int i = 0; i < apart.size(); i++) {
            YamlNode item = items.get(i);
            apart.get(i)
                    .ifPresent(key -> warnings.mistake(
                            item,
                            "no image of the exception is in the match of the rule " + YamlNode.quote(item.written())
                                    + ", because of " + key
                                    + ", so this never applies: leave it out, or widen the exception"));
        }
        reach.checkEntries(
                fields,
                "the match of its rules",
                pattern -> names.stream().allMatch(name -> reach.excludes(rules.scope(name), pattern)),
                namespaces -> names.stream().allMatch(name -> reach.excludesNamespaces(rules.scope(name), namespaces)));
    }

    private Optional<LocalDate> expiry(YamlNode node) {
        Optional<LocalDate> expires = Dates.date(node);
        expires.ifPresent(day -> warnings.ends(
                node, day, "the exception expired and allows nothing any more: remove it, or write a later date"));
        return expires;
    }

    private Optional<String> rule(YamlNode node) {
        return node.text().filter(name -> {
            if (!rules.names().contains(name)) {
                node.problem(
                        "there is no rule " + YamlNode.quote(name) + " in this policy",
                        Suggestion.oneOf(name, rules.names(), "spec.rules"));
            }
            return rules.names().contains(name);
        });
    }

    static Optional<String> reason(YamlNode node) {
        return node.text().flatMap(text -> text.isBlank() ? node.wrong("a reason") : Optional.of(text));
    }
}
