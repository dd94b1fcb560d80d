package io.imagegate.document.rule;

import io.imagegate.document.signer.SignerSets;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.rule.AttestationCondition;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.Rule;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.Signer;
import io.imagegate.text.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads conditions on signatures and on attestations. */
public final class SignatureRuleReader {

    private static final int MOST = 16;

    private final SignerSets signers;

    /** Readers of conditions on what an attestation says, by their keys. A new one is added here. */
    private final Map<String, Function<YamlNode, List<? extends AttestationCondition>>> conditions =
            new LinkedHashMap<>();

    public SignatureRuleReader(SignerSets signers, PolicyWarnings warnings) {
        this.signers = signers;
        conditions.put("where", WhereReader::read);
        conditions.put("license", LicensesReader::read);
        conditions.put("vulnerabilities", new VulnerabilitiesReader(signers, warnings)::read);
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
        Optional<AttestationRule> rule = node.fields(keys()).flatMap(this::attestation);
        return node.problems().count() > before ? Optional.empty() : rule.map(made -> made);
    }

    private String[] keys() {
        return Stream.concat(Stream.of("type", "by", "maxAge"), conditions.keySet().stream())
                .toArray(String[]::new);
    }

    private Optional<AttestationRule> attestation(Fields fields) {
        Optional<AttestationType> type = fields.require("type").flatMap(node -> node.parse(AttestationType::parse));
        Optional<Signer[]> by = by(fields, signers -> signers);
        Optional<Duration> maxAge = maxAge(fields);
        Map<String, List<? extends AttestationCondition>> read = new LinkedHashMap<>();
        conditions.forEach((key, reader) -> fields.get(key).ifPresent(node -> read.put(key, reader.apply(node))));
        Optional<AttestationRule> rule = type.flatMap(of ->
                        by.flatMap(signers -> at(fields, "by", () -> AttestationRule.of(of, signers))))
                .flatMap(made -> with(fields, "maxAge", made, maxAge, made::withMaxAge));
        for (Map.Entry<String, List<? extends AttestationCondition>> entry : read.entrySet()) {
            for (AttestationCondition condition : entry.getValue()) {
                rule = rule.flatMap(made -> at(fields, entry.getKey(), () -> made.with(condition)));
            }
        }
        return rule;
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
