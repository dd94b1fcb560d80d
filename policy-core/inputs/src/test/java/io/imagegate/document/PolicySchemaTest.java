package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.policy.Builtin;
import io.imagegate.policytest.AnyDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema says what the reader does, apart from what it cannot. {@link MistakesTest} puts its mistakes to both, too. */
class PolicySchemaTest {

    private static final List<Object> REPLACEMENTS = List.of(
            "x",
            "",
            " ",
            "A",
            "$trusted",
            "$x",
            "a**",
            "*",
            "1.2",
            "2027-13-01",
            "all",
            "warn",
            "en",
            "180d",
            "14d",
            "2Gi",
            "linux/amd64",
            "2026-11-25T12:00:00Z",
            "{tag}",
            "{taq}",
            7,
            true,
            false,
            List.of(),
            List.of("x"),
            List.of("x", 7),
            List.of(Map.of()),
            Map.of(),
            Map.of("x", "y"),
            Map.of("required", true),
            Map.of("default", "deny"),
            Map.of("warn", List.of("x")),
            Map.of("maxAge", "180d"),
            Map.of("unavailable", true),
            Map.of("tag", Map.of("required", false)),
            List.of(Map.of("deny", List.of("x"))));

    private static final List<String> KEYS = List.of(
            "tag",
            "digest",
            "allow",
            "deny",
            "any",
            "all",
            "not",
            "cel",
            "custom",
            "facts",
            "at",
            "date",
            "unavailable",
            "with",
            "match",
            "name",
            "namespace",
            "namespaces",
            "image",
            "review",
            "required",
            "x");

    static Stream<String> good() {
        return Stream.of(
                        Stream.of("good/production.yaml", "good/production-test.yaml")
                                .map(PolicySamples::text),
                        Stream.of(Builtin.values()).map(Builtin::policy),
                        Stream.of(Builtin.values()).filter(b -> !b.isTemplate()).map(Builtin::test),
                        Stream.of("builtin/signed-test.yaml").map(PolicySamples::text))
                .flatMap(texts -> texts);
    }

    @ParameterizedTest
    @MethodSource("good")
    void acceptsWhatTheReaderAccepts(String text) {
        assertThat(PolicySchema.accepts(text)).isTrue();
    }

    @Test
    void refusesWhatTheReaderRefuses() {
        assertThat(PolicySchema.accepts(PolicySamples.text("bad/eight-mistakes.yaml")))
                .isFalse();
        assertThat(PolicySchema.accepts("a: b")).isFalse();
    }

    @Property(tries = 1_000)
    void agreesWithTheReaderOnAPolicyThatWasChangedSomewhere(
            @ForAll @IntRange(max = 200) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement(
                PolicySamples.text("good/production.yaml").replace("{file: partners.txt}", "[nginx]"), place, change);
    }

    @Property(tries = 1_000)
    void agreesWithTheReaderOnATestThatWasChangedSomewhere(
            @ForAll @IntRange(max = 100) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement(
                PolicySamples.text("good/production-test.yaml").replace("  policy: production.yaml\n", ""),
                place,
                change);
    }

    @Property(tries = 1_000)
    void agreesWithTheReaderOnConditionsOnContent(
            @ForAll @IntRange(max = 60) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement(PolicySamples.rule("""
                image:
                  maxAge: 180d
                  platforms: [linux/amd64, linux/arm/v7]
                  maxSize: 2Gi
                  labels: {team: "pay*", version: 1.20}
                  annotations: {team: payments}
                  exists: true
                onUnavailable: warn
                """), place, change);
    }

