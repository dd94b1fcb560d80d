package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.VulnerabilitySeverity;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.CosignSignature;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureFinding;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.NamedSigner;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.SignerKeys;
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
import org.junit.jupiter.api.Test;

/**
 * One byte is changed in signed scan results, VEX documents and verification summaries, also within their base64. The build makes
 * 3,000 changes; {@code -Dimagegate.changes=20000} makes more.
 */
@Tag("slow")
class AttestationByteChangesTest {

    private static final int CHANGES = Integer.getInteger("imagegate.changes", 3_000);
    private static final Digest IMAGE = Digest.parse("sha256:" + "a".repeat(64));
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final String DAY = "2026-11-20T06:00:00Z";
    private static final Pattern PAYLOAD = Pattern.compile("(?<=\"payload\":\")[A-Za-z0-9+/=]+");
    private static final TestKey KEY = TestKey.p256();
    private static final PolicySigners SIGNERS = new PolicySigners();

    private record Sample(String type, String predicate, Optional<ContentQuery> query, Set<JsonPointer> pointers) {

        String bundle() {
            return TestBundle.by(KEY)
                    .payload(TestBundle.statement(IMAGE, type, predicate))
                    .json();
        }
    }

    private static List<Sample> samples() {
        Optional<ContentQuery> scan = Optional.of(ContentQuery.scan(EnumSet.allOf(VulnerabilitySeverity.class), false));
        Set<JsonPointer> date = Set.of(new JsonPointer("/metadata/scanFinishedOn"));
        return List.of(
                new Sample(TestReports.VULN, TestReports.trivy(2, DAY), scan, date),
                new Sample(TestReports.VULN, TestReports.grype(2, DAY), scan, date),
                new Sample(
                        TestReports.VEX,
                        TestReports.vex("CVE-2026-1", "not_affected", DAY),
                        Optional.of(ContentQuery.vex()),
                        Set.of()),
                new Sample(
                        TestReports.VSA,
                        TestReports.vsa("ghcr.io/acme/api", "PASSED", DAY),
                        Optional.empty(),
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
        NamedSigner ci = new SignerKeys("ci", List.of(SignedDecisionsTest.key(KEY.pem())), Optional.empty());
        AttestationNeed need = new AttestationNeed(sample.type, List.of(ci), sample.pointers, sample.query);
        CosignSignature signature = CosignSignature.bundle(bundle);
        Verdict verdict = Verifier.create().verify(signature, Artifact.of(IMAGE), SIGNERS.of(ci), NOW);
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
                signed.content().value(),
                signed.content().reason(),
                signed.party(),
                signed.digest(),
                signed.until());
    }

    @Test
    @DisplayName("no change is accepted with another meaning, and none leads to a fault")
    void changed() throws Exception {
        Random random = new Random(20261126);
        List<Sample> samples = samples();
        List<byte[]> bundles = samples.stream()
                .map(sample -> sample.bundle().getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        int accepted = 0;
        for (int i = 0; i < CHANGES; i++) {
            Sample sample = samples.get(i % samples.size());
            byte[] before = bundles.get(i % samples.size());
            List<Object> meaning = meaning(found(sample, before).orElseThrow());
            byte[] after = random.nextBoolean() ? flipped(before, random) : flippedPayload(before, random);
            Optional<SignedBy> found = found(sample, after);
            if (found.isPresent()) {
                accepted++;
                assertThat(meaning(found.get()))
                        .as("change %s of %s", i, sample.type)
                        .isEqualTo(meaning);
            }
        }
        System.out.println(CHANGES + " changes of one byte: " + accepted + " accepted, all with the same meaning");
        // Only the hint of the key, and unknown text around what was signed, may change.
        assertThat(accepted).isLessThan(CHANGES / 10);
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
