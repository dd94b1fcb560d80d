package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Unaccepted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rule on signatures")
class SignatureRuleTest {

    private static final Instant NOW = SignerSamples.NOW;
    private static final Digest DIGEST = SignerSamples.DIGEST;
    private static final Digest OTHER = SignerSamples.digest("b");
    private static final Signer RELEASE = SignerSamples.key("release", 1);
    private static final Signer PARTNER = SignerSamples.key("partner", 2);
    private static final Signer CI = SignerSamples.keyless("ci", "https://github.com/acme/*/release.yml@refs/tags/*");
    private static final Signatory KEY = Signatory.key("sha256:11");
    private static final Signatory IDENTITY = Signatory.identity("https://github.com/acme/api/x", "https://issuer");

    private static Finding check(SignatureRule rule, SignatureFacts facts) {
        return check(rule, "ghcr.io/acme/api:1", Fact.known(DIGEST), Fact.known(facts));
    }

    private static Finding check(SignatureRule rule, SignedBy... verified) {
        return check(rule, SignatureFacts.of(List.of(verified)));
    }

    private static Finding check(SignatureRule rule, String image, Fact<Digest> digest, Fact<SignatureFacts> facts) {
        return rule.check(SignerSamples.candidate(
                image, ImageFacts.at(NOW).with(Need.DIGEST, digest).with(rule.need(), facts)));
    }

    private static SignedBy by(Signer signer, Signatory signatory) {
        return SignedBy.of(signer, signatory, DIGEST);
    }

    @Test
    @DisplayName("is satisfied by a signature of one signer, and names it")
    void signed() {
        assertThat(check(SignatureRule.by(RELEASE, CI), by(CI, IDENTITY))).hasToString("SATISFIED: signed by ci");
    }

    @Test
    @DisplayName("does not count somebody else's signature, and says whose it is")
    void otherSigner() {
        assertThat(check(SignatureRule.by(RELEASE, CI), by(PARTNER, KEY)))
                .hasToString("VIOLATED: it is not signed by release or ci; none was found");
        SignatureFacts found = SignatureFacts.of(List.of())
                .withOthers(List.of(
                        Unaccepted.because("one by another " + Signatory.key("sha256:22")),
                        Unaccepted.because("one by another " + IDENTITY),
                        Unaccepted.because("one without a log entry"),
                        Unaccepted.because("one for another digest")));
        assertThat(check(SignatureRule.by(RELEASE, CI), found))
                .hasToString("VIOLATED: it is not signed by release or ci; one by another key sha256:22, one by another"
                        + " identity \"https://github.com/acme/api/x\" of issuer \"https://issuer\", one without a log entry,"
                        + " and 1 more");
    }