    /** Signers would need files, and a reference to a signer that was not read is no mistake of the reference. */
    @Property(tries = 1_000)
    void agreesWithTheReaderOnConditionsOnSignatures(
            @ForAll @IntRange(max = 80) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement(PolicySamples.policy("""
                trust:
                  public: {file: root.json, require: {log: 0, timestamp: 1, sct: 0}, confirmed: 2026-11-01}
                signers:
                  ci:
                    keyless:
                      trust: public
                      issuer: https://issuer.example
                      identity: "https://github.com/acme/*"
                      certificate: {sourceRepository: "https://github.com/acme/*", trigger: push}
                rules:
                  - name: signed
                    signature: {by: [$ci], atLeast: 1, maxAge: 7d, annotations: {team: payments}}
                  - name: attested
                    attestation:
                      type: slsaprovenance1
                      by: [$ci]
                      maxAge: 7d
                      where:
                        /a: ["x", "{repository}:*"]
                        /b: {atLeast: 1, atMost: 7}
                        /c: {maxAge: 7d}
                        /d: {has: x}
                  - name: scanned
                    attestation: {type: vuln, by: [$ci], vulnerabilities: {deny: [high], ignore: [{id: a, until: 2027-01-31}], vex: [$ci]}}
                """), place, change);
    }

    @Property(tries = 1_000)
    void agreesWithTheReaderOnScopes(
            @ForAll @IntRange(max = 140) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement(PolicySamples.policy("""
                rules:
                  - name: r
                    deny: [nginx]
                    match:
                      kinds: [Pod, "*.apps"]
                      names: ["web-*"]
                      labels: {tier: [frontend, "back*"]}
                      annotations: {example.com/a: b c}
                      operations: [CREATE]
                      users: ["system:serviceaccount:ci:*"]
                      groups: [sre]
                      containers: {types: [init], names: ["*-proxy"]}
                      exceptKinds: [Job.batch]
                      exceptNames: [web-1]
                      exceptLabels: {tier: backup}
                      exceptAnnotations: {example.com/b: [c, "d*"]}
                      exceptOperations: [UPDATE]
                      exceptUsers: [alice]
                      exceptGroups: [developers]
                      exceptContainers: {types: [volume], names: [a]}
                exceptions:
                  - {rules: [r], users: ["system:serviceaccount:ci:a"], kinds: [Pod], labels: {a: b}, containers: {names: [a-proxy]}, reason: x, expires: 2027-01-31}
                """), place, change);
    }

    @Property(tries = 1_000)
    void agreesWithTheReaderOnReviews(
            @ForAll @IntRange(max = 40) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement("""
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: t}
                spec:
                  cases:
                    - name: a
                      review:
                        kind: Deployment.apps
                        name: web
                        labels: {a: b}
                        annotations: {c: d}
                        operation: CREATE
                        user: alice
                        groups: [sre]
                        images: [nginx, {image: redis, type: init, name: migrate}]
                      expect: {decision: allowed}
                """, place, change);
    }

    @Property(tries = 1_000)
    void agreesWithTheReaderOnMutations(
            @ForAll @IntRange(max = 40) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement(PolicySamples.policy("""
                rules: [{name: r, tag: {required: true}}]
                mutate:
                  kinds: [Pod, Job.batch]
                  rewrite: [{from: "docker.io/**", to: "m.io/hub/**"}]
                  pin: ["m.io/**"]
                  onUnavailable: warn
                """), place, change);
    }

    @Property(tries = 1_000)
    void agreesWithTheReaderOnEnforcement(
            @ForAll @IntRange(max = 50) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement(PolicySamples.policy("""
                expiryWarning: 14d
                rules:
                  - name: a
                    enforce: {default: warn, audit: ["dev-*"], deny: [prod]}
                    denyFrom: 2027-03-01
                    tag: {required: true}
                  - name: b
                    enforce: audit
                    denyFrom: 2027-03-01
                    allow: ["r.io/{namespace}/**"]
                  - name: c
                    enforce: {warn: [dev]}
                    onUnavailable: audit
                    deny: [nginx]
                exceptions: [{rules: [a], reason: x, expires: 2027-01-31}]
                """), place, change);
    }

    @Property(tries = 1_000)
    void agreesWithTheReaderOnWorkloads(
            @ForAll @IntRange(max = 40) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement(PolicySamples.policy("""
                workloads:
                  - {kind: Widget.example.com, podSpec: spec.template.spec, images: ["spec.steps[*].image"]}
                  - {kind: Farm.example.com, podSpec: [spec.head.spec, "spec.parts[*].spec"]}
                  - {kind: Chart.example.com, helmValues: spec.values}
                ignoredKinds: ["*.example.org"]
                mutate: {kinds: [Pod, Widget.example.com, Task.tekton.dev], rewrite: [{from: quay.io/a/*, to: m.io/a/*}]}
                rules: [{name: a, tag: {required: true}}]
                """), place, change);
    }

