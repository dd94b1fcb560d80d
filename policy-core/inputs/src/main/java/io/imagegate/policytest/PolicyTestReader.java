package io.imagegate.policytest;

import io.imagegate.document.file.Source;
import io.imagegate.document.policy.Metadata;
import io.imagegate.document.yaml.Dates;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.workload.Workloads;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a policy test from a document of its kind. */
final class PolicyTestReader {

    private static final String[] CASE_KEYS = {
        "name", "image", "review", "manifest", "namespace", "date", "at", "facts", "expect"
    };

    private static final List<String> DECISIONS = List.of("allowed", "denied");

    /** A test before its policies are loaded. Only then are its cases read: policies say where images stand in objects. */
    record Written(String name, Optional<YamlNode> policy, Fields spec) {}

    private PolicyTestReader() {}

    static Optional<Written> read(Fields document) {
        Optional<Fields> metadata = document.require("metadata").flatMap(Metadata::fields);
        Optional<String> name = metadata.flatMap(fields -> Metadata.check(fields, "policy test"));
        Optional<Fields> spec = document.require("spec").flatMap(node -> node.fields("cases", "policy", "date", "at"));
        return spec.flatMap(fields -> name.map(n -> new Written(n, fields.get("policy"), fields)));
    }

    static List<PolicyTestCase> cases(Source source, Workloads workloads, Layouts layouts, Fields spec) {
        Optional<Instant> instant = instant(spec);
        Set<String> names = new HashSet<>();
        List<PolicyTestCase> cases = new ArrayList<>();
        spec.require("cases")
                .ifPresent(list -> list.items()
                        .forEach(item -> item.fields(CASE_KEYS)
                                .flatMap(fields -> testCase(source, workloads, layouts, fields, instant, names))
                                .ifPresent(cases::add)));
        return cases;
    }

    private static Optional<PolicyTestCase> testCase(
            Source source,
            Workloads workloads,
            Layouts layouts,
            Fields fields,
            Optional<Instant> instant,
            Set<String> names) {
        Optional<String> name = fields.require("name").flatMap(node -> name(node, names));
        Optional<CaseSubject> subject = CaseSubject.read(source, workloads, fields);
        Optional<Instant> own = instant(fields).or(() -> instant);
        Optional<CaseFacts> facts = subject.flatMap(of -> facts(source, fields, of, layouts));
        Optional<PolicyTestExpectation> expectation = fields.require("expect").flatMap(PolicyTestReader::expectation);
        if (fields.has("namespace") && !fields.has("image")) {
            fields.require("namespace")
                    .ifPresent(node -> node.problem("a namespace without an image, expected it in review"));
        }
        Position at = fields.owner().at();
        return name.flatMap(n -> subject.flatMap(
                s -> facts.flatMap(f -> expectation.map(e -> new PolicyTestCase(n, at, s, own, f, e)))));
    }

    private static Optional<CaseFacts> facts(Source source, Fields fields, CaseSubject subject, Layouts layouts) {
        return fields.has("facts")
                ? fields.get("facts").flatMap(node -> FactsReader.read(source, node, subject.images(), layouts))
                : Optional.of(CaseFacts.NONE);
    }

    /** {@return the instant, or the beginning of the date in UTC} */
    private static Optional<Instant> instant(Fields fields) {
        Optional<Instant> date = fields.get("date")
                .flatMap(Dates::date)
                .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
        Optional<Instant> at = fields.get("at").flatMap(Dates::instant);
        if (fields.has("date") && fields.has("at")) {
            fields.require("at").ifPresent(node -> node.problem("an instant beside a date, expected only one of them"));
        }
        return at.or(() -> date);
    }

    private static Optional<String> name(YamlNode node, Set<String> names) {
        return node.text().filter(name -> {
            boolean fresh = names.add(name);
            if (!fresh) {
                node.problem("case " + YamlNode.quote(name) + " is already defined, expected another name");
            }
            return fresh;
        });
    }

    private static Optional<PolicyTestExpectation> expectation(YamlNode node) {
        return node.fields("decision", "rules", "warnings", "reason").flatMap(PolicyTestReader::expectation);
    }

    private static Optional<PolicyTestExpectation> expectation(Fields fields) {
        Optional<String> decision = fields.require("decision").flatMap(node -> node.oneOf(DECISIONS));
        Optional<Set<String>> rules = fields.get("rules").flatMap(PolicyTestReader::names);
        Optional<Set<String>> warnings = fields.get("warnings").flatMap(PolicyTestReader::names);
        Optional<String> reason = fields.get("reason").flatMap(YamlNode::text);
        return decision.map(d -> new PolicyTestExpectation(d.equals("allowed"), rules, warnings, reason));
    }

    /** An empty list is valid: no rule is expected. */
    private static Optional<Set<String>> names(YamlNode list) {
        return list.isEmptyList()
                ? Optional.of(Set.of())
                : list.list(YamlNode::text).map(HashSet::new);
    }
}
