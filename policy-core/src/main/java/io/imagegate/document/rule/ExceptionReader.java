package io.imagegate.document.rule;

import io.imagegate.document.pattern.Globs;
import io.imagegate.document.pattern.PatternSets;
import io.imagegate.document.yaml.Dates;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.Exemption;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Scope;
import io.imagegate.text.Suggestion;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads exceptions of a policy. */
public final class ExceptionReader {

    private final PatternSets sets;
    private final Set<String> rules;
    private final PolicyWarnings warnings;

    /** Makes a reader for a policy with rules of these names. */
    public ExceptionReader(PatternSets sets, Set<String> rules, PolicyWarnings warnings) {
        this.sets = sets;
        this.rules = rules;
        this.warnings = warnings;
    }

    public Optional<Exemption> exemption(YamlNode node) {
        return node.fields("rules", "images", "namespaces", "reason", "expires").flatMap(this::exemption);
    }

    private Optional<Exemption> exemption(Fields fields) {
        int before = fields.owner().problems().count();
        Optional<List<String>> names = fields.require("rules").flatMap(list -> list.list(this::rule));
        Optional<PatternSet> images = fields.get("images").flatMap(sets::patterns);
        Optional<GlobSet> namespaces = fields.get("namespaces").flatMap(Globs::namespaces);
        Optional<String> reason = fields.require("reason").flatMap(ExceptionReader::reason);
        Optional<LocalDate> expires = fields.require("expires").flatMap(this::expiry);
        if (fields.owner().problems().count() > before) {
            return Optional.empty();
        }
        return names.flatMap(n -> reason.flatMap(r -> expires.map(e -> Exemption.of(n, r, e))))
                .map(all -> all.withScope(scope(images, namespaces)));
    }

    private static Scope scope(Optional<PatternSet> images, Optional<GlobSet> namespaces) {
        Scope only = images.map(Scope::ofImages).orElse(Scope.EVERYTHING);
        return namespaces.map(only::withNamespaces).orElse(only);
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
                node.problem("there is no rule " + YamlNode.quote(name) + " in this policy, "
                        + Suggestion.oneOf(name, rules, "spec.rules"));
            }
            return rules.contains(name);
        });
    }

    static Optional<String> reason(YamlNode node) {
        return node.text().flatMap(text -> text.isBlank() ? node.wrong("a reason") : Optional.of(text));
    }
}
