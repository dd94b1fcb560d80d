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
import java.util.Set;
import java.util.stream.Stream;

/** Reads exceptions of a policy. */
public final class ExceptionReader {

    private static final String[] KEYS = Stream.of(
                    Stream.of("rules"), ScopeReader.INCLUDED.stream(), Stream.of("reason", "expires"))
            .flatMap(keys -> keys)
            .toArray(String[]::new);

    private final ScopeReader scopes;
    private final Set<String> rules;
    private final PolicyWarnings warnings;

    /** Makes a reader for a policy with rules of these names. */
    public ExceptionReader(ScopeReader scopes, Set<String> rules, PolicyWarnings warnings) {
        this.scopes = scopes;
        this.rules = rules;
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
        return names.flatMap(n -> reason.flatMap(r -> expires.map(e -> Exemption.of(n, r, e))))
                .flatMap(everywhere -> fields.owner().make(() -> everywhere.withScope(scope)));
    }

    private Optional<LocalDate> expiry(YamlNode node) {
        Optional<LocalDate> expires = Dates.date(node);
        expires.ifPresent(day -> warnings.ends(
                node, day, "the exception expired and allows nothing any more: remove it, or write a later date"));
        return expires;
    }

    private Optional<String> rule(YamlNode node) {
        return node.text().filter(name -> {
            if (!rules.contains(name)) {
                node.problem(
                        "there is no rule " + YamlNode.quote(name) + " in this policy",
                        Suggestion.oneOf(name, rules, "spec.rules"));
            }
            return rules.contains(name);
        });
    }

    static Optional<String> reason(YamlNode node) {
        return node.text().flatMap(text -> text.isBlank() ? node.wrong("a reason") : Optional.of(text));
    }
}
