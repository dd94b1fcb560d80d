package io.imagegate.document.policy;

import io.imagegate.admission.IgnoredKind;
import io.imagegate.document.file.Source;
import io.imagegate.document.pattern.MutationChecks;
import io.imagegate.document.pattern.MutationReader;
import io.imagegate.document.pattern.PatternSets;
import io.imagegate.document.pattern.ScopeReader;
import io.imagegate.document.pattern.SharedSets;
import io.imagegate.document.rule.BreakGlassReader;
import io.imagegate.document.rule.ContentRules;
import io.imagegate.document.rule.ExceptionReader;
import io.imagegate.document.rule.Reach;
import io.imagegate.document.rule.RuleReader;
import io.imagegate.document.rule.SignatureRuleReader;
import io.imagegate.document.signer.SignerSets;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.Mutation;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.UpdateScope;
import io.imagegate.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a policy from a document of its kind. */
final class PolicyReader {

    private static final List<String> LOCALES = List.of("en", "zh-CN");

    private final Source source;
    private final LanguageExtensions extensions;
    private final ContentRules content;
    private final PolicyWarnings warnings;
    private final MutationChecks mutation;
    private final SharedSets shared;
    private final WorkloadReader workloads;
    private final Reach reach;

    PolicyReader(
            Source source,
            LanguageExtensions extensions,
            ContentRules content,
            PolicyWarnings warnings,
            MutationChecks mutation,
            SharedSets shared,
            WorkloadReader workloads,
            Reach reach) {
        this.source = source;
        this.extensions = extensions;
        this.content = content;
        this.warnings = warnings;
        this.mutation = mutation;
        this.shared = shared;
        this.workloads = workloads;
        this.reach = reach;
    }

    Optional<Policy> read(Fields document) {
        int before = source.problems().count();
        Optional<Fields> metadata = document.require("metadata").flatMap(Metadata::fields);
        Optional<PolicyBuilder> builder = metadata.flatMap(Metadata::name).flatMap(node -> node.parse(Policy::builder));
        // The rest is read even without a name, so that all problems are found.
        PolicyBuilder target = builder.orElseGet(() -> Policy.builder("unnamed"));
        metadata.ifPresent(fields -> Metadata.read(fields, target));
        document.require("spec")
                .flatMap(spec -> spec.fields(
                        "rules",
                        "sets",
                        "trust",
                        "signers",
                        "exceptions",
                        "expiryWarning",
                        "breakGlass",
                        "onUpdate",
                        "ignoredKinds",
                        "workloads",
                        "locale",
                        "mutate"))
                .ifPresent(spec -> spec(spec, target));
        return source.problems().count() > before ? Optional.empty() : Optional.of(target.build());
    }

    private void spec(Fields spec, PolicyBuilder policy) {
        PatternSets sets = new PatternSets(source, mutation, shared, warnings);
        spec.get("sets").ifPresent(sets::define);
        SignerSets signers = new SignerSets(source, extensions.trust(), warnings);
        signers.define(spec);
        signers.all().forEach(policy::signer);
        ScopeReader scopes = new ScopeReader(sets, warnings);
        RuleReader rules = new RuleReader(
                source,
                sets,
                scopes,
                new SignatureRuleReader(signers, warnings),
                extensions.cel(),
                extensions.custom(),
                content,
                reach);
        spec.require("rules").ifPresent(list -> rules.read(list).forEach(policy::rule));
        ExceptionReader exceptions = new ExceptionReader(scopes, rules, reach, warnings);
        spec.get("exceptions")
                .ifPresent(list ->
                        list.items().forEach(item -> exceptions.exemption(item).ifPresent(policy::exempt)));
        spec.get("expiryWarning").ifPresent(node -> node.parseAmount(text -> policy.expiryWarning(days(text))));
        spec.get("breakGlass")
                .flatMap(new BreakGlassReader(scopes, warnings)::read)
                .ifPresent(policy::breakGlass);
        scopes.warnOfUnknown();
        spec.get("mutate").ifPresent(node -> {
            Optional<Mutation> read = new MutationReader(sets).read(node);
            mutation.set(node, read);
            read.ifPresent(policy::mutation);
        });
        spec.get("onUpdate").flatMap(node -> node.choice(UpdateScope.class)).ifPresent(policy::onUpdate);
        spec.get("ignoredKinds")
                .ifPresent(list ->
                        list.items().forEach(item -> item.parse(text -> policy.ignoreKind(IgnoredKind.check(text)))));
        spec.get("workloads").ifPresent(list -> workloads.read(list, policy));
        spec.get("locale")
                .flatMap(node -> node.oneOf(LOCALES))
                .map(Locale::forLanguageTag)
                .ifPresent(policy::locale);
    }

    private static Duration days(String text) {
        if (!text.endsWith("d")) {
            throw new IllegalArgumentException(YamlNode.quote(text) + ", expected days, such as 14d");
        }
        return DurationText.parse(text);
    }
}
