package io.imagegate.predicate;

import static io.imagegate.predicate.Predicates.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A scan result")
class ScanReportTest {

    private static final Digest IMAGE = Digest.parse("sha256:" + "a".repeat(64));
    private static final Set<VulnerabilitySeverity> ALL = EnumSet.allOf(VulnerabilitySeverity.class);

    private static Fact<ScanReport> read(String json, Set<VulnerabilitySeverity> severities, boolean fixable) {
        return Predicates.of(json).content(ScanReport.query(severities, fixable), IMAGE);
    }

    private static List<String> found(String json, Set<VulnerabilitySeverity> severities, boolean fixable) {
        ScanReport report = read(json, severities, fixable).value().orElseThrow();
        return report.vulnerabilities().stream()
                .map(found -> found.severity() + " " + found)
                .toList();
    }

    private static String why(String json) {
        Fact<ScanReport> fact = read(json, ALL, false);
        assertThat(fact.state()).as(json).isEqualTo(Fact.State.UNDECIDABLE);
        return fact.reason();
    }

    @Test
    @DisplayName("of Trivy is read: lists that are null or absent have nothing")
    void trivy() {
        String trivy = sample("trivy");
        assertThat(found(trivy, ALL, false))
                .containsExactly(
                        "critical CVE-2026-1111 in libssl3 3.0.11-1",
                        "high CVE-2026-2222 in zlib1g 1.2.13",
                        "medium CVE-2026-3333 in curl 8.1.2",
                        "unknown CVE-2026-4444 in curl 8.1.2");
        assertThat(found(trivy, ALL, true))
                .containsExactly("critical CVE-2026-1111 in libssl3 3.0.11-1", "medium CVE-2026-3333 in curl 8.1.2");
        assertThat(found(trivy, Set.of(VulnerabilitySeverity.HIGH, VulnerabilitySeverity.UNKNOWN), false))
                .containsExactly("high CVE-2026-2222 in zlib1g 1.2.13", "unknown CVE-2026-4444 in curl 8.1.2");
        assertThat(found(trivy.replace("\"Results\"", "\"Results\": null, \"Other\""), ALL, false))
                .isEmpty();
        assertThat(found(trivy.replace("\"Results\"", "\"Other\""), ALL, false)).isEmpty();
    }

    @Test
    @DisplayName("of Grype is read: related ids are other names, and a fixed version is known from either field")
    void grype() {
        String grype = sample("grype");
        assertThat(found(grype, ALL, false))
                .containsExactly(
                        "critical GHSA-aaaa-bbbb-cccc in log4j-core 2.14.0",
                        "high CVE-2026-6666 in bash 5.2",
                        "negligible CVE-2026-7777 in tar 1.34");
        assertThat(found(grype, ALL, true)).containsExactly("critical GHSA-aaaa-bbbb-cccc in log4j-core 2.14.0");
        String versionAlone = grype.replace("\"fixed\"", "\"unknown\"");
        assertThat(found(versionAlone, ALL, true)).hasSize(1);
        assertThat(found(versionAlone.replace("[\"2.17.1\"]", "[]"), ALL, true)).isEmpty();
        assertThat(found(grype.replace("[\"2.17.1\"]", "[]"), ALL, true)).hasSize(1);
        ScanReport report = read(grype, ALL, false).value().orElseThrow();
        assertThat(report.vulnerabilities().get(0).names()).containsExactly("GHSA-aaaa-bbbb-cccc", "CVE-2026-5555");
    }

    @ParameterizedTest
    @CsvSource({"'CRITICAL', critical", "'critical', critical", "'Critical', critical", "'', unknown"})
    @DisplayName("has severities in any letter case; what is no severity is unknown")
    void severities(String written, String severity) {
        assertThat(withSeverity("\"Severity\": \"" + written + "\""))
                .contains(severity + " CVE-2026-1111 in libssl3 3.0.11-1");
    }

    @Test
    @DisplayName("without a severity, or with a word that is none, has an unknown one")
    void unknownSeverities() {
        for (String other : List.of("\"x\": 1", "\"Severity\": null", "\"Severity\": \"moderate\"")) {
            assertThat(withSeverity(other)).contains("unknown CVE-2026-1111 in libssl3 3.0.11-1");
        }
    }

    private static List<String> withSeverity(String field) {
        return found(sample("trivy").replace("\"Severity\": \"CRITICAL\"", field), ALL, false);
    }

