package io.imagegate.rule;

import static io.imagegate.rule.SignerSamples.DIGEST;
import static io.imagegate.rule.SignerSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.predicate.Predicates;
import io.imagegate.predicate.ScanReport;
import io.imagegate.predicate.VexDocument;
import io.imagegate.predicate.VulnerabilitySeverity;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Unaccepted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rule on vulnerabilities")
class VulnerabilitiesTest {

    private static final Signer CI = SignerSamples.key("ci", 1);
    private static final Signer SECURITY = SignerSamples.key("security", 2);
    private static final JsonPointer SCANNED = new JsonPointer("/metadata/scanFinishedOn");
    private static final Vulnerabilities HIGH =
            Vulnerabilities.deny(VulnerabilitySeverity.CRITICAL, VulnerabilitySeverity.HIGH);
    private static final AttestationRule SCAN = AttestationRule.of(AttestationType.parse("vuln"), CI);
    private static final AttestationNeed VEX = new AttestationNeed(
            "https://openvex.dev/ns", List.of(SECURITY), Set.of(), Set.of(VexDocument.query()), false);

    private static SignedBy scan(AttestationRule rule, String json, String date) {
        return signed(CI, rule.need(), json)
                .withPredicate(rule.need().type(), Map.of(SCANNED, PredicateValue.text(date)));
    }

    private static SignedBy signed(Signer signer, AttestationNeed need, String json) {
        return read(
                SignedBy.of(signer, Signatory.key("sha256:11"), DIGEST),
                need.contents().iterator().next(),
                json);
    }

    private static <T extends PredicateContent> SignedBy read(SignedBy signed, ContentQuery<T> query, String json) {
        return signed.withContent(query, Predicates.of(json).content(query, DIGEST));
    }

    private static ImageFacts facts(AttestationRule rule, SignedBy... scans) {
        return ImageFacts.at(NOW)
                .with(Need.DIGEST, Fact.known(DIGEST))
                .with(rule.need(), Fact.known(SignatureFacts.of(List.of(scans))));
    }

    private static Finding check(AttestationRule rule, ImageFacts facts) {
        return rule.check(SignerSamples.candidate("acme/api:1", facts));
    }

    private static Finding check(Vulnerabilities condition, String json) {
        AttestationRule rule = SCAN.with(condition);
        return check(rule, facts(rule, scan(rule, json, "2026-11-20T06:00:00Z")));
    }

    private static String trivy(String... vulnerabilities) {
        StringBuilder list = new StringBuilder();
        for (String one : vulnerabilities) {
            String[] parts = one.split(" ", -1);
            list.append(list.isEmpty() ? "" : ",")
                    .append("{'VulnerabilityID':'" + parts[0] + "','Severity':'" + parts[1] + "','PkgName':'" + parts[2]
                            + "'}");
        }
        return "{'scanner':{'uri':'pkg:github/aquasecurity/trivy@1','result':{'Results':[{'Vulnerabilities':[" + list
                + "]}]}}}";
    }

    @Test
    @DisplayName("denies the severities that it names, and says how many, and the first three by severity and id")
    void severities() {
        assertThat(check(HIGH, trivy("CVE-1 MEDIUM a", "CVE-2 UNKNOWN b", "CVE-3 strange c"))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(HIGH, trivy("CVE-9 HIGH curl", "CVE-5 low a", "CVE-8 Critical zlib")))
                .hasToString("VIOLATED: the scan by ci of 2026-11-20T06:00:00Z found denied vulnerabilities"
                        + " (1 critical, 1 high): CVE-8 in zlib, CVE-9 in curl");
        assertThat(check(
                                HIGH,
                                trivy(
                                        "CVE-5 HIGH e",
                                        "CVE-4 HIGH d",
                                        "CVE-3 HIGH c",
                                        "CVE-4 HIGH a",
                                        "CVE-1 HIGH \\n\u202e"))
                        .toString())
                .endsWith(
                        " found denied vulnerabilities (4 high): CVE-1 in \\n\\u202e, CVE-3 in c, CVE-4 in a, and 1 more");
        assertThat(check(HIGH, trivy("CVE-1 HIGH a", "CVE-2 HIGH b", "CVE-3 HIGH c"))
                        .toString())
                .endsWith(": CVE-1 in a, CVE-2 in b, CVE-3 in c");
        assertThat(check(Vulnerabilities.deny(VulnerabilitySeverity.UNKNOWN), trivy("CVE-1 strange a", "CVE-2 HIGH b")))
                .hasToString(
                        "VIOLATED: the scan by ci of 2026-11-20T06:00:00Z found denied vulnerabilities (1 unknown):"
                                + " CVE-1 in a");
    }

