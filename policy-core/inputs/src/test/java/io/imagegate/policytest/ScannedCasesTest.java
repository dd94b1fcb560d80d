package io.imagegate.policytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.document.PolicySamples;
import io.imagegate.document.PolicySchema;
import io.imagegate.predicate.Predicates;
import io.imagegate.signer.SampleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Cases of policy tests give scan results, VEX documents and verification summaries")
class ScannedCasesTest {

    private static final String SIGNERS = """
            signers:
              ci: {keys: [{file: p256.pub}]}
              security: {keys: [{file: p384.pub}]}
            rules:
              - name: scanned
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

    /** As it stands in the design. */
    private static final String VERIFIED_LEVEL = """
                attestation:
                  type: vsa
                  by: [$ci]
                  where:
                    /verificationResult: PASSED
                    /verifier/id: "https://verifier.example/acme"
                    /resourceUri: ["{registry}/{repository}", "{registry}/{repository}:*", "{registry}/{repository}@*"]
                    /verifiedLevels: {has: SLSA_BUILD_LEVEL_3}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        for (String key : List.of("p256.pub", "p384.pub")) {
            Files.copy(SampleKeys.path(key), folder.resolve(key));
        }
        for (String sample : List.of("trivy", "grype", "vex", "vsa")) {
            Files.writeString(folder.resolve(sample + ".json"), Predicates.sample(sample));
        }
    }

    /** Runs a case, and returns how it failed. */
    private List<String> run(String rule, String attestations, String expect) throws IOException {
        String image = "ghcr.io/acme/api:2.3.0";
        String facts = "  - {name: c, image: \"" + image + "\", facts: {\"" + image + "\": {digest: \"sha256:"
                + "a".repeat(64) + "\", attestations: [" + attestations + "]}}, expect: " + expect + "}\n";
        String text = PolicySamples.policy(SIGNERS + rule) + HEAD + facts.indent(2);
        assertThat(PolicySchema.accepts(text)).isTrue();
        Path file = Files.writeString(folder.resolve("t.yaml"), text);
        return new PolicyTests(PolicySamples.documents())
                .run(file.toString()).stream()
                        .flatMap(result -> result.failures().stream())
                        .toList();
    }

    private static String from(String type, String signer, String file) {
        return "{type: " + type + ", by: [" + signer + "], predicate: {file: " + file + ".json}}";
    }

    private static String rule(String vulnerabilities) {
        return "    attestation: {type: vuln, by: [$ci], maxAge: 7d, vulnerabilities: " + vulnerabilities + "}\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{deny: [critical]} | trivy | denied, reason: '(1 critical): CVE-2026-1111 in libssl3 3.0.11-1'",
                "{deny: [low, negligible]} | trivy | allowed",
                "{deny: [unknown]} | trivy | denied, reason: '(1 unknown): CVE-2026-4444 in curl 8.1.2'",
                "{deny: [high], fixable: only} | trivy | allowed",
                "{deny: [critical], ignore: [CVE-2026-1111]} | trivy | allowed",
                "{deny: [critical], ignore: [{id: CVE-2026-1111, until: 2026-11-25}]} | trivy | allowed",
                "{deny: [critical], ignore: [{id: CVE-2026-1111, until: 2026-11-24}]} | trivy | denied, reason: 'ignored only until 2026-11-24T23:59:59Z'",
                "{deny: [critical]} | grype | denied, reason: '(1 critical): GHSA-aaaa-bbbb-cccc in log4j-core 2.14.0'",
                "{deny: [critical], ignore: [CVE-2026-5555]} | grype | allowed",
                "{deny: [critical]} | vsa | denied, reason: 'cannot be read'",
            })
    @DisplayName("of Trivy and Grype")
    void scans(String vulnerabilities, String file, String expect) throws IOException {
        assertThat(run(rule(vulnerabilities), from("vuln", "ci", file), "{decision: " + expect + "}"))
                .isEmpty();
    }

    @Test
    @DisplayName("with VEX documents by the signers that the rule names")
    void vex() throws IOException {
        String rule = rule("{deny: [critical], vex: [$security]}");
        String scan = from("vuln", "ci", "trivy");
        assertThat(run(rule, scan, "{decision: denied, reason: CVE-2026-1111}")).isEmpty();
        assertThat(run(rule, scan + ", " + from("openvex", "security", "vex"), "{decision: allowed}"))
                .isEmpty();
        assertThat(run(rule, scan + ", " + from("openvex", "ci", "vex"), "{decision: denied, reason: CVE-2026-1111}"))
                .isEmpty();
        Files.writeString(folder.resolve("vex.json"), Predicates.sample("vex").replace("a".repeat(64), "b".repeat(64)));
        assertThat(run(rule, scan + ", " + from("openvex", "security", "vex"), "{decision: denied}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x | x | allowed",
                "api:2.3.0 | api | allowed",
                "api:2.3.0 | api@sha256:1 | allowed",
                "api:2.3.0 | api-tools:2.3.0 | denied, reason: '/resourceUri is \"ghcr.io/acme/api-tools:2.3.0\"'",
                "acme/api | other/api | denied, reason: /resourceUri",
                "PASSED | FAILED | denied, reason: '/verificationResult is \"FAILED\"; expected \"PASSED\"'",
                "PASSED | passed | denied, reason: /verificationResult",
                "example/acme\" | example/acme2\" | denied, reason: /verifier/id",
                "BUILD_LEVEL_3 | BUILD_LEVEL_2 | denied, reason: '/verifiedLevels is'",
                "[\"SLSA_BUILD_LEVEL_3\", | \"SLSA_BUILD_LEVEL_3\", \"x\": [ | denied, reason: 'expected a list with \"SLSA_BUILD_LEVEL_3\"'",
                "\"verifiedLevels\" | \"levels\" | denied, reason: '/verifiedLevels is not there'",
                "2026-11-20 | 2026-11-26 | denied, reason: 'in the future'",
            })
    @DisplayName("that verify as the design's example says, and not what is almost so")
    void summaries(String part, String other, String expect) throws IOException {
        String vsa = Predicates.sample("vsa");
        Files.writeString(folder.resolve("vsa.json"), vsa.replace(part, other));
        assertThat(run(VERIFIED_LEVEL, from("vsa", "ci", "vsa"), "{decision: " + expect + "}"))
                .isEmpty();
        assertThat(run(VERIFIED_LEVEL, from("vsa", "security", "vsa"), "{decision: denied}"))
                .isEmpty();
    }

    @Test
    @DisplayName("as the design has them")
    void design() throws IOException {
        String text = Files.readString(Machine.needsShared("design.md"));
        String rule = text.substring(text.indexOf("- name: verified-level"), text.indexOf("- name: fresh"));
        assertThat(rule.strip().lines().skip(1).map(String::strip).toList())
                .isEqualTo(VERIFIED_LEVEL.lines().map(String::strip).toList());
    }

    @Test
    @DisplayName("of which the newest summary decides, and of two at once both")
    void newestSummary() throws IOException {
        String vsa = Predicates.sample("vsa");
        Files.writeString(folder.resolve("failed.json"), vsa.replace("PASSED", "FAILED"));
        for (String date : Stream.of("2026-11-20T05:59:59Z", "2026-11-20T06:00:00Z", "2026-11-20T06:00:00.1Z")
                .toList()) {
            Files.writeString(folder.resolve("vsa.json"), vsa.replace("2026-11-20T06:00:00Z", date));
            String decision = date.endsWith(".1Z") ? "allowed" : "denied";
            String both = from("vsa", "ci", "vsa") + ", " + from("vsa", "ci", "failed");
            assertThat(run(VERIFIED_LEVEL, both, "{decision: " + decision + "}"))
                    .as(date)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("whose age is that of the verification")
    void age() throws IOException {
        String young = "    attestation: {type: vsa, by: [$ci], maxAge: 6d}\n";
        assertThat(run(young, from("vsa", "ci", "vsa"), "{decision: allowed}")).isEmpty();
        assertThat(run(
                        young.replace("6d", "5d"),
                        from("vsa", "ci", "vsa"),
                        "{decision: denied, reason: more than 5d ago}"))
                .isEmpty();
    }
}
