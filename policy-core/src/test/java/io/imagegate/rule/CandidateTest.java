package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A candidate")
class CandidateTest {

    private static final Instant NOW = SignerSamples.NOW;

    private static Candidate candidate(String image) {
        ImageReview review = ImageReview.of(image);
        return Candidate.of(ImageReference.parse(image), review.images().get(0), review);
    }

    private static PatternSet patterns(String... texts) {
        return PatternSet.of(Stream.of(texts).map(ImagePattern::parse).toList());
    }

    @Test
    @DisplayName("has the instant of the decision, or that of its facts")
    void instant() {
        Candidate alone = candidate("nginx:1").withFacts(ImageFacts.at(NOW));
        assertThat(alone.instant()).isEqualTo(NOW);
        ImageReview review = ImageReview.of("nginx:1");
        Candidate decided = Candidate.of(
                ImageReference.parse("nginx:1"),
                review.images().get(0),
                review,
                InstantSource.fixed(NOW.plusSeconds(1)));
        assertThat(decided.withFacts(ImageFacts.at(NOW)).instant()).isEqualTo(NOW.plusSeconds(1));
        assertThat(decided).hasToString(review.images().get(0).toString());
    }

    @Test
    @DisplayName("that gets a digest matches patterns with one, and has its algorithm")
    void expectingDigest() {
        PatternSet pinned = patterns("nginx@sha256:*");
        Candidate plain = candidate("nginx:1");
        Candidate expecting = plain.expectingDigest();
        assertThat(plain.digestAlgorithm()).isEmpty();
        assertThat(expecting.digestAlgorithm()).contains("sha256");
        assertThat(candidate("nginx@" + SignerSamples.DIGEST).digestAlgorithm()).contains("sha256");
        assertThat(plain.coverage(patterns("nginx:1"))).isEqualTo(Coverage.COVERED);
        assertThat(plain.coverage(patterns("nginx:2"))).isEqualTo(Coverage.NOT_COVERED);
        assertThat(expecting.coverage(patterns("nginx:2"))).isEqualTo(Coverage.NOT_COVERED);
        assertThat(expecting.hasDigest()).isTrue();
        assertThat(plain.hasDigest()).isFalse();
        assertThat(plain.first(pinned)).isEmpty();
        assertThat(expecting.first(pinned)).isEqualTo(pinned.firstPinned(plain.reference()));
        assertThat(expecting.coverage(pinned))
                .isEqualTo(Coverage.of(pinned.firstPinned(plain.reference()).isPresent()));
    }

    @Test
    @DisplayName(
            "whose registry may be read as an address is neither covered nor uncovered by patterns of that address")
    void address() {
        Candidate unusual = candidate("127.1:5000/x");
        assertThat(unusual.coverage(patterns("127.0.0.1:5000/**"))).isEqualTo(Coverage.UNKNOWN);
        assertThat(unusual.coverage(patterns("127.1:5000/**"))).isEqualTo(Coverage.COVERED);
        assertThat(unusual.coverage(patterns("127.0.0.2:5000/**"))).isEqualTo(Coverage.NOT_COVERED);
        assertThat(candidate("127.0.0.1:5000/x").coverage(patterns("127.0.0.2:5000/**")))
                .isEqualTo(Coverage.NOT_COVERED);
        assertThat(AddressReading.of(unusual, patterns("127.0.0.1:5000/**")))
                .hasValueSatisfying(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.UNDECIDABLE));
        assertThat(AddressReading.of(unusual, patterns("127.0.0.2:5000/**"))).isEmpty();
        assertThat(AddressReading.of(candidate("nginx"), patterns("**"))).isEmpty();
        Finding denied = Rules.deny(patterns("127.0.0.1:5000/**")).check(unusual);
        assertThat(denied.outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(Rules.allow(patterns("127.0.0.1:5000/**")).check(unusual).outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
        assertThat(Rules.allow(patterns("127.0.0.2:5000/**")).check(unusual).outcome())
                .isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("has a pending finding of a rule that asks for a pending fact, whatever the rule makes of it")
    void pending() {
        assertThat(candidate("nginx").findingOf(image -> {
                    image.facts().digest();
                    return Finding.satisfied();
                }))
                .isEqualTo(Finding.pending());
        assertThat(candidate("nginx").findingOf(image -> {
                    image.facts();
                    return Finding.satisfied();
                }))
                .isEqualTo(Finding.satisfied());
        assertThat(candidate("nginx").findingOf(image -> {
                    throw new IllegalStateException(
                            image.facts().digest().value().isEmpty() ? "pending" : "known");
                }))
                .isEqualTo(Finding.pending());
    }

    @Test
    @DisplayName("lets a rule throw that asked for no pending fact")
    void thrown() {
        Candidate image = candidate("nginx");
        assertThatThrownBy(() -> image.findingOf(asked -> {
                    throw new IllegalStateException("x");
                }))
                .isInstanceOf(IllegalStateException.class);
        Candidate known =
                candidate("nginx").withFacts(ImageFacts.at(NOW).with(Need.DIGEST, Fact.known(SignerSamples.DIGEST)));
        assertThatThrownBy(() -> known.findingOf(asked -> {
                    asked.facts().digest();
                    throw new IllegalStateException("x");
                }))
                .isInstanceOf(IllegalStateException.class);
        Candidate broken = candidate("nginx");
        assertThatThrownBy(() -> broken.findingOf(asked -> {
                    asked.facts().digest();
                    throw new OutOfMemoryError();
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    @DisplayName("has a rule check it once if that asks for no facts, and with recorded facts if it does")
    void once() {
        AtomicInteger calls = new AtomicInteger();
        Candidate image = candidate("nginx");
        assertThat(image.findingOf(asked -> {
                    calls.incrementAndGet();
                    return Finding.satisfied();
                }))
                .isEqualTo(Finding.satisfied());
        assertThat(calls).hasValue(1);
        assertThat(image.withFacts(ImageFacts.NONE)).isSameAs(image);
        assertThat(Rules.allOf(asked -> Finding.satisfied()).check(image).outcome())
                .isEqualTo(Outcome.SATISFIED);
    }
}
