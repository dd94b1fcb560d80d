package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.ScanReport;
import io.imagegate.predicate.VexDocument;
import io.imagegate.predicate.VulnerabilitySeverity;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.StoredSignature;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureFinding;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One byte is changed in signed scan results, VEX documents and verification summaries, also within their base64. The build makes
 * 750 changes of each; {@code -Dimagegate.changes=20000} makes more.
 */
@Tag("slow")
class AttestationByteChangesTest {

    private static final int CHANGES = Tier.tries("imagegate.changes", 60, 150, 750);
    private static final Digest IMAGE = Digest.parse("sha256:" + "a".repeat(64));
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final String DAY = "2026-11-20T06:00:00Z";
    private static final Pattern PAYLOAD = Pattern.compile("(?<=\"payload\":\")[A-Za-z0-9+/=]+");
    private static final TestKey KEY = TestKey.p256();

    private record Sample(
            String name, String type, String predicate, Set<ContentQuery<?>> queries, Set<JsonPointer> pointers) {

        String bundle() {
            return TestBundle.by(KEY)
                    .payload(TestBundle.statement(IMAGE, type, predicate))
                    .json();
        }

        /** Another predicate in the place of this one. */
        Sample with(String part, String other) {
            assertThat(predicate).contains(part);
            return new Sample(name, type, predicate.replace(part, other), queries, pointers);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> samples() {
        Set<ContentQuery<?>> scan = Set.of(ScanReport.query(EnumSet.allOf(VulnerabilitySeverity.class), false));
        Set<JsonPointer> date = Set.of(new JsonPointer("/metadata/scanFinishedOn"));
        return List.of(
                new Sample("a report of Trivy", TestReports.VULN, TestReports.trivy(2, DAY), scan, date),
                new Sample("a report of Grype", TestReports.VULN, TestReports.grype(2, DAY), scan, date),
                new Sample(
                        "a VEX document",
                        TestReports.VEX,
                        TestReports.vex("CVE-2026-1", "not_affected", DAY),
                        Set.of(VexDocument.query()),
                        Set.of()),
                new Sample(
                        "a verification summary",
                        TestReports.VSA,
                        TestReports.vsa("ghcr.io/acme/api", "PASSED", DAY),
                        Set.of(),
                        Stream.of(
                                        "/timeVerified",
                                        "/resourceUri",
                                        "/verificationResult",
                                        "/verifier/id",
                                        "/verifiedLevels")
                                .map(JsonPointer::new)
                                .collect(java.util.stream.Collectors.toSet())));
    }

    /** What is found in a bundle; empty if it does not count. */
    private static Optional<SignedBy> found(Sample sample, byte[] bundle) throws Exception {
        Signer ci = new KeySigner("ci", List.of(SignedDecisionsTest.key(KEY.pem())), Optional.empty());
        AttestationNeed need = new AttestationNeed(
                sample.type,
                List.of(ci),
                sample.pointers,
                sample.queries,
                new AttestationType(sample.type).newestCounts());
        StoredSignature signature = StoredSignature.bundle(bundle);
        Verdict verdict = Verifier.create().verify(signature, Artifact.of(IMAGE), ci, NOW);
        if (verdict instanceof Verdict.Undecidable undecidable) {
            assertThat(undecidable.message()).doesNotStartWith("internal error");
        }
        if (verdict instanceof Verdict.Verified verified
                && verified.content()
                        .predicateType()
                        .filter(sample.type::equals)
                        .isEmpty()) {
            throw new AssertionError("another type: " + verified);
        }
        SignatureCollector collector = new SignatureCollector(IMAGE, need);
        collector.visit(new SignatureFinding(IMAGE, 0, List.of(verdict), Optional.of(signature), Artifact.of(IMAGE)));
        Fact<SignatureFacts> facts = collector.facts(new SearchEnd(true, 1, Optional.empty(), ""));
        return facts.value().flatMap(all -> all.verified().stream().findFirst());
    }

    private static List<Object> meaning(SignedBy signed) {
        return List.of(
                signed.predicate(),
                signed.contents().values().stream().map(Fact::value).toList(),
                signed.unreadReason(),
                signed.signatory(),
                signed.digest(),
                signed.until());
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("no change is accepted with another meaning, and none leads to a fault")
    void changed(Sample sample) throws Exception {
        Random random = new Random(20261126);
        byte[] before = sample.bundle().getBytes(StandardCharsets.ISO_8859_1);
        List<Object> meaning = meaning(found(sample, before).orElseThrow());
        int accepted = 0;
        for (int i = 0; i < CHANGES; i++) {
            byte[] after = random.nextBoolean() ? flipped(before, random) : flippedPayload(before, random);
            Optional<SignedBy> found = found(sample, after);
            if (found.isPresent()) {
                accepted++;
                assertThat(meaning(found.get()))
                        .as("change %s of %s", i, sample)
                        .isEqualTo(meaning);
            }
        }
        System.out.println(CHANGES + " changes of one byte in " + sample
                + ": 0 accepted with another meaning, with the same " + accepted);
        // Only the hint of the key, and unknown text around what was signed, may change.
        assertThat(accepted).isLessThan(CHANGES / 10);
    }

    @ParameterizedTest
    @CsvSource({
        "0, CRITICAL, LOW",
        "0, CVE-2026-00001, CVE-2026-00003",
        "0, 2026-11-20, 2026-11-21",
        "1, HIGH, LOW",
        "1, CVE-2026-00000, CVE-2026-00009",
        "2, not_affected, affected",
        "2, CVE-2026-1, CVE-2026-2",
        "2, 2026-11-20, 2026-11-21",
        "3, PASSED, FAILED",
        "3, acme/api, acme/apo",
        "3, LEVEL_3, LEVEL_2",
        "3, verifier.example, verifier.examples",
        "3, 2026-11-20, 2026-11-21",
    })
    @DisplayName("another meaning, if it were accepted, would be noticed")
    void anotherMeaning(int sample, String part, String other) throws Exception {
        Sample original = samples().get(sample);
        assertThat(meaningOf(original)).isEqualTo(meaningOf(original));
        assertThat(meaningOf(original.with(part, other))).isNotEqualTo(meaningOf(original));
    }

    private static List<Object> meaningOf(Sample sample) throws Exception {
        return meaning(found(sample, sample.bundle().getBytes(StandardCharsets.ISO_8859_1))
                .orElseThrow());
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] copy = bytes.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 + random.nextInt(255));
        return copy;
    }

    /** Changes a byte of the statement. */
    private static byte[] flippedPayload(byte[] bytes, Random random) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        MatchResult payload = PAYLOAD.matcher(text).results().findFirst().orElseThrow();
        String other =
                Base64.getEncoder().encodeToString(flipped(Base64.getDecoder().decode(payload.group()), random));
        return (text.substring(0, payload.start()) + other + text.substring(payload.end()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
