package io.imagegate.document.rule;

import io.imagegate.document.signer.SignerSets;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.Rule;
import io.imagegate.rule.SignatureRule;
import io.imagegate.rule.ValueCondition;
import io.imagegate.rule.Vulnerabilities;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.Signer;
import io.imagegate.text.DurationText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads conditions on signatures and on attestations. */
public final class SignatureRuleReader {

    private static final int MOST = 16;

    private final SignerSets signers;
    private final VulnerabilitiesReader vulnerabilities;

    public SignatureRuleReader(SignerSets signers, PolicyWarnings warnings) {
        this.signers = signers;
        this.vulnerabilities = new VulnerabilitiesReader(signers, warnings);
    }

    Optional<Rule> signature(YamlNode node) {
        int before = node.problems().count();
        Optional<SignatureRule> rule =
                node.fields("by", "atLeast", "maxAge", "annotations").flatMap(this::signature);
        return node.problems().count() > before ? Optional.empty() : rule.map(made -> made);
    }

    private Optional<SignatureRule> signature(Fields fields) {
        Optional<SignatureRule> by = by(fields, SignatureRule::by);
        Optional<Integer> atLeast = fields.get("atLeast").flatMap(node -> node.integer(1, MOST));
        Optional<Duration> maxAge = maxAge(fields);
        Optional<Map<String, String>> annotations = fields.get("annotations").flatMap(ImageContentReader::globs);
        return by.flatMap(rule -> with(fields, "atLeast", rule, atLeast, rule::withAtLeast))
                .flatMap(rule -> with(fields, "maxAge", rule, maxAge, rule::withMaxAge))
                .flatMap(rule -> with(fields, "annotations", rule, annotations, rule::withAnnotations));
    }

    Optional<Rule> attestation(YamlNode node) {
        int before = node.problems().count();
        Optional<AttestationRule> rule =
                node.fields("type", "by", "maxAge", "where", "vulnerabilities").flatMap(this::attestation);
        return node.problems().count() > before ? Optional.empty() : rule.map(made -> made);
    }

    private Optional<AttestationRule> attestation(Fields fields) {
        Optional<AttestationType> type = fields.require("type").flatMap(node -> node.parse(AttestationType::parse));
        Optional<Signer[]> by = by(fields, signers -> signers);
        Optional<Duration> maxAge = maxAge(fields);
        Map<JsonPointer, ValueCondition> where =
                fields.get("where").map(WhereReader::read).orElse(Map.of());
        Optional<Vulnerabilities> denied = fields.get("vulnerabilities").flatMap(vulnerabilities::read);
        return type.flatMap(of -> by.flatMap(signers -> at(fields, "by", () -> AttestationRule.of(of, signers))))
                .flatMap(rule -> with(fields, "maxAge", rule, maxAge, rule::withMaxAge))
                .flatMap(rule -> with(fields, "vulnerabilities", rule, denied, rule::withVulnerabilities))
                .map(rule -> withWhere(rule, where));
    }

    private static AttestationRule withWhere(AttestationRule rule, Map<JsonPointer, ValueCondition> where) {
        AttestationRule more = rule;
        for (Map.Entry<JsonPointer, ValueCondition> entry : where.entrySet()) {
            more = more.withWhere(entry.getKey(), entry.getValue());
        }
        return more;
    }

    private <T> Optional<T> by(Fields fields, Function<Signer[], T> rule) {
        return fields.require("by")
                .flatMap(signers::list)
                .flatMap(list -> at(fields, "by", () -> rule.apply(list.toArray(Signer[]::new))));
    }

    private static Optional<Duration> maxAge(Fields fields) {
        return fields.get("maxAge").flatMap(node -> node.parseAmount(DurationText::parse));
    }

    /** {@return the rule with one condition more, if that is written} */
    private static <T, V> Optional<T> with(
            Fields fields, String key, T rule, Optional<V> value, Function<V, T> change) {
        return value.isEmpty() ? Optional.of(rule) : at(fields, key, () -> change.apply(value.get()));
    }

    /** Makes a rule. What the rule refuses is a problem of a field. */
    private static <T> Optional<T> at(Fields fields, String key, Supplier<T> maker) {
        return fields.require(key).flatMap(node -> node.make(maker));
    }
}
