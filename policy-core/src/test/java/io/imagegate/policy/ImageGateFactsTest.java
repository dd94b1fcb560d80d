package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.fact.SameFact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import io.imagegate.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Decisions that need to know more of an image than its name. */
class ImageGateFactsTest {

    private static final Digest GOOD = Digest.parse("sha256:" + "a".repeat(64));
    private static final Rule KNOWN_GOOD = image -> Finding.of(
            image.facts().digest(),
            digest -> digest.equals(GOOD) ? Finding.satisfied() : Finding.violation("its digest is another"));
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static SameFact<Digest> source(Fact<Digest> digest) {
        return new SameFact<>(Instant.EPOCH, Need.DIGEST, digest);
    }

    private static Decision decide(FactSource source, Policy policy, String... images) {
        PolicySet policies = PolicySet.of(policy);
        return ImageGate.of(() -> policies, source).decide(ImageReview.of(images), LIMIT);
    }

    private static Policy policy(Rule rule) {
        return Policy.builder("p").rule("good", rule).build();
    }

    @Test
    void aRuleIsAppliedAgainWithTheFactsThatItAskedFor() {
        SameFact<Digest> good = source(Fact.known(GOOD));
        assertThat(decide(good, policy(KNOWN_GOOD), "a:1", "b:1").allowed()).isTrue();
        assertThat(good.asked())
                .containsExactly(Map.of(
                        ImageReference.parse("a:1"), Set.of(Need.DIGEST),
                        ImageReference.parse("b:1"), Set.of(Need.DIGEST)));
        SameFact<Digest> other = source(Fact.known(Digest.parse("sha256:" + "b".repeat(64))));
        assertThat(decide(other, policy(KNOWN_GOOD), "a:1").reason()).contains("its digest is another");
    }

    @Test
    void theClockOfThePoliciesEndsTheWait() {
        ManualTime time = new ManualTime("2026-11-26T00:00:00Z");
        PolicySet policies = PolicySet.of(List.of(policy(KNOWN_GOOD)), time);
        FactSource never = (needs, limit) -> new CompletableFuture<>();
        CompletableFuture<Decision> decision =
                ImageGate.of(() -> policies, never).decideAsync(ImageReview.of("a:1"), LIMIT);
        time.pass(LIMIT.minusMillis(1));
        assertThat(decision).isNotDone();
        time.pass(Duration.ofMillis(1));
        assertThat(decision.join().reason()).contains("was not found within 60000 ms");
        assertThat(time.timers()).isZero();
    }

    @Test
    void withoutASourceARuleThatNeedsAFactIsViolated() {
        Decision decision = policy(KNOWN_GOOD).decide(ImageReview.of("a:1"));
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains("its content was not looked up");
    }

    @Test
    void nothingIsLookedUpThatCannotChangeTheDecision() {
        SameFact<Digest> source = source(Fact.known(GOOD));
        decide(source, policy(Rules.anyOf(Rules.fixedTag(), KNOWN_GOOD)), "a:1");
        decide(source, policy(Rules.allOf(KNOWN_GOOD, Rules.fixedTag())), "a:latest");
        decide(source, policy(Rules.inNamespaces(List.of("prod"), KNOWN_GOOD)), "a:1");
        Policy exempted = Policy.builder("p")
                .rule("good", KNOWN_GOOD)
                .exempt(Exemption.of(Set.of("good"), "known", LocalDate.MAX)
                        .withScope(Scope.ofImages(PatternSet.of("a"))))
                .build();
        assertThat(decide(source, exempted, "a:1").violations()).singleElement().satisfies(violation -> {
            assertThat(violation.outcome()).isEqualTo(ViolationOutcome.EXEMPTED);
            assertThat(violation.explanation())
                    .isEqualTo("its content was not looked up, because an exception covers the image");
        });
        assertThat(source.asked()).isEmpty();
        decide(source, policy(Rules.anyOf(Rules.fixedTag(), KNOWN_GOOD)), "a:latest");
        assertThat(source.asked()).hasSize(1);
    }

    @Test
    void aRegistryThatIsDownDoesWhatTheRuleSaysForThisCase() {
        SameFact<Digest> down = source(Fact.unavailable("registry.example does not answer"));
        NamedRule rule = NamedRule.of("good", KNOWN_GOOD);
        assertThat(decide(down, Policy.builder("p").rule(rule).build(), "a:1").allowed())
                .isFalse();
        Decision warned = decide(
                down,
                Policy.builder("p")
                        .rule(rule.withOnUnavailable(Enforcement.WARN))
                        .build(),
                "a:1");
        assertThat(warned.allowed()).isTrue();
        assertThat(warned.warnings()).singleElement().asString().contains("registry.example does not answer");

        SameFact<Digest> open = source(Fact.undecidable("too many redirects"));
        assertThat(decide(
                                open,
                                Policy.builder("p")
                                        .rule(rule.withOnUnavailable(Enforcement.WARN))
                                        .build(),
                                "a:1")
                        .allowed())
                .isFalse();
    }