    @Test
    @DisplayName("ignores ids and other names until they end")
    void ignored() {
        String scan = trivy("CVE-1 HIGH a");
        assertThat(check(HIGH.withIgnored("CVE-1"), scan).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(HIGH.withIgnored("CVE-12"), scan).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(check(HIGH.withIgnored("CVE-1", NOW), scan).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(HIGH.withIgnored("CVE-1", NOW.minusNanos(1)), scan).toString())
                .endsWith("(1 high): CVE-1 in a (ignored only until 2026-11-25T23:59:59Z)");
        String grype = Predicates.sample("grype");
        Vulnerabilities critical = Vulnerabilities.deny(VulnerabilitySeverity.CRITICAL);
        assertThat(check(critical.withIgnored("CVE-2026-5555"), grype).outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(critical.withIgnored("GHSA-aaaa-bbbb-cccc"), grype).outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(critical.withIgnored("CVE-2026-555"), grype).toString())
                .endsWith("(1 critical): GHSA-aaaa-bbbb-cccc in log4j-core 2.14.0");
        // What the scanner itself suppressed is not among its findings.
        assertThat(check(critical, grype).toString()).doesNotContain("CVE-2026-9999");
    }

    @Test
    @DisplayName("on what is fixable leaves out what has no fixed version")
    void fixable() {
        Vulnerabilities fixable = Vulnerabilities.deny(VulnerabilitySeverity.HIGH, VulnerabilitySeverity.NEGLIGIBLE)
                .withFixableOnly();
        assertThat(check(fixable, Predicates.sample("grype")).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(fixable, Predicates.sample("grype").replace("\"versions\": []", "\"versions\": [\"5.3\"]"))
                        .toString())
                .endsWith("(1 high): CVE-2026-6666 in bash 5.2");
    }

    @Test
    @DisplayName("judges the newest scan alone, also if that cannot be read or is of another scanner")
    void newest() {
        AttestationRule rule = SCAN.with(HIGH);
        SignedBy good = scan(rule, trivy(), "2026-11-20T06:00:00Z");
        SignedBy badBefore = scan(rule, trivy("CVE-1 HIGH a"), "2026-11-20T05:59:59Z");
        SignedBy badAfter = scan(rule, trivy("CVE-1 HIGH a"), "2026-11-20T06:00:01Z");
        assertThat(check(rule, facts(rule, badBefore, good)).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, facts(rule, good, badAfter)).outcome()).isEqualTo(Outcome.VIOLATED);
        SignedBy other = scan(rule, "{'scanner':{'uri':'pkg:github/acme/scan@1','result':{}}}", "2026-11-21T00:00:00Z");
        assertThat(check(rule, facts(rule, good, other)))
                .hasToString("UNDECIDABLE: the scan by ci of 2026-11-21T00:00:00Z cannot be read: the scanner"
                        + " \"pkg:github/acme/scan@1\" is not known, expected Trivy or Grype");
        SignedBy withoutContent = good.withContent(
                ScanReport.query(Set.of(VulnerabilitySeverity.CRITICAL, VulnerabilitySeverity.HIGH), false),
                Fact.absent("the test case gives no predicate"));
        assertThat(check(rule, facts(rule, withoutContent)))
                .hasToString(
                        "UNDECIDABLE: the scan by ci of 2026-11-20T06:00:00Z cannot be read: the test case gives no"
                                + " predicate");
    }

    @Test
    @DisplayName("is violated by a newest scan from the future, and by a bad one beside one without a date")
    void dates() {
        AttestationRule rule = SCAN.with(HIGH);
        SignedBy future = scan(rule, trivy(), "2026-11-26T00:05:01Z");
        assertThat(check(rule, facts(rule, future)).toString())
                .startsWith("VIOLATED: ")
                .endsWith(" was made on 2026-11-26T00:05:01Z, which is in the future");
        assertThat(check(rule, facts(rule, scan(rule, trivy(), "2026-11-26T00:05:00Z")))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        SignedBy undated = scan(rule, trivy(), "yesterday");
        SignedBy bad = scan(rule, trivy("CVE-1 HIGH a"), "2026-11-20T06:00:00Z");
        assertThat(check(rule, facts(rule, undated)).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, facts(rule, undated, bad)).outcome()).isEqualTo(Outcome.VIOLATED);
    }

    private static final AttestationRule EXCUSED = SCAN.with(HIGH.withVex(SECURITY));
    private static final String FIXED = "{'@context':'https://openvex.dev/ns','timestamp':'2026-11-21T00:00:00Z',"
            + "'statements':[{'vulnerability':{'name':'CVE-1'},'status':'fixed'}]}";

    private static Finding excused(Fact<SignatureFacts> vex, String... found) {
        ImageFacts facts = facts(EXCUSED, scan(EXCUSED, trivy(found), "2026-11-20T06:00:00Z"));
        return check(EXCUSED, facts.with(VEX, vex));
    }

    private static Fact<SignatureFacts> vex(Signer signer, String json) {
        return Fact.known(SignatureFacts.of(List.of(signed(signer, VEX, json))));
    }

