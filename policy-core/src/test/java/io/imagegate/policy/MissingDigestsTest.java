package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An image that cannot be pinned is denied by one sentence, which says why it has no digest. */
class MissingDigestsTest {

    private static final Fact<Digest> ABSENT = Fact.absent("web:1 does not exist");
    private static final ImageReview REVIEW = ImageReview.of("ghcr.io/web:1").inNamespace("prod");

    private static PolicyBuilder pinning() {
        return Policy.builder("pinning").mutation(Mutation.pinning(PatternSet.of("**")));
    }

    private static List<String> denials(Fact<Digest> digest, Policy... policies) {
        return denials(digest, REVIEW, policies);
    }

    private static List<String> denials(Fact<Digest> digest, ImageReview review, Policy... policies) {
        FactSource source = (needs, limit) -> {
            Map<ImageReference, ImageFacts> facts = new HashMap<>();
            needs.keySet()
                    .forEach(image ->
                            facts.put(image, ImageFacts.at(Instant.now()).with(Need.DIGEST, digest)));
            return CompletableFuture.completedFuture(facts);
        };
        Decision decision = ImageGate.of(() -> PolicySet.of(policies), source).decide(review, MutationScope.AS_IN_PODS);
        assertThat(decision.allowed())
                .isEqualTo(decision.violations().stream()
                        .noneMatch(violation -> violation.outcome() == ViolationOutcome.DENIED));
        return decision.violations().stream()
                .map(violation -> violation.policy() + "/" + violation.rule() + " "
                        + violation.outcome().label())
                .toList();
    }

    @Test
    @DisplayName("a rule of the same policy that only misses the digest is left out, others are not")
    void leftOut() {
        Policy policy = pinning()
                .rule("pinned", Rules.digestRequired())
                .rule("either", Rules.anyOf(Rules.digestRequired(), Rules.deny("ghcr.io/**")))
                .rule("elsewhere", Rules.allow("quay.io/**"))
                .rule("long", Rules.digestRequired("sha512"))
                .build();
        assertThat(denials(ABSENT, policy))
                .containsExactlyInAnyOrder("pinning/pin denied", "pinning/elsewhere denied", "pinning/long denied");
    }

    @Test
    @DisplayName(
            "patterns that take any digest count as matching, those of one digest do not, and no rule sees an invented one")
    void patterns() {
        List<Digest> seen = new ArrayList<>();
        Policy policy = pinning()
                .rule("any", Rules.allow("ghcr.io/**@*"))
                .rule("sha256", Rules.allow("ghcr.io/**@sha256:*"))
                .rule("zeros", Rules.allow("ghcr.io/**@sha256:" + "0".repeat(64)))
                .rule("sha512", Rules.allow("ghcr.io/**@sha512:*"))
                .rule("own", image -> {
                    image.reference().digest().ifPresent(seen::add);
                    return image.hasDigest() ? Finding.satisfied() : Finding.violation("it has no digest");
                })
                .build();
        assertThat(denials(ABSENT, policy))
                .containsExactlyInAnyOrder("pinning/pin denied", "pinning/zeros denied", "pinning/sha512 denied");
        assertThat(seen).isEmpty();
    }

    @Test
    @DisplayName("an image without a tag is pinned as latest, so a rule against latest stays")
    void latest() {
        Policy policy = pinning()
                .rule("no-latest", Rules.tagDenied(GlobSet.of("latest")))
                .rule("tagged", Rules.tagRequired())
                .build();
        assertThat(denials(ABSENT, ImageReview.of("ghcr.io/web").inNamespace("prod"), policy))
                .containsExactlyInAnyOrder("pinning/pin denied", "pinning/no-latest denied");
    }

    @Test
    @DisplayName("a rule of another policy stays, because another break-glass may cover it")
    void otherPolicy() {
        Policy other =
                Policy.builder("other").rule("pinned", Rules.digestRequired()).build();
        assertThat(denials(
                        ABSENT, pinning().rule("pinned", Rules.digestRequired()).build(), other))
                .containsExactlyInAnyOrder("pinning/pin denied", "other/pinned denied");
    }

    @Test
    @DisplayName("a rule stays if the missing digest itself does not deny")
    void lenient() {
        Policy policy = Policy.builder("pinning")
                .mutation(Mutation.pinning(PatternSet.of("**")).withOnUnavailable(Enforcement.WARN))
                .rule("pinned", Rules.digestRequired())
                .build();
        assertThat(denials(Fact.unavailable("the registry is down"), policy))
                .containsExactlyInAnyOrder("pinning/pin warned", "pinning/pinned denied");
    }

    @Test
    @DisplayName("a rule stays for images that need not get a digest")
    void otherImages() {
        Policy policy = Policy.builder("pinning")
                .mutation(Mutation.pinning(PatternSet.of("ghcr.io/**")))
                .rule("pinned", Rules.digestRequired())
                .build();
        assertThat(denials(ABSENT, ImageReview.of("quay.io/tool:1", "ghcr.io/web:1"), policy))
                .containsExactlyInAnyOrder("pinning/pin denied", "pinning/pinned denied");
    }

    @Test
    @DisplayName("a violation that an exception allows is still reported")
    void exempted() {
        Policy policy = pinning()
                .rule("pinned", Rules.digestRequired())
                .exempt(Exemption.of(List.of("pinned"), "migration", LocalDate.MAX))
                .build();
        assertThat(denials(ABSENT, policy)).containsExactlyInAnyOrder("pinning/pin denied", "pinning/pinned exempted");
    }
}