    @Property(tries = 500)
    void agreesWithTheReaderOnImageSets(
            @ForAll @IntRange(max = 15) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement("""
                apiVersion: imagegate.io/v1alpha1
                kind: ImageSets
                metadata: {name: company, labels: {team: payments}}
                spec:
                  sets:
                    trusted: [nginx, "ghcr.io/acme/**"]
                    other: [redis]
                """, place, change);
    }

    @Property(tries = 1_000)
    void agreesWithTheReaderOnFacts(
            @ForAll @IntRange(max = 60) int place, @ForAll("changes") UnaryOperator<Object> change) {
        assertAgreement("""
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: t}
                spec:
                  at: 2026-11-25T12:00:00Z
                  cases:
                    - name: a
                      image: nginx
                      at: 2026-11-25T12:00:00.5Z
                      facts:
                        nginx:
                          digest: "sha256:%s"
                          created: 2026-11-01T00:00:00Z
                          platforms: [linux/amd64]
                          size: 500Mi
                          labels: {team: payments}
                          annotations: {team: payments}
                          signedBy: [ci, {by: release, at: 2026-11-20T00:00:00Z, annotations: {team: payments}}]
                          attestations: [{type: vuln, by: [ci], at: 2026-11-20T00:00:00Z}]
                      expect: {decision: allowed}
                    - name: b
                      image: redis
                      facts: {redis: {unavailable: true}}
                      expect: {decision: denied}
                """.formatted("a".repeat(64)), place, change);
    }

    private static void assertAgreement(String yaml, int place, UnaryOperator<Object> change) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        String changed = PolicySchema.json(new Change(place, change).apply(document));
        List<String> problems = AnyDocument.messages(changed);
        boolean accepted = PolicySchema.accepts(changed);
        if (problems.isEmpty()) {
            assertThat(accepted).as(changed).isTrue();
        } else if (!problems.stream().allMatch(PolicySchema::isBeyond)) {
            assertThat(accepted).as("%s\n%s", problems, changed).isFalse();
        }
    }

    @Provide
    Arbitrary<UnaryOperator<Object>> changes() {
        Arbitrary<UnaryOperator<Object>> replaced = Arbitraries.of(REPLACEMENTS).map(value -> old -> value);
        Arbitrary<UnaryOperator<Object>> more = Arbitraries.of(KEYS)
                .flatMap(key -> Arbitraries.of(REPLACEMENTS).map(value -> old -> with(old, key, value)));
        Arbitrary<UnaryOperator<Object>> fewer =
                Arbitraries.integers().between(0, 6).map(index -> old -> without(old, index));
        return Arbitraries.oneOf(replaced, more, fewer);
    }

    private static Object with(Object old, String key, Object value) {
        if (!(old instanceof Map<?, ?> map)) {
            return value;
        }
        Map<Object, Object> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static Object without(Object old, int index) {
        if (!(old instanceof Map<?, ?> map) || map.isEmpty()) {
            return old;
        }
        Map<Object, Object> copy = new LinkedHashMap<>(map);
        copy.remove(List.copyOf(map.keySet()).get(index % map.size()));
        return copy;
    }

    /** Changes the value that is met at a place, counted from the root downwards. */
    private static final class Change {
        private final UnaryOperator<Object> change;
        private int left;

        Change(int place, UnaryOperator<Object> change) {
            this.left = place;
            this.change = change;
        }

        Object apply(Object value) {
            if (left-- == 0) {
                return change.apply(value);
            }
            if (value instanceof Map<?, ?> map) {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(key, apply(inner)));
                return copy;
            }
            if (value instanceof List<?> list) {
                List<Object> copy = new ArrayList<>();
                list.forEach(inner -> copy.add(apply(inner)));
                return copy;
            }
            return value;
        }
    }
}