    @Test
    void aReviewThatNoFactCanDenyWaitsForItsLenientLimit() {
        List<Duration> limits = new ArrayList<>();
        SameFact<Digest> source = source(Fact.known(GOOD));
        FactSource timed = (needs, limit) -> {
            limits.add(limit);
            return source.find(needs, limit);
        };
        for (Enforcement enforcement : List.of(Enforcement.WARN, Enforcement.AUDIT, Enforcement.DENY)) {
            PolicySet policies = PolicySet.of(
                    List.of(Policy.builder("p")
                            .rule(NamedRule.of("good", KNOWN_GOOD).withEnforcement(enforcement))
                            .build()),
                    new ManualTime("2026-11-26T00:00:00Z"));
            ImageGate gate = ImageGate.of(() -> policies, timed);
            gate.decide(ImageReview.of("a:1"), LIMIT);
            gate.withLenientLimit(Duration.ofSeconds(30)).decide(ImageReview.of("a:1"), LIMIT);
            gate.withLenientLimit(Duration.ofSeconds(90)).decide(ImageReview.of("a:1"), LIMIT);
        }
        assertThat(limits.stream().map(Duration::toSeconds)).containsExactly(1L, 30L, 60L, 1L, 30L, 60L, 60L, 60L, 60L);
    }

    @Test
    void onUnavailableIsNeverStricterThanTheRule() {
        NamedRule audited = NamedRule.of("good", KNOWN_GOOD).withEnforcement(Enforcement.AUDIT);
        assertThat(audited.onUnavailable("", LocalDate.EPOCH)).isEqualTo(Enforcement.AUDIT);
        assertThat(audited.withOnUnavailable(Enforcement.DENY).onUnavailable("", LocalDate.EPOCH))
                .isEqualTo(Enforcement.AUDIT);
    }

    @Test
    void whatDoesNotComeInTimeIsUndecidable() {
        FactSource silent = (needs, limit) -> new CompletableFuture<>();
        PolicySet policies = PolicySet.of(policy(KNOWN_GOOD));
        Decision decision = ImageGate.of(() -> policies, silent).decide(ImageReview.of("a:1"), Duration.ofMillis(10));
        assertThat(decision.reason()).contains("its digest was not found within");
    }

    @Test
    void aCancelledDecisionIsFreedWhileTheLookUpGoesOn() {
        List<CompletableFuture<Map<ImageReference, ImageFacts>>> lookups = new ArrayList<>();
        List<ImageReference> judged = new ArrayList<>();
        FactSource source = (needs, limit) -> {
            lookups.add(new CompletableFuture<>());
            return lookups.get(lookups.size() - 1);
        };
        PolicySet policies = PolicySet.of(policy(image -> {
            judged.add(image.reference());
            return KNOWN_GOOD.check(image);
        }));
        CompletableFuture<Decision> decision =
                ImageGate.of(() -> policies, source).decideAsync(ImageReview.of("a:1"), LIMIT);
        int before = judged.size();
        decision.cancel(false);
        assertThat(lookups)
                .singleElement()
                .satisfies(lookup -> assertThat(lookup.isDone()).isFalse());
        lookups.get(0).complete(Map.of());
        assertThat(judged).hasSize(before);
        assertThat(decision.isCancelled()).isTrue();
    }

    @Test
    void aSourceThatFailsDenies() {
        FactSource throwing = (needs, limit) -> {
            throw new IllegalStateException("secret");
        };
        FactSource empty = (needs, limit) -> CompletableFuture.completedFuture(Map.of());
        for (FactSource source : List.of(throwing, empty)) {
            Decision decision = decide(source, policy(KNOWN_GOOD), "a:1");
            assertThat(decision.allowed()).isFalse();
            assertThat(decision.reason()).contains("its digest").doesNotContain("secret");
        }
    }

    @Test
    void aRuleMayAskForMoreOnceItKnowsSomething() {
        Rule curious = image -> Finding.of(
                image.facts().digest(),
                digest -> Finding.of(image.facts().metadata(), metadata -> Finding.satisfied()));
        SameFact<Digest> source = source(Fact.known(GOOD));
        Decision decision = decide(source, policy(curious), "a:1");
        assertThat(source.asked()).extracting(Map::values).hasSize(2);
        assertThat(decision.reason()).contains("its metadata was not found");
    }
}