    @Test
    @DisplayName("counts no signature of another digest, also if the name has the digest")
    void otherDigest() {
        SignedBy other = SignedBy.of(RELEASE, KEY, OTHER);
        String sentence =
                "VIOLATED: it is not signed by release; the signature by release (key sha256:11) is for another"
                        + " digest, " + OTHER;
        SignatureRule rule = SignatureRule.by(RELEASE);
        assertThat(check(rule, other)).hasToString(sentence);
        Fact<SignatureFacts> known = Fact.known(SignatureFacts.of(List.of(other)));
        assertThat(check(rule, "ghcr.io/acme/api@" + DIGEST, Fact.known(OTHER), known))
                .hasToString(sentence);
        assertThat(check(rule, "ghcr.io/acme/api@" + OTHER, Fact.known(DIGEST), known)
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("counts a signature in its interval, both ends included")
    void interval() {
        SignatureRule rule = SignatureRule.by(RELEASE);
        assertThat(check(rule, by(RELEASE, KEY).withInterval(NOW, NOW)).outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, by(RELEASE, KEY).withInterval(Instant.MIN, NOW.minusNanos(1))))
                .hasToString(
                        "VIOLATED: it is not signed by release; the signature by release (key sha256:11) counts only"
                                + " until 2026-11-25T23:59:59Z");
        assertThat(check(rule, by(RELEASE, KEY).withInterval(NOW.plusSeconds(1), Instant.MAX)))
                .hasToString(
                        "VIOLATED: it is not signed by release; the signature by release (key sha256:11) counts only"
                                + " from 2026-11-26T00:00:01Z");
    }

    @Test
    @DisplayName("on age counts from the beginning of the certificate")
    void age() {
        SignatureRule rule = SignatureRule.by(CI).withMaxAge(Duration.ofDays(7));
        SignedBy signed = by(CI, IDENTITY);
        assertThat(check(rule, signed.withIssued(NOW.minus(Duration.ofDays(7)))).outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, signed.withIssued(NOW.minus(Duration.ofDays(7)).minusSeconds(1)))
                        .toString())
                .startsWith("VIOLATED: ")
                .endsWith(" was made on 2026-11-18T23:59:59Z, more than 7d ago");
        assertThat(check(rule, signed.withIssued(NOW.plusSeconds(300))).outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, signed.withIssued(NOW.plusSeconds(301))).toString())
                .endsWith(" was made on 2026-11-26T00:05:01Z, which is in the future");
        assertThat(check(rule, signed).toString()).endsWith(" does not show when it was made");
    }

    @Test
    @DisplayName("on annotations compares signed values with globs, and lets others be there")
    void annotations() {
        SignatureRule rule = SignatureRule.by(RELEASE).withAnnotations(Map.of("team", "pay*"));
        SignedBy signed = by(RELEASE, KEY);
        assertThat(check(rule, signed.withAnnotations(Map.of("team", "payments", "x", "y")))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, signed.withAnnotations(Map.of("team", "ops"))).toString())
                .endsWith(" has the annotation \"team\" with the value \"ops\"; expected \"pay*\"");
        assertThat(check(rule, signed.withAnnotations(Map.of("Team", "payments")))
                        .toString())
                .endsWith(" does not have the annotation \"team\"");
        assertThat(check(
                                SignatureRule.by(RELEASE).withAnnotations(Map.of("team", "x".repeat(4_096))),
                                signed.withAnnotations(Map.of("team", "x".repeat(4_097))))
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("lets one signature satisfy what another violates, but no two of them together")
    void severalSignatures() {
        SignatureRule rule =
                SignatureRule.by(CI).withMaxAge(Duration.ofDays(7)).withAnnotations(Map.of("team", "payments"));
        SignedBy old = by(CI, IDENTITY).withIssued(NOW.minus(Duration.ofDays(8)));
        SignedBy young = by(CI, IDENTITY).withIssued(NOW);
        Map<String, String> team = Map.of("team", "payments");
        assertThat(check(rule, old, young.withAnnotations(team)).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(rule, old.withAnnotations(team), young).outcome()).isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("counts each signer once, and each key for one signer")
    void atLeast() {
        SignatureRule two = SignatureRule.by(RELEASE, PARTNER, CI).withAtLeast(2);
        assertThat(check(two, by(RELEASE, KEY), by(CI, IDENTITY))).hasToString("SATISFIED: signed by release, ci");
        assertThat(check(two, by(RELEASE, KEY), by(RELEASE, Signatory.key("sha256:33"))))
                .hasToString(
                        "VIOLATED: it is signed by release, expected 2 of release, partner, ci; no other signature was found");
        assertThat(check(two, by(RELEASE, KEY), by(PARTNER, KEY)).outcome()).isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("finds the largest matching of signers and keys")
    void largestMatching() {
        SignatureRule three = SignatureRule.by(RELEASE, PARTNER, CI).withAtLeast(3);
        Signatory[] keys = IntStream.range(0, 3)
                .mapToObj(i -> Signatory.key("sha256:" + i))
                .toArray(Signatory[]::new);
        // Given greedily, key 0 would go to release, and none be left for partner.
        assertThat(check(
                                three,
                                by(RELEASE, keys[0]),
                                by(RELEASE, keys[1]),
                                by(PARTNER, keys[0]),
                                by(CI, keys[1]),
                                by(CI, keys[2]))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(three, by(RELEASE, keys[0]), by(PARTNER, keys[0]), by(PARTNER, keys[1]), by(CI, keys[1]))
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("counts a public key once, also behind certificates")
    void certificatesOfKeys() {
        SignatureRule two = SignatureRule.by(RELEASE, PARTNER).withAtLeast(2);
        SignedBy plain = by(RELEASE, KEY);
        Signatory subject = Signatory.subject("CN=partner");
        SignedBy same = by(PARTNER, subject).withKey("sha256:11");
        SignedBy renewed = by(PARTNER, subject).withKey("sha256:22");
        assertThat(check(two, plain, same).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(check(two, same, plain).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(check(two, plain, renewed).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(check(two, plain, same, renewed).outcome()).isEqualTo(Outcome.SATISFIED);
        // One subject counts once, whatever keys it has.
        assertThat(check(two, by(RELEASE, subject).withKey("sha256:33"), same, renewed)
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
        SignatureRule three = SignatureRule.by(RELEASE, PARTNER, CI).withAtLeast(3);
        SignedBy other = by(CI, Signatory.key("sha256:22"));
        assertThat(check(three, plain, same, renewed, other).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(check(three, plain, by(RELEASE, Signatory.key("sha256:44")), same, other)
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("is undecidable if none satisfies it and one of them, or what was not read, is")
    void undecidable() {
        SignatureRule rule = SignatureRule.by(RELEASE);
        SignatureFacts open = SignatureFacts.of(List.of())
                .withOthers(List.of(
                        Unaccepted.because("one by another " + KEY),
                        Unaccepted.undecidable("one with the algorithm X that Java does not have")));
        assertThat(check(rule, open))
                .hasToString(
                        "UNDECIDABLE: it is not signed by release; one with the algorithm X that Java does not have,"
                                + " one by another key sha256:11");
        SignatureFacts none = SignatureFacts.of(List.of());
        assertThat(check(rule, none.withUnread("it has more than 1000 referrers")))
                .hasToString("UNDECIDABLE: it is not signed by release; it has more than 1000 referrers");
        assertThat(check(rule, none.withUnavailable("the registry is down")).outcome())
                .isEqualTo(Outcome.UNAVAILABLE);
        assertThat(check(rule, open.withUnavailable("the registry is down")).outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
        assertThat(check(rule, SignatureFacts.of(List.of(by(RELEASE, KEY))).withUnread("a limit"))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("is satisfied by no fact that is not known")
    void unknownFacts() {
        SignatureRule rule = SignatureRule.by(RELEASE);
        Fact<SignatureFacts> good = Fact.known(SignatureFacts.of(List.of(by(RELEASE, KEY))));
        String image = "ghcr.io/acme/api:1";
        assertThat(rule.check(SignerSamples.candidate(image, ImageFacts.at(NOW)))
                        .outcome())
                .isEqualTo(Outcome.PENDING);
        assertThat(check(rule, image, Fact.undecidable("open"), good)).hasToString("UNDECIDABLE: open");
        assertThat(check(rule, image, Fact.unavailable("down"), good)).hasToString("UNAVAILABLE: down");
        assertThat(check(rule, image, Fact.known(DIGEST), Fact.unavailable("down")))
                .hasToString("UNAVAILABLE: down");
        assertThat(check(rule, image, Fact.known(DIGEST), Fact.undecidable("too many")))
                .hasToString("UNDECIDABLE: too many");
        assertThat(check(rule, image, Fact.known(DIGEST), Fact.absent("ghcr.io has no signature of it")))
                .hasToString("VIOLATED: it is not signed by release; ghcr.io has no signature of it");
    }

    @Test
    @DisplayName("asks for digest and signatures at once, and for the digest only of a tag")
    void needs() {
        SignatureRule rule = SignatureRule.by(RELEASE, CI).withAnnotations(Map.of("team", "*"));
        SignatureNeed need = new SignatureNeed(List.of(RELEASE, CI), Set.of("team"));
        assertThat(SignerSamples.needs(rule, "nginx:1")).containsExactly(Need.DIGEST, need);
        assertThat(SignerSamples.needs(rule, "nginx@" + DIGEST)).containsExactly(need);
        assertThat(need).hasToString("signatures by release, ci");
    }

    @Test
    @DisplayName("is refused if it can never hold")
    void mistakes() {
        assertThatThrownBy(SignatureRule::by).hasMessageContaining("expected at least one signer");
        assertThatThrownBy(() -> SignatureRule.by(RELEASE, SignerSamples.key("again", 1)))
                .hasMessage("signer \"again\" has the same keys or identity as another one, expected each signer once");
        for (int number : List.of(0, 3)) {
            assertThatThrownBy(() -> SignatureRule.by(RELEASE, CI).withAtLeast(number))
                    .hasMessageStartingWith("at least " + number + " of 2 signers");
        }
        assertThatThrownBy(() -> SignatureRule.by(CI, RELEASE).withMaxAge(Duration.ofDays(1)))
                .hasMessageStartingWith("signatures by \"release\" do not prove when they were made");
        assertThatThrownBy(() -> SignatureRule.by(CI).withMaxAge(Duration.ZERO))
                .hasMessageContaining("expected a positive duration");
    }
}