    @Test
    @DisplayName("asks for VEX attestations only if the scan has something to excuse")
    void needs() {
        SignedBy clean = scan(EXCUSED, trivy("CVE-1 LOW a"), "2026-11-20T06:00:00Z");
        SignedBy bad = scan(EXCUSED, trivy("CVE-1 HIGH a"), "2026-11-20T06:00:00Z");
        assertThat(facts(EXCUSED, clean).needsOf(facts -> check(EXCUSED, facts)))
                .isEmpty();
        ImageFacts open = facts(EXCUSED, bad);
        assertThat(open.needsOf(facts -> check(EXCUSED, facts))).containsExactly(VEX);
        assertThat(check(EXCUSED, open).outcome()).isEqualTo(Outcome.PENDING);
        // What cannot be verified does not keep the rule from asking.
        SignatureFacts beside = SignatureFacts.of(List.of(bad)).withOthers(List.of(Unaccepted.undecidable("one odd")));
        assertThat(check(EXCUSED, open.with(EXCUSED.need(), Fact.known(beside))).outcome())
                .isEqualTo(Outcome.PENDING);
    }

    @Test
    @DisplayName("asks again for VEX statements from a cache that do not excuse everything")
    void keptStatements() {
        FreshNeed<SignatureFacts> again = new FreshNeed<>(VEX);
        ImageFacts kept = facts(EXCUSED, scan(EXCUSED, trivy("CVE-1 HIGH a"), "2026-11-20T06:00:00Z"))
                .with(VEX, vex(SECURITY, FIXED.replace("fixed", "affected")).asCached());
        assertThat(kept.needsOf(facts -> check(EXCUSED, facts))).containsExactly(again);
        assertThat(check(EXCUSED, kept.with(again, vex(SECURITY, FIXED))).outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("excuses what VEX statements excuse, and denies the rest")
    void excuses() {
        assertThat(excused(vex(SECURITY, FIXED), "CVE-1 HIGH a").outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(excused(vex(SECURITY, FIXED.replace("fixed", "affected")), "CVE-1 HIGH a")
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
        assertThat(excused(vex(SECURITY, FIXED), "CVE-1 HIGH a", "CVE-2 HIGH b").toString())
                .endsWith("found denied vulnerabilities (1 high): CVE-2 in b");
        assertThat(excused(vex(CI, FIXED), "CVE-1 HIGH a").outcome()).isEqualTo(Outcome.VIOLATED);
        SignedBy ended = signed(SECURITY, VEX, FIXED).withInterval(Instant.MIN, NOW.minusNanos(1));
        assertThat(excused(Fact.known(SignatureFacts.of(List.of(ended))), "CVE-1 HIGH a")
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
        assertThat(excused(Fact.absent("none"), "CVE-1 HIGH a").outcome()).isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("is unknown if it is unknown whether VEX statements excuse what the scan found")
    void unknown() {
        String found = "CVE-1 HIGH a";
        assertThat(excused(Fact.unavailable("ghcr.io does not answer"), found))
                .hasToString(
                        "UNAVAILABLE: the scan by ci of 2026-11-20T06:00:00Z found denied vulnerabilities (1 high):"
                                + " CVE-1 in a; it is unknown whether VEX statements by security excuse them: ghcr.io does not"
                                + " answer");
        assertThat(excused(Fact.undecidable("a limit"), found).outcome()).isEqualTo(Outcome.UNDECIDABLE);
        SignatureFacts fixed = SignatureFacts.of(List.of(signed(SECURITY, VEX, FIXED)));
        assertThat(excused(Fact.known(fixed.withUnread("a limit")), found).outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
        assertThat(excused(Fact.known(fixed.withUnavailable("down")), found).outcome())
                .isEqualTo(Outcome.UNAVAILABLE);
        SignatureFacts odd = SignatureFacts.of(List.of(signed(SECURITY, VEX, FIXED), signed(SECURITY, VEX, "{}")));
        assertThat(excused(Fact.known(odd), found).toString())
                .startsWith("UNDECIDABLE: ")
                .endsWith(
                        "excuse them: the VEX document has the @context \"\", expected https://openvex.dev/ns/v0.2.0");
        SignatureFacts beside = fixed.withOthers(List.of(Unaccepted.undecidable("one odd")));
        assertThat(excused(Fact.known(beside), found).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(excused(Fact.known(beside), "CVE-2 HIGH a").outcome()).isEqualTo(Outcome.UNDECIDABLE);
    }

    @Test
    @DisplayName("is refused if it can never hold")
    void mistakes() {
        AttestationRule spdx = AttestationRule.of(AttestationType.parse("spdx"), CI);
        assertThatThrownBy(() -> spdx.with(HIGH)).hasMessageContaining("expected type: vuln");
        assertThatThrownBy(Vulnerabilities::deny).hasMessageContaining("expected at least one severity");
        assertThatThrownBy(() -> HIGH.withIgnored("CVE-*")).hasMessageContaining("the id of one vulnerability");
        assertThatThrownBy(() -> HIGH.withIgnored("CVE-1").withIgnored("CVE-1", NOW))
                .hasMessageContaining("is ignored already");
        assertThatThrownBy(HIGH::withVex).hasMessageContaining("expected at least one signer");
    }
}
