package io.imagegate.policytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicySamples;
import io.imagegate.document.PolicySchema;
import io.imagegate.signer.SampleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Cases of policy tests say who signed")
class SignedCasesTest {

    private static final String SIGNERS = """
            trust: {public: {file: root.json}}
            signers:
              release: {keys: [{file: p256.pub, notAfter: 2026-12-31}]}
              partner: {keys: [{file: p384.pub}]}
              ci: {keyless: {trust: public, issuer: "https://issuer.example", identity: x}}
            rules:
            """;

    private static final String HEAD = """
            ---
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicyTest
            metadata: {name: t}
            spec:
              at: 2026-11-25T12:00:00Z
              cases:
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        for (String key : List.of("p256.pub", "p384.pub")) {
            Files.copy(SampleKeys.path(key), folder.resolve(key));
        }
        Files.writeString(folder.resolve("root.json"), "{}");
        Files.writeString(folder.resolve("vuln.json"), """
                {"scanner": {"uri": "pkg:github/aquasecurity/trivy@0.50", "result": {"Results": [{"n": 7}, null]}},
                 "metadata": {"scanFinishedOn": "2026-11-20T00:00:00Z"}, "ok": true}
                """);
        Files.writeString(folder.resolve("list.json"), "[]");
    }

    private Path write(String rule, String cases) throws IOException {
        String text = PolicySamples.policy(SIGNERS + "  - name: r\n" + rule.indent(4)) + HEAD + cases.indent(4);
        assertThat(PolicySchema.accepts(text)).isTrue();
        return Files.writeString(folder.resolve("t.yaml"), text);
    }

    private List<String> run(String rule, String cases) throws IOException {
        return new PolicyTests(PolicySamples.documents())
                .run(write(rule, cases).toString()).stream()
                        .flatMap(
                                result -> result.failures().stream().map(failure -> result.testCase() + ": " + failure))
                        .toList();
    }

    @Test
    @DisplayName("signers by their names, also when keys expire")
    void signedBy() throws IOException {
        assertThat(run(
                        "signature: {by: [$release, $ci], annotations: {team: pay*}}\nonUnavailable: warn",
                        """
                - name: by ci
                  image: acme/api:1
                  facts: {"acme/api:1": {signedBy: [{by: ci, annotations: {team: payments}}]}}
                  expect: {decision: allowed}
                - name: other annotations
                  image: acme/api:1
                  facts: {"acme/api:1": {signedBy: [{by: ci, annotations: {team: ops}}]}}
                  expect: {decision: denied, reason: 'the value "ops"; expected "pay*"'}
                - name: without annotations
                  image: acme/api:1
                  facts: {"acme/api:1": {signedBy: [release]}}
                  expect: {decision: denied, reason: does not have the annotation}
                - name: by another
                  image: acme/api:1
                  facts: {"acme/api:1": {signedBy: [{by: partner, annotations: {team: payments}}]}}
                  expect: {decision: denied, rules: [r], reason: it is not signed by release or ci}
                - name: after the end of the key
                  image: acme/api:1
                  at: 2027-01-01T00:00:00Z
                  facts: {"acme/api:1": {signedBy: [{by: release, annotations: {team: payments}}]}}
                  expect: {decision: denied, reason: counts only until 2026-12-31T23:59:59Z}
                - name: at the end of the key
                  image: acme/api:1
                  at: 2026-12-31T23:59:59Z
                  facts: {"acme/api:1": {signedBy: [{by: release, annotations: {team: payments}}]}}
                  expect: {decision: allowed}
                - name: not signed
                  image: acme/api:1
                  facts: {"acme/api:1": {digest: "sha256:%s"}}
                  expect: {decision: denied, reason: the test case gives none}
                - name: does not exist
                  image: acme/api:1
                  expect: {decision: denied, reason: does not give its signatures by release}
                - name: attested only
                  image: acme/api:1
                  facts: {"acme/api:1": {attestations: [{type: vuln, by: [ci]}]}}
                  expect: {decision: denied}
                - name: down
                  image: acme/api:1
                  facts: {"acme/api:1": {unavailable: true}}
                  expect: {decision: allowed, warnings: [r]}
                """.formatted("a".repeat(64))))
                .isEmpty();
    }

    @Test
    @DisplayName("several signers, and when")
    void severalSigners() throws IOException {
        assertThat(run(
                        "all: [{signature: {by: [$release, $ci], atLeast: 2}}, {signature: {by: [$ci], maxAge: 7d}}]",
                        """
                - name: both
                  image: acme/api:1
                  facts: {"acme/api:1": {signedBy: [release, {by: ci, at: 2026-11-20T00:00:00Z}]}}
                  expect: {decision: allowed}
                - name: one twice
                  image: acme/api:1
                  facts: {"acme/api:1": {signedBy: [ci, {by: ci, at: 2026-11-20T00:00:00Z}]}}
                  expect: {decision: denied, reason: 'it is signed by ci, expected 2 of release, ci'}
                - name: old
                  image: acme/api:1
                  facts: {"acme/api:1": {signedBy: [release, {by: ci, at: 2026-11-10T00:00:00Z}]}}
                  expect: {decision: denied, reason: more than 7d ago}
                - name: without a time
                  image: acme/api:1
                  facts: {"acme/api:1": {signedBy: [release, ci]}}
                  expect: {decision: denied, reason: does not show when it was made}
                """))
                .isEmpty();
    }

    @Test
    @DisplayName("attestations with predicates from files")
    void attestations() throws IOException {
        assertThat(run("""
                attestation:
                  type: vuln
                  by: [$release, $ci]
                  maxAge: 7d
                  where:
                    /scanner/uri: "pkg:github/aquasecurity/trivy@*"
                    /scanner/result/Results/0/n: {atMost: 7}
                    /ok: "true"
                """, """
                - name: scanned
                  image: acme/api:1
                  facts: {"acme/api:1": {attestations: [{type: vuln, by: [ci], predicate: {file: vuln.json}}]}}
                  expect: {decision: allowed}
                - name: scanned long ago
                  image: acme/api:1
                  at: 2026-11-27T00:00:01Z
                  facts: {"acme/api:1": {attestations: [{type: vuln, by: [release], predicate: {file: vuln.json}}]}}
                  expect: {decision: denied, reason: more than 7d ago}
                - name: without a predicate
                  image: acme/api:1
                  facts: {"acme/api:1": {attestations: [{type: vuln, by: [ci], at: 2026-11-20T00:00:00Z}]}}
                  expect: {decision: denied, reason: /scanner/uri is not there}
                - name: another type
                  image: acme/api:1
                  facts: {"acme/api:1": {attestations: [{type: spdx, by: [ci], predicate: {file: vuln.json}}]}}
                  expect: {decision: denied, reason: the test case gives none}
                - name: by another
                  image: acme/api:1
                  facts: {"acme/api:1": {attestations: [{type: vuln, by: [partner], predicate: {file: vuln.json}}]}}
                  expect: {decision: denied, reason: it has no attestation vuln by release or ci}
                """)).isEmpty();
        assertThat(run("attestation: {type: vuln, by: [$release], maxAge: 7d}", """
                - name: a date alone
                  image: acme/api:1
                  facts: {"acme/api:1": {attestations: [{type: vuln, by: [release], at: 2026-11-20T00:00:00Z}]}}
                  expect: {decision: allowed}
                """))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "signedBy: [c1] # .signedBy[0]: unknown signer \"c1\", expected one of release, partner, ci (did you mean ci?)",
                "signedBy: [{by: $ci}] # .signedBy[0].by: unknown signer \"$ci\", expected one of release, partner, ci (did you mean ci?)",
                "attestations: [{type: vuln, by: [x]}] # .attestations[0].by[0]: unknown signer \"x\"",
                "attestations: [{type: vuln, by: [ci], predicate: {file: list.json}}] # list.json: expected one JSON object, the predicate of an attestation",
                "attestations: [{type: vuln, by: [ci], predicate: {file: none.json}}] # none.json: no such file or folder",
                "attestations: [{type: vuln, by: [ci], predicate: {json: '{\"a\": 1,}'}}] # .attestations[0].predicate.json: line 1 of it: not JSON",
                "attestations: [{type: vuln, by: [ci], predicate: {json: '[1]'}}] # .predicate.json: expected one JSON object, the predicate of an attestation",
            })
    @DisplayName("and mistakes are told")
    void mistakes(String facts, String problem) throws IOException {
        Path file = write("signature: {by: [$ci]}", """
                - name: a
                  image: acme/api:1
                  facts: {"acme/api:1": {%s}}
                  expect: {decision: allowed}
                """.formatted(facts));
        assertThatThrownBy(() -> new PolicyTests(PolicySamples.documents()).run(file.toString()))
                .hasMessageContaining(problem);
    }

    @Test
    @DisplayName("a predicate with what a cluster cannot read is a mistake, or undecidable as there")
    void asInACluster() throws IOException {
        String rule = "attestation: {type: vuln, by: [$ci], where: {/a: \"*x\"}}";
        String test = """
                - name: a
                  image: acme/api:1
                  facts: {"acme/api:1": {attestations: [{type: vuln, by: [ci], at: 2026-11-20T00:00:00Z, predicate: {json: '{"%s": %s}'}}]}}
                  expect: {decision: %s}
                """;
        String text = "\"" + "x".repeat(65_537) + "\"";
        assertThat(run(rule, test.formatted("b", text, "denied, reason: /a is not there")))
                .isEmpty();
        assertThat(run(
                        rule,
                        test.formatted(
                                "a",
                                text,
                                "denied, reason: a text of more than 65536 characters where a condition looks")))
                .isEmpty();
        Path file = write(rule, test.formatted("b", "1".repeat(101), "denied"));
        assertThatThrownBy(() -> new PolicyTests(PolicySamples.documents()).run(file.toString()))
                .hasMessageContaining("predicate.json: line 1 of it: not JSON");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "{json: \"{}\", file: vuln.json} # .predicate: file and json, expected exactly one of them",
                "{} # .predicate: neither file nor json, expected exactly one of them",
            })
    @DisplayName("a predicate is in a file or in the case")
    void onePredicate(String predicate, String problem) throws IOException {
        Path file = write("signature: {by: [$ci]}", """
                - name: a
                  image: acme/api:1
                  facts: {"acme/api:1": {attestations: [{type: vuln, by: [ci], predicate: {json: '{}'}}]}}
                  expect: {decision: denied}
                """);
        assertThat(new PolicyTests(PolicySamples.documents()).run(file.toString()))
                .hasSize(1);
        Files.writeString(file, Files.readString(file).replace("{json: '{}'}", predicate));
        assertThat(PolicySchema.accepts(Files.readString(file))).isFalse();
        assertThatThrownBy(() -> new PolicyTests(PolicySamples.documents()).run(file.toString()))
                .hasMessageContaining(problem);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}} # :1:24: not JSON: the field \"c\" comes twice",
                "{\"a\": [{\"b\": 1}, {\"b\": 1, \"b\": 1}]} # :1:27: not JSON: the field \"b\" comes twice",
                "{\"a\": 1, \"\\u0061\": 2} # :1:10: not JSON: the field \"a\" comes twice",
                "{\"a\": 'text'} # not JSON",
                "{\"a\": [1, 0x10]} # not JSON",
                "{\"a\": text} # not JSON",
                "{\"a\": +1} # :1:7: not JSON: unexpected character",
                "{\"a\": &x 1} # :1:7: not JSON: unexpected character, expected a value",
                "{a: 1} # :1:2: not JSON: expected the name of a field",
                "{\"a\": [], \"b\": {}, \"c\": [-1.5e+3, 0, true, false, null, \"\"]} # ``",
                "{\"a\": 1,} # :1:9: not JSON: expected the name of a field",
                "{\"a\": \"\\x41\"} # not JSON: expected one of",
                "{\"a\": 1} {\"a\": 1} # :1:10: not JSON: another value, expected one object",
            })
    @DisplayName("and a predicate is refused that registries could not have")
    void predicates(String predicate, String problem) throws IOException {
        Files.writeString(folder.resolve("vuln.json"), predicate);
        Path file = write("signature: {by: [$ci]}", """
                - name: a
                  image: acme/api:1
                  facts: {"acme/api:1": {attestations: [{type: vuln, by: [ci], predicate: {file: vuln.json}}]}}
                  expect: {decision: denied}
                """);
        if (problem.isEmpty()) {
            assertThat(new PolicyTests(PolicySamples.documents()).run(file.toString()))
                    .hasSize(1);
            Files.writeString(folder.resolve("vuln.json"), predicate.replace("\"a\"", "\"" + "a".repeat(1_001) + "\""));
            assertThatThrownBy(() -> new PolicyTests(PolicySamples.documents()).run(file.toString()))
                    .hasMessageContaining("vuln.json:1:2: not JSON: expected a text of 1000 characters at most");
        } else {
            assertThatThrownBy(() -> new PolicyTests(PolicySamples.documents()).run(file.toString()))
                    .hasMessageContaining("vuln.json:")
                    .hasMessageContaining(problem);
        }
    }
}
