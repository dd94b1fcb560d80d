package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A tag that moves while a review looks up facts")
class MovedTagTest {

    private static final Digest OLD = Digest.parse("sha256:" + "a".repeat(64));
    private static final Digest NEW = Digest.parse("sha256:" + "b".repeat(64));
    private static final Signer CI =
            new KeylessSigner("ci", Trust.of("public", "{}"), "https://issuer", PathGlob.parse("ci"), Map.of());
    private static final SignatureRule SIGNED = SignatureRule.by(CI);

    /** Names one digest until it is asked again for signatures, and another one from then on. */
    private static final class Moving implements FactSource {

        private final List<Set<Need<?>>> asked = new ArrayList<>();
        private final String platformOfNew;
        private Digest now = OLD;

        Moving(String platformOfNew) {
            this.platformOfNew = platformOfNew;
        }

        @Override
        public CompletableFuture<Map<ImageReference, ImageFacts>> find(
                Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
            Map<ImageReference, ImageFacts> found = new HashMap<>();
            needs.forEach((image, wanted) -> {
                asked.add(wanted);
                ImageFacts facts = ImageFacts.at(Instant.EPOCH);
                for (Need<?> need : wanted) {
                    facts = with(facts, need);
                }
                found.put(image, facts.with(Need.DIGEST, Fact.known(now)));
            });
            return CompletableFuture.completedFuture(found);
        }

        private ImageFacts with(ImageFacts facts, Need<?> need) {
            if (need.equals(Need.METADATA)) {
                String platform = now.equals(OLD) ? "linux/amd64" : platformOfNew;
                return facts.with(
                        Need.METADATA, Fact.known(ImageMetadata.of(now, List.of(PlatformImage.of(now, platform)))));
            }
            if (need.equals(new FreshNeed<>(SIGNED.need()))) {
                now = NEW;
                return facts.with(new FreshNeed<>(SIGNED.need()), Fact.known(signatures()));
            }
            return need.equals(SIGNED.need())
                    ? facts.with(SIGNED.need(), Fact.known(signatures()).asCached())
                    : facts;
        }

        private SignatureFacts signatures() {
            return SignatureFacts.of(now.equals(OLD) ? List.of() : List.of(SignedBy.of(CI, Signatory.key("k"), NEW)));
        }
    }

    private static Decision decide(Moving source) {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule("signed", SIGNED)
                .rule("linux", Rules.platforms("linux/amd64"))
                .build());
        return ImageGate.of(() -> policies, source).decide(ImageReview.of("ghcr.io/acme/api:1"));
    }

    @Test
    @DisplayName("is judged by all facts of the new digest, not by some of each")
    void judgedWhole() {
        Moving moved = new Moving("windows/amd64");
        Decision decision = decide(moved);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains("linux/amd64").doesNotContain("signed by");
        assertThat(decide(new Moving("linux/amd64")).allowed()).isTrue();
    }

    @Test
    @DisplayName("is reported with the digest that was verified")
    void reported() {
        Decision decision = decide(new Moving("linux/amd64"));
        assertThat(decision.auditAnnotations().get("verified")).startsWith("ghcr.io/acme/api@" + NEW + " signed by ci");
        assertThat(decision.auditAnnotations().toString()).doesNotContain(OLD.toString());
        assertThat(decision.lookups()).extracting(Lookup::need).containsOnlyOnce("digest", "metadata");
    }

    @Test
    @DisplayName(
            "is reported without what was found about the old digest alone, and with what was found about other images")
    void otherImages() {
        Rule linux = Rules.platforms("linux/amd64");
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule(
                        "linux",
                        image -> image.facts().digest().value().equals(Optional.of(NEW))
                                ? Finding.satisfied()
                                : linux.check(image))
                .rule(NamedRule.of("signed", SIGNED).withScope(Scope.ofImages(PatternSet.of("ghcr.io/acme/api"))))
                .build());
        Decision decision = ImageGate.of(() -> policies, new Moving("linux/amd64"))
                .decide(ImageReview.of("ghcr.io/acme/other:1", "ghcr.io/acme/api:1"));
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.lookups())
                .extracting(lookup -> lookup.image().repository() + " " + lookup.need())
                .containsExactly(
                        "acme/other digest", "acme/other metadata", "acme/api digest", "acme/api signatures by ci");
    }
}