    @Test
    @DisplayName("of another scanner cannot be read, nor one that names two")
    void scanners() {
        String trivy = sample("trivy");
        String grype = sample("grype");
        assertThat(why(trivy.replace("aquasecurity/trivy@", "aquasecurity/trivy-fork@")))
                .isEqualTo(
                        "the scanner \"pkg:github/aquasecurity/trivy-fork@0.57.0\" is not known, expected Trivy or Grype");
        assertThat(why(grype.replace("\"name\": \"grype\"", "\"name\": \"Grype\"")))
                .startsWith("the scanner \"https://github.com/anchore/grype\" is not known");
        assertThat(why(grype.replace("https://github.com/anchore/grype", "pkg:github/aquasecurity/trivy@1")))
                .isEqualTo("the scanner \"pkg:github/aquasecurity/trivy@1\" is named, but the result is Grype's");
        assertThat(why("{}")).startsWith("the scanner \"\" is not known");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"SchemaVersion\": 2 | \"SchemaVersion\": 3 | result: expected Trivy's report",
                "\"SchemaVersion\": 2 | \"SchemaVersion\": \"2\" | SchemaVersion: expected a number",
                "\"Results\": [ | \"matches\": [], \"Results\": [ | result: expected Trivy's report",
                "\"Results\": [ | \"Results\": [7, | Results[]: expected an object",
                "\"Results\": [ | \"Results\": {}, \"x\": [ | Results: expected a list",
                "\"result\": { | \"result\": [], \"x\": { | result: expected an object",
                "\"scanner\": { | \"scanner\": null, \"x\": { | scanner: expected an object",
                "\"VulnerabilityID\": \"CVE-2026-1111\" | \"x\": 1 | Vulnerabilities[]: expected the id of a vulnerability",
                "\"CVE-2026-1111\" | \"\" | VulnerabilityID: expected a text",
                "\"CVE-2026-1111\" | 7 | VulnerabilityID: expected a text",
                "\"CRITICAL\" | 4 | Severity: expected a text",
                "\"FixedVersion\": \"3.0.13-1\" | \"FixedVersion\": [] | FixedVersion: expected a text",
                "{\"PURL\" | [], \"x\": {\"PURL\" | PkgIdentifier: expected an object",
            })
    @DisplayName("of another form cannot be read")
    void malformed(String part, String other, String problem) {
        String trivy = sample("trivy");
        assertThat(trivy).contains(part);
        String json = trivy.replaceFirst(
                java.util.regex.Pattern.quote(part), java.util.regex.Matcher.quoteReplacement(other));
        assertThat(why(json)).startsWith("the scan result: " + problem);
    }

    @Test
    @DisplayName("of Grype without matches, or with those of Trivy, cannot be read")
    void malformedGrype() {
        String grype = sample("grype");
        assertThat(why(grype.replace("\"matches\"", "\"match\"")))
                .isEqualTo("the scan result: result: expected Grype's report, with matches");
        assertThat(why(grype.replace("\"matches\"", "\"Results\": [], \"matches\"")))
                .isEqualTo("the scan result: result: expected Grype's report, with matches");
        assertThat(why(grype.replace("\"relatedVulnerabilities\": []", "\"relatedVulnerabilities\": [{\"id\": null}]")))
                .isEqualTo("the scan result: relatedVulnerabilities[].id: expected a text");
    }

    private static String withFindings(int number) {
        return "{'scanner':{'uri':'pkg:github/aquasecurity/trivy@1','result':{'Results':[{'Vulnerabilities':["
                + IntStream.range(0, number)
                        .mapToObj(i -> "{'VulnerabilityID':'CVE-" + i + "'}")
                        .collect(Collectors.joining(","))
                + "]}]}}}";
    }

    @Test
    @DisplayName("has at most 20,000 findings, ids of at most 128 characters and other texts of at most 1,024")
    void limits() {
        assertThat(found(withFindings(20_000), Set.of(VulnerabilitySeverity.HIGH), false))
                .isEmpty();
        Fact<ScanReport> over = read(withFindings(20_001), Set.of(VulnerabilitySeverity.HIGH), false);
        assertThat(over.reason()).isEqualTo("the scan result has more than 20000 findings");
        String trivy = sample("trivy");
        assertThat(found(trivy.replace("CVE-2026-1111", "C".repeat(128)), ALL, false))
                .hasSize(4);
        assertThat(why(trivy.replace("CVE-2026-1111", "C".repeat(129))))
                .isEqualTo("the scan result: VulnerabilityID: expected an id of at most 128 characters");
        assertThat(found(trivy.replace("zlib1g\"", "z".repeat(1_024) + "\""), ALL, false))
                .hasSize(4);
        assertThat(why(trivy.replace("zlib1g\"", "z".repeat(1_025) + "\"")))
                .isEqualTo("the scan result: PkgName has 1025 characters, expected at most 1024");
        String names =
                IntStream.range(0, 32).mapToObj(i -> "{\"id\":\"C-" + i + "\"}").collect(Collectors.joining(","));
        assertThat(why(sample("grype").replace("{\"id\": \"CVE-2026-5555\", \"severity\": \"Medium\"}", names)))
                .isEqualTo("the scan result: relatedVulnerabilities[].id: expected at most 32 ids");
    }

    @Test
    @DisplayName("weighs as much as it keeps: a package once, however many vulnerabilities it has")
    void weight() {
        long one = weight(withFindings(1));
        long ten = weight(withFindings(10));
        assertThat(one).isBetween(300L, 600L);
        assertThat(ten).isBetween(one + 9 * 150, one + 9 * 300);
        assertThat(weight(sample("trivy"))).isGreaterThan(ten / 10 * 4);
    }

    private static long weight(String json) {
        return read(json, ALL, false).value().orElseThrow().weight();
    }
}
