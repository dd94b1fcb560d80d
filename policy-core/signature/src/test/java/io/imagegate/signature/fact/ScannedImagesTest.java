package io.imagegate.signature.fact;

import static io.imagegate.signature.fact.TestReports.VEX;
import static io.imagegate.signature.fact.TestReports.VSA;
import static io.imagegate.signature.fact.TestReports.VULN;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.VulnerabilitySeverity;
import io.imagegate.reference.Digest;
import io.imagegate.registry.Registries;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.ValueCondition;
import io.imagegate.rule.Vulnerabilities;
import io.imagegate.rule.Where;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Decisions on scan results, VEX documents and verification summaries that are in a registry. */
class ScannedImagesTest {

    private static final String DAY = "2026-11-20T06:00:00Z";

    /** The answers are what counts, however slow the machine is. */
    private static final Duration NO_HURRY = Duration.ofHours(1);

    private static final TestKey CI = TestKey.p256();
    private static final TestKey SECURITY = TestKey.p256();

    private final TestRegistry registry = new TestRegistry();
    private final Registries registries = registry.open(TestRegistry.onlyVerified());
    private final Digest api = registry.image("acme/api", "v1", "api");
    private final Vulnerabilities critical = Vulnerabilities.deny(VulnerabilitySeverity.CRITICAL);

    @AfterEach
    void close() {
        registries.close();
        registry.close();
    }

    private static Signer signer(String name, TestKey key) throws Exception {
        return new KeySigner(name, List.of(SignedDecisionsTest.key(key.pem())), Optional.empty());
    }

    private TestBundle attested(TestKey key, String type, String predicate) {
        return TestBundle.by(key).payload(TestBundle.statement(api, type, predicate));
    }

    private TestBundle scan(String predicate) {
        return attested(CI, VULN, predicate);
    }

    private SignedImages open() {
        return new SignedImages(
                registries, Verifier.create(), answer -> {}, () -> Instant.parse("2026-11-26T00:00:00Z"));
    }

    private Decision decide(SignedImages images, AttestationRule rule, TestBundle... bundles) {
        registry.bundles("acme/api", api, bundles);
        PolicySet policies = PolicySet.of(
                        Policy.builder("scanned").rule("r", rule).build())
                .withClock(() -> Instant.parse("2026-11-26T00:00:00Z"));
        String image = registry.image("acme/api", api).text();
        return ImageGate.of(() -> policies, images).decide(ImageReview.of(image), NO_HURRY);
    }

    /** Nothing is kept from earlier decisions. */
    private Decision decide(AttestationRule rule, TestBundle... bundles) {
        try (SignedImages images = open()) {
            return decide(images, rule, bundles);
        }
    }

    private static AttestationRule scanned(Vulnerabilities condition) throws Exception {
        return AttestationRule.of(AttestationType.parse("vuln"), signer("ci", CI))
                .with(condition);
    }

    private Decision decide(Vulnerabilities condition, TestBundle... bundles) throws Exception {
        return decide(scanned(condition), bundles);
    }

    @Test
    @DisplayName("a report of Trivy denies by its severities, once with a fixed version")
    void trivy() throws Exception {
        TestBundle scan = scan(TestReports.trivy(50, DAY));
        assertThat(decide(Vulnerabilities.deny(VulnerabilitySeverity.NEGLIGIBLE), scan)
                        .allowed())
                .isTrue();
        Decision denied =
                decide(Vulnerabilities.deny(VulnerabilitySeverity.CRITICAL, VulnerabilitySeverity.HIGH), scan);
        assertThat(denied.reason())
                .endsWith("violates rule \"r\": the scan by ci of 2026-11-20T06:00:00Z found denied vulnerabilities"
                        + " (5 critical, 10 high): CVE-2026-00000 in package-0 1.2.3-4, CVE-2026-00010 in package-2 1.2.3-4,"
                        + " CVE-2026-00020 in package-4 1.2.3-4, and 12 more");
        assertThat(decide(Vulnerabilities.deny(VulnerabilitySeverity.HIGH).withFixableOnly(), scan)
                        .reason())
                .contains("(5 high): CVE-2026-00002 in ");
    }

    @Test
    @DisplayName("a report of Grype denies, and its other names are ignored")
    void grype() throws Exception {
        TestBundle scan = scan(TestReports.grype(5, DAY));
        assertThat(decide(critical, scan).reason()).contains("(1 critical): GHSA-0 in p-0 1");
        assertThat(decide(critical.withIgnored("CVE-2026-00000"), scan).allowed())
                .isTrue();
    }

    @Test
    @DisplayName("the newest scan decides, also if it cannot be read: an older good one does not count")
    void newest() throws Exception {
        TestBundle good = scan(TestReports.trivy(0, DAY));
        assertThat(decide(critical, good).allowed()).isTrue();
        String later = "2026-11-21T00:00:00Z";
        for (String newer : List.of(
                TestReports.trivy(1, later),
                TestReports.predicate("pkg:github/acme/scan@1", "{}", later),
                TestReports.trivy(1, later).replace("package-0", "p".repeat(70_000)),
                TestReports.trivy(1, later).replace("\"VulnerabilityID\":\"CVE-2026-00000\"", "\"x\":1"))) {
            assertThat(decide(critical, good, scan(newer)).allowed()).isFalse();
            assertThat(decide(critical, scan(newer), good).allowed()).isFalse();
        }
        String longDate = TestReports.trivy(0, "2".repeat(70_000));
        assertThat(decide(critical, good, scan(longDate)).reason())
                .endsWith(
                        "the scan by ci cannot be read: the predicate has a text of more than 65536 characters where a"
                                + " condition looks, or is not JSON");
        assertThat(decide(critical, scan(TestReports.trivy(1, "2026-11-19T00:00:00Z")), good)
                        .allowed())
                .isTrue();
    }

