package io.imagegate.signature.fact;

import static io.imagegate.signature.fact.TestReports.VEX;
import static io.imagegate.signature.fact.TestReports.VSA;
import static io.imagegate.signature.fact.TestReports.VULN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.imagegate.Tier;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.VulnerabilitySeverity;
import io.imagegate.reference.Digest;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryEntry;
import io.imagegate.registry.RegistryLimits;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.ValueCondition;
import io.imagegate.rule.Vulnerabilities;
import io.imagegate.rule.Where;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestCertificate;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.CertificateSigner;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.Signer;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A statement by a wanted signer that cannot be read may be the newest: an older clean one does not decide. What others signed,
 * and what is about another digest or of another type, changes nothing.
 */
class UnreadableStatementsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final String LAST_WEEK = "2026-11-20T06:00:00Z";
    private static final String YESTERDAY = StatementLimit.DATE;
    private static final TestKey CI = TestKey.p256();
    private static final TestKey SECURITY = TestKey.p256();
    private static final TestKey STRANGER = TestKey.p256();

    private static final TestRegistry REGISTRY = new TestRegistry();
    private static final Registries REGISTRIES = Registries.of(ImageRegistries.builder()
            .add(RegistryEntry.builder(REGISTRY.host()).plainHttp().build())
            .cache(TestRegistry.onlyVerified())
            .limits(RegistryLimits.builder()
                    .cacheBytes(1 << 20)
                    .bodyBytes(8 << 20)
                    .attestationBytes(4 << 20)
                    .build())
            .build());
    private static final Digest API = REGISTRY.image("acme/api", "v1", "api");

    @AfterAll
    static void close() {
        REGISTRIES.close();
        REGISTRY.close();
    }

    /** Whose newest statement decides. */
    enum Kind {
        SCAN(VULN),
        SUMMARY(VSA),
        VEX_DOCUMENT(VEX);

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        TestKey key() {
            return this == VEX_DOCUMENT ? SECURITY : CI;
        }

        private String predicate(boolean clean, String date) {
            return switch (this) {
                case SCAN -> TestReports.trivy(clean ? 0 : 1, date);
                case SUMMARY -> TestReports.vsa("any", clean ? "PASSED" : "FAILED", date);
                case VEX_DOCUMENT -> TestReports.vex("CVE-2026-00000", clean ? "fixed" : "affected", date);
            };
        }

        String statement(Digest about, boolean clean, String date) {
            return TestBundle.statement(about, type, predicate(clean, date));
        }

        AttestationRule rule() throws Exception {
            Signer ci = signer("ci", CI);
            return switch (this) {
                case SCAN ->
                    AttestationRule.of(AttestationType.parse("vuln"), ci)
                            .with(Vulnerabilities.deny(VulnerabilitySeverity.CRITICAL));
                case SUMMARY ->
                    AttestationRule.of(AttestationType.parse("vsa"), ci)
                            .with(new Where(new JsonPointer("/verificationResult"), ValueCondition.matches("PASSED")));
                case VEX_DOCUMENT ->
                    AttestationRule.of(AttestationType.parse("vuln"), ci)
                            .with(Vulnerabilities.deny(VulnerabilitySeverity.CRITICAL)
                                    .withVex(signer("security", SECURITY)));
            };
        }
    }

    private static Signer signer(String name, TestKey key) throws Exception {
        return new KeySigner(name, List.of(SignedDecisionsTest.key(key.pem())), Optional.empty());
    }

    /** Decides with a clean statement of last week and others beside it. */
    private Decision decide(Kind kind, TestBundle... others) throws Exception {
        TestBundle clean = TestBundle.by(kind.key()).payload(kind.statement(API, true, LAST_WEEK));
        TestBundle scan = TestBundle.by(CI).payload(Kind.SCAN.statement(API, false, LAST_WEEK));
        Stream<TestBundle> found = kind == Kind.VEX_DOCUMENT ? Stream.of(scan, clean) : Stream.of(clean);
        return decide(kind.rule(), Stream.concat(found, Stream.of(others)).toArray(TestBundle[]::new));
    }

    private Decision decide(AttestationRule rule, TestBundle... bundles) {
        REGISTRY.bundles("acme/api", API, bundles);
        PolicySet policies =
                PolicySet.of(Policy.builder("scanned").rule("r", rule).build()).withClock(() -> NOW);
        String image = REGISTRY.image("acme/api", API).text();
        try (SignedImages images = new SignedImages(REGISTRIES, Verifier.create(), answer -> {}, () -> NOW)) {
            return ImageGate.of(() -> policies, images).decide(ImageReview.of(image), Duration.ofMinutes(2));
        }
    }

    static Stream<Arguments> limits() {
        return limits(Kind.values().length);
    }

    /** All kinds in higher tiers. */
    static Stream<Arguments> limitsOfTier() {
        return limits(Tier.tries(1, Kind.values().length));
    }

    private static Stream<Arguments> limits(int kinds) {
        return Stream.of(Kind.values())
                .limit(kinds)
                .flatMap(kind -> Stream.of(StatementLimit.values()).map(limit -> Arguments.of(kind, limit)));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is satisfied by the clean one alone, and not by a newer one that is read")
    void readable(Kind kind) throws Exception {
        assertThat(decide(kind).reason()).isEmpty();
        TestBundle newer = TestBundle.by(kind.key()).payload(kind.statement(API, false, YESTERDAY));
        assertThat(decide(kind, newer).reason())
                .doesNotContain("cannot be read", "unknown")
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("limits")
    @DisplayName("leaves the demand undecidable, whatever older ones say")
    void unreadable(Kind kind, StatementLimit limit) throws Exception {
        String newer = limit.applied(kind.statement(API, false, YESTERDAY));
        assertThat(decide(kind, TestBundle.by(kind.key()).payload(newer)).reason())
                .containsAnyOf(
                        "cannot be read: the statement ",
                        "cannot be read: the predicate ",
                        "it is unknown whether VEX statements by security excuse them: ",
                        " bytes, expected at most 4194304");
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("limitsOfTier")
    @DisplayName("changes nothing if a stranger signed it")
    void strangers(Kind kind, StatementLimit limit) throws Exception {
        assumeThat(limit).isNotEqualTo(StatementLimit.SIZE);
        String newer = limit.applied(kind.statement(API, false, YESTERDAY));
        assertThat(decide(kind, TestBundle.by(STRANGER).payload(newer)).reason())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("limits")
    @DisplayName("changes nothing if its subjects can be read and are others, wherever they stand")
    void otherDigest(Kind kind, StatementLimit limit) throws Exception {
        String newer = kind.statement(StatementLimit.OTHER, false, YESTERDAY);
        for (String statement : List.of(newer, subjectsLast(newer))) {
            Decision decision = decide(kind, TestBundle.by(kind.key()).payload(limit.applied(statement)));
            assertThat(decision.allowed()).as(decision.reason()).isEqualTo(limit.leavesSubjects());
        }
    }

    /** Moves the subjects and the type behind the predicate, as whoever sorts names writes them. */
    private static String subjectsLast(String statement) {
        int subject = statement.indexOf("\"subject\":");
        int predicate = statement.indexOf("\"predicate\":");
        int end = statement.length() - 1;
        return statement.substring(0, subject) + statement.substring(predicate, end) + ","
                + statement.substring(subject, predicate - 1) + "}";
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("limitsOfTier")
    @DisplayName("changes nothing if its type can be read and is another one")
    void otherType(Kind kind, StatementLimit limit) throws Exception {
        assumeThat(limit).isNotEqualTo(StatementLimit.SIZE);
        String other = kind.statement(API, false, YESTERDAY).replace(kind.type, "https://cyclonedx.org/bom");
        for (String statement : List.of(other, subjectsLast(other))) {
            Decision decision = decide(kind, TestBundle.by(kind.key()).payload(limit.applied(statement)));
            assertThat(decision.allowed()).as(decision.reason()).isEqualTo(limit != StatementLimit.NO_JSON);
        }
    }

    @Test
    @DisplayName("does not take the date of its certificate for that of the statement")
    void certificateDate() throws Exception {
        TestCertificate root = TestCertificate.root("acme root");
        TestCertificate leaf = new TestCertificate()
                .usage(0x80)
                .purposes(false, TestCertificate.CODE_SIGNING)
                .name("2.5.4.3", "ci")
                .lives(Instant.parse("2026-11-25T12:00:00Z"), Instant.parse("2026-11-26T12:00:00Z"))
                .issuedBy(root);
        Signer office = new CertificateSigner(
                "office",
                List.of(certificate(root)),
                Optional.of("CN=ci"),
                Optional.empty(),
                List.of(),
                Optional.empty());
        AttestationRule rule = AttestationRule.of(AttestationType.parse("vuln"), office)
                .with(Vulnerabilities.deny(VulnerabilitySeverity.CRITICAL));
        TestBundle clean = TestBundle.by(leaf).payload(Kind.SCAN.statement(API, true, "2026-11-25T18:00:00Z"));
        assertThat(decide(rule, clean).reason()).isEmpty();
        for (StatementLimit limit : List.of(StatementLimit.LONG_TEXT, StatementLimit.LONG_NAME)) {
            String newer = limit.applied(Kind.SCAN.statement(API, false, YESTERDAY));
            assertThat(decide(rule, clean, TestBundle.by(leaf).payload(newer)).reason())
                    .contains("the scan by office cannot be read");
        }
    }

    private static X509Certificate certificate(TestCertificate certificate) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
    }

    @Test
    @DisplayName("of other types lets another one satisfy")
    void where() throws Exception {
        AttestationRule rule = AttestationRule.of(new AttestationType("https://a.example"), signer("ci", CI))
                .with(new Where(new JsonPointer("/level"), ValueCondition.matches("3")));
        TestBundle good = TestBundle.by(CI).payload(TestBundle.statement(API, "https://a.example", "{\"level\":3}"));
        String newer = TestBundle.statement(API, "https://a.example", "{\"level\":1}");
        for (StatementLimit limit :
                List.of(StatementLimit.LONG_NAME, StatementLimit.NAME_TWICE, StatementLimit.MANY_SUBJECTS)) {
            TestBundle unreadable = TestBundle.by(CI).payload(limit.applied(newer));
            assertThat(decide(rule, good, unreadable).reason()).isEmpty();
            assertThat(decide(rule, unreadable).allowed()).isFalse();
        }
    }
}
