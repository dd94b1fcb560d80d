package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.rule.SignatureRule;
import io.imagegate.rule.ValueCondition;
import io.imagegate.rule.Where;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import io.imagegate.signer.Unaccepted;
import io.imagegate.testkit.Facts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** What holds for every rule on signatures and attestations, and for all that can be found. */
class SignatureLawsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
    private static final Digest OTHER = Digest.parse("sha256:" + "b".repeat(64));
    private static final JsonPointer LEVEL = new JsonPointer("/level");
    private static final Signer A = signer("a");
    private static final Signer B = signer("b");
    private static final Signer C = signer("c");
    private static final AttestationType VULN = AttestationType.parse("vuln");

    private static final List<SignatureRule> SIGNATURES = List.of(
            SignatureRule.by(A),
            SignatureRule.by(A, B).withAtLeast(2),
            SignatureRule.by(A, B, C).withAtLeast(2).withMaxAge(Duration.ofDays(7)),
            SignatureRule.by(B).withAnnotations(Map.of("team", "pay*")));

    private static final List<AttestationRule> ATTESTATIONS = List.of(
            AttestationRule.of(AttestationType.parse("spdx"), A),
            AttestationRule.of(AttestationType.parse("spdx"), A, B).with(new Where(LEVEL, ValueCondition.matches("3"))),
            AttestationRule.of(VULN, A, C).withMaxAge(Duration.ofDays(7)),
            AttestationRule.of(VULN, A, B).with(new Where(LEVEL, ValueCondition.matches("3"))));

    private static Signer signer(String name) {
        return new KeylessSigner(name, Trust.of("public", "{}"), "https://issuer", PathGlob.parse(name), Map.of());
    }

    private static boolean allowed(Rule rule, Fact<Digest> digest, Fact<SignatureFacts> found) {
        ImageFacts facts = ImageFacts.at(NOW).with(Need.DIGEST, digest);
        for (SignatureRule each : SIGNATURES) {
            facts = facts.with(each.need(), found);
        }
        for (AttestationRule each : ATTESTATIONS) {
            facts = facts.with(each.need(), found);
        }
        PolicySet policies =
                PolicySet.of(Policy.builder("p").rule("r", rule).build()).withClock(InstantSource.fixed(NOW));
        Map<ImageReference, ImageFacts> byReference = Map.of(ImageReference.parse("nginx:1"), facts);
        return ImageGate.of(() -> policies, Facts.source(byReference))
                .decide(ImageReview.of("nginx:1"))
                .allowed();
    }

    private static boolean allowed(Rule rule, SignatureFacts found) {
        boolean allowed = allowed(rule, Fact.known(DIGEST), Fact.known(found));
        Statistics.label("allowed").collect(allowed);
        return allowed;
    }

    @Property(tries = 300)
    void noFactNoAllowance(@ForAll("trees") Rule rule, @ForAll("found") SignatureFacts found) {
        Fact<Digest> digest = Fact.known(DIGEST);
        assertThat(allowed(rule, digest, Fact.undecidable("open"))).isFalse();
        assertThat(allowed(rule, digest, Fact.unavailable("down"))).isFalse();
        assertThat(allowed(rule, Fact.undecidable("open"), Fact.known(found))).isFalse();
        assertThat(allowed(rule, Fact.unavailable("down"), Fact.known(found))).isFalse();
    }

    @Property
    void theOrderDoesNotMatter(
            @ForAll("trees") Rule rule, @ForAll("signatures") List<SignedBy> verified, @ForAll long seed) {
        List<SignedBy> shuffled = new ArrayList<>(verified);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(allowed(rule, SignatureFacts.of(shuffled))).isEqualTo(allowed(rule, SignatureFacts.of(verified)));
    }

    @Property
    void whatIsUnknownNeverAllowsWhatWouldBeDenied(
            @ForAll("trees") Rule rule, @ForAll("found") SignatureFacts found, @ForAll boolean down) {
        SignatureFacts less = down ? found.withUnavailable("down") : found.withUnread("a limit");
        if (allowed(rule, less)) {
            assertThat(allowed(rule, found)).isTrue();
        }
    }

    @Property
    void whatOthersSignedChangesNoDecision(@ForAll("trees") Rule rule, @ForAll("signatures") List<SignedBy> verified) {
        List<SignedBy> more = new ArrayList<>(verified);
        more.add(SignedBy.of(signer("stranger"), Signatory.key("sha256:1"), DIGEST)
                .withIssued(NOW)
                .withAnnotations(Map.of("team", "payments")));
        more.add(SignedBy.of(A, Signatory.key("sha256:2"), OTHER).withIssued(NOW));
        boolean before = allowed(rule, SignatureFacts.of(verified));
        assertThat(allowed(rule, SignatureFacts.of(more))).isEqualTo(before);
        SignatureFacts others =
                SignatureFacts.of(verified).withOthers(List.of(Unaccepted.because("one that is broken")));
        assertThat(allowed(rule, others)).isEqualTo(before);
    }

    @Property
    void oneSignatureMoreNeverDenies(
            @ForAll("signatureRules") SignatureRule rule, @ForAll("signatures") List<SignedBy> verified) {
        List<SignedBy> fewer = verified.subList(0, verified.size() / 2);
        if (allowed(rule, SignatureFacts.of(fewer))) {
            assertThat(allowed(rule, SignatureFacts.of(verified))).isTrue();
        }
    }

    @Property
    void neverMoreSignersThanParties(@ForAll("signatures") List<SignedBy> verified) {
        SignatureRule two = SIGNATURES.get(1);
        Set<Signatory> parties = new HashSet<>();
        verified.forEach(signed -> parties.add(signed.signatory()));
        if (allowed(two, SignatureFacts.of(verified))) {
            assertThat(parties).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Provide
    Arbitrary<SignatureRule> signatureRules() {
        return Arbitraries.of(SIGNATURES);
    }

    @Provide
    Arbitrary<Rule> trees() {
        List<Rule> leaves = new ArrayList<>(SIGNATURES);
        leaves.addAll(ATTESTATIONS);
        return Arbitraries.recursive(
                () -> Arbitraries.of(leaves),
                below -> {
                    Arbitrary<Rule[]> parts =
                            below.array(Rule[].class).ofMinSize(1).ofMaxSize(3);
                    return Arbitraries.oneOf(parts.map(Rules::anyOf), parts.map(Rules::allOf), below.map(Rules::not));
                },
                0,
                2);
    }

    @Provide
    Arbitrary<SignatureFacts> found() {
        Arbitrary<Unaccepted> others = Arbitraries.of(
                Unaccepted.because("one by another key sha256:9"), Unaccepted.undecidable("one in an unknown form"));
        return Combinators.combine(signatures(), others.list().ofMaxSize(2))
                .as((verified, more) -> SignatureFacts.of(verified).withOthers(more));
    }

    @Provide
    Arbitrary<List<SignedBy>> signatures() {
        Arbitrary<Signatory> parties =
                Arbitraries.of("1", "2", "3").map(name -> Signatory.identity(name, "https://issuer"));
        Arbitrary<Integer> days = Arbitraries.of(-1, 0, 3, 7, 8);
        return Combinators.combine(
                        Arbitraries.of(A, B, C),
                        parties,
                        Arbitraries.frequency(Tuple.of(5, DIGEST), Tuple.of(1, OTHER)),
                        days,
                        Arbitraries.of("payments", "ops"),
                        Arbitraries.of("3", "2"),
                        Arbitraries.of(NOW, Instant.MAX, NOW.minusSeconds(1)))
                .as(SignatureLawsTest::signed)
                .list()
                .ofMaxSize(6);
    }

    private static SignedBy signed(
            Signer signer, Signatory party, Digest digest, int days, String team, String level, Instant until) {
        Instant made = NOW.minus(Duration.ofDays(days));
        Map<JsonPointer, PredicateValue> predicate = new HashMap<>();
        predicate.put(LEVEL, PredicateValue.text(level));
        predicate.put(VULN.date().orElseThrow(), PredicateValue.text(made.toString()));
        return SignedBy.of(signer, party, digest)
                .withIssued(made)
                .withInterval(Instant.MIN, until)
                .withAnnotations(Map.of("team", team))
                .withPredicate(VULN.uri(), predicate);
    }
}