    @Test
    @DisplayName("a report with a name twice, and one that somebody else signed, do not count")
    void doNotCount() throws Exception {
        String twice =
                TestReports.trivy(0, DAY).replace("\"SchemaVersion\":2", "\"SchemaVersion\":2,\"SchemaVersion\":2");
        assertThat(decide(critical, scan(twice)).reason()).contains("is not valid JSON at line 1, column ");
        assertThat(decide(critical, attested(SECURITY, VULN, TestReports.trivy(0, DAY)))
                        .reason())
                .contains("it has no attestation vuln by ci that counts; found one signed with another key");
    }

    @Tag("slow")
    @Test
    @DisplayName("of 300 daily scans with more than can be kept, the newest decides")
    void manyScans() throws Exception {
        List<TestBundle> scans = IntStream.range(0, 300)
                .mapToObj(i -> scan(TestReports.grype(
                        i == 7 ? 0 : 300,
                        Instant.parse(DAY)
                                .minusSeconds(i == 7 ? 0 : 86_400L * (i + 1))
                                .toString())))
                .toList();
        Vulnerabilities all = Vulnerabilities.deny(VulnerabilitySeverity.values());
        assertThat(decide(all, scans.toArray(TestBundle[]::new)).reason()).isEmpty();
    }

    @Test
    @DisplayName("VEX attestations are read only if something is denied, and are kept")
    void vex() throws Exception {
        Vulnerabilities condition = critical.withVex(signer("security", SECURITY));
        TestBundle scan = scan(TestReports.trivy(1, DAY));
        TestBundle fixed = attested(SECURITY, VEX, TestReports.vex("CVE-2026-00000", "not_affected", DAY));
        try (SignedImages images = open()) {
            assertThat(decide(images, scanned(condition), scan, fixed).allowed())
                    .isTrue();
            int asked = registry.asked.size();
            assertThat(decide(images, scanned(condition), scan, fixed).allowed())
                    .isTrue();
            assertThat(registry.asked).hasSize(asked);
        }
        registry.asked.clear();
        assertThat(decide(condition, scan(TestReports.trivy(0, DAY))).allowed()).isTrue();
        int withoutVex = registry.asked.size();
        registry.asked.clear();
        assertThat(decide(condition, scan).allowed()).isFalse();
        assertThat(registry.asked).hasSizeGreaterThan(withoutVex);
    }

    @Test
    @DisplayName("VEX attestations by others, about others or older than one that says the opposite excuse nothing")
    void vexMisses() throws Exception {
        Signer security = signer("security", SECURITY);
        TestBundle scan = scan(TestReports.trivy(1, DAY));
        String fixed = TestReports.vex("CVE-2026-00000", "fixed", DAY);
        Vulnerabilities condition = critical.withVex(security);
        assertThat(decide(condition, scan).allowed()).isFalse();
        assertThat(decide(condition, scan, attested(CI, VEX, fixed)).allowed()).isFalse();
        assertThat(decide(condition, scan, attested(SECURITY, VEX, fixed.replace("CVE-2026-00000", "CVE-2026-00001")))
                        .allowed())
                .isFalse();
        String affected = TestReports.vex("CVE-2026-00000", "affected", "2026-11-20T06:00:01Z");
        assertThat(decide(condition, scan, attested(SECURITY, VEX, fixed), attested(SECURITY, VEX, affected))
                        .allowed())
                .isFalse();
        assertThat(decide(condition, scan, attested(SECURITY, VEX, "{}")).reason())
                .contains(
                        "it is unknown whether VEX statements by security excuse them: the VEX document has the @context");
    }

    @Test
    @DisplayName("the newest verification summary decides")
    void summaries() throws Exception {
        String image = registry.host() + "/acme/api";
        AttestationRule rule = AttestationRule.of(AttestationType.parse("vsa"), signer("ci", CI))
                .withMaxAge(Duration.ofDays(7))
                .with(new Where(new JsonPointer("/verificationResult"), ValueCondition.matches("PASSED")))
                .with(new Where(
                        new JsonPointer("/resourceUri"),
                        ValueCondition.matches("{registry}/{repository}", "{registry}/{repository}:*")))
                .with(new Where(new JsonPointer("/verifiedLevels"), ValueCondition.has("SLSA_BUILD_LEVEL_3")));
        TestBundle passed = attested(CI, VSA, TestReports.vsa(image, "PASSED", DAY));
        TestBundle failedBefore = attested(CI, VSA, TestReports.vsa(image, "FAILED", "2026-11-20T05:59:59Z"));
        TestBundle failedAfter = attested(CI, VSA, TestReports.vsa(image, "FAILED", "2026-11-20T06:00:01Z"));
        assertThat(decide(rule, passed, failedBefore).allowed()).isTrue();
        assertThat(decide(rule, passed, failedAfter).reason())
                .contains("/verificationResult is \"FAILED\"; expected \"PASSED\"");
        assertThat(decide(rule.withMaxAge(Duration.ofDays(5)), passed).allowed())
                .isFalse();
        TestBundle other = attested(CI, VSA, TestReports.vsa(image + "-tools:1", "PASSED", DAY));
        assertThat(decide(rule.with(new Where(new JsonPointer("/verifier/id"), ValueCondition.matches("*"))), other)
                        .reason())
                .contains("/resourceUri is \"" + image + "-tools:1\"");
    }
}
