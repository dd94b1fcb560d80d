package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An answer from a cache")
class KeptAnswerTest {

    private static final Digest DIGEST = SignerSamples.DIGEST;
    private static final Signer RELEASE = SignerSamples.key("release", 1);
    private static final Signer PARTNER = SignerSamples.key("partner", 2);
    private static final SignatureRule ONE = SignatureRule.by(RELEASE, PARTNER);
    private static final SignatureRule BOTH = ONE.withAtLeast(2);
    private static final FreshNeed<SignatureFacts> AGAIN = new FreshNeed<>(BOTH.need());
    private static final SignedBy FIRST = SignedBy.of(RELEASE, Signatory.key("sha256:11"), DIGEST);
    private static final SignedBy SECOND = SignedBy.of(PARTNER, Signatory.key("sha256:22"), DIGEST);

    private static Fact<SignatureFacts> signed(SignedBy... by) {
        return Fact.known(SignatureFacts.of(List.of(by)));
    }

    private static ImageFacts facts(Fact<SignatureFacts> found) {
        return ImageFacts.at(SignerSamples.NOW)
                .with(Need.DIGEST, Fact.known(DIGEST))
                .with(BOTH.need(), found);
    }

    private static Finding check(Rule rule, ImageFacts facts) {
        return rule.check(SignerSamples.candidate("a:1", facts));
    }

    @Test
    @DisplayName("is used while it satisfies, and else asked for again")
    void asksAgain() {
        ImageFacts kept = facts(signed(FIRST).asCached());
        assertThat(kept.needsOf(facts -> assertThat(check(ONE, facts).outcome()).isEqualTo(Outcome.SATISFIED)))
                .isEmpty();
        assertThat(kept.needsOf(
                        facts -> assertThat(check(BOTH, facts).outcome()).isEqualTo(Outcome.PENDING)))
                .containsExactly(AGAIN);
        assertThat(AGAIN).hasToString("signatures by release, partner");
    }

    @Test
    @DisplayName("is replaced by the new one, whatever that says")
    void newAnswer() {
        ImageFacts kept = facts(signed(FIRST).asCached());
        assertThat(check(BOTH, kept.with(AGAIN, signed(FIRST, SECOND).asCached()))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(BOTH, kept.with(AGAIN, signed(SECOND))))
                .hasToString("VIOLATED: it is signed by partner,"
                        + " expected 2 of release, partner; no other signature was found");
        assertThat(check(BOTH, kept.with(AGAIN, Fact.unavailable("down")))).hasToString("UNAVAILABLE: down");
    }

    @Test
    @DisplayName("that nothing exists is not asked for again, nor is what was just looked up")
    void recent() {
        assertThat(check(BOTH, facts(Fact.<SignatureFacts>absent("none").asCached()))
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
        assertThat(check(BOTH, facts(signed(FIRST))).outcome()).isEqualTo(Outcome.VIOLATED);
    }
}
