package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
import java.time.Instant;
import java.time.LocalDate;
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
        FactSource source = (needs, limit) -> {
            Map<ImageReference, ImageFacts> facts = new HashMap<>();
            needs.keySet()
                    .forEach(image ->
                            facts.put(image, ImageFacts.at(Instant.now()).with(Need.DIGEST, digest)));
            return CompletableFuture.completedFuture(facts);
        };
        Decision decision = ImageGate.of(() -> PolicySet.of(policies), source).decide(REVIEW, MutationScope.AS_IN_PODS);
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
    @DisplayName("a violation that an exception allows is still reported")
    void exempted() {
        Policy policy = pinning()
                .rule("pinned", Rules.digestRequired())
                .exempt(Exemption.of(List.of("pinned"), "migration", LocalDate.MAX))
                .build();
        assertThat(denials(ABSENT, policy)).containsExactlyInAnyOrder("pinning/pin denied", "pinning/pinned exempted");
    }
}
