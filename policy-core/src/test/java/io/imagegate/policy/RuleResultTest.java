package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Coverage;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import io.imagegate.rule.RequestProperty;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An explanation says what each rule found about each image, as the decision has it. */
class RuleResultTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-28");

    private static List<String> explain(ImageReview review, Policy... policies) {
        PolicySet set = PolicySet.of(List.of(policies), InstantSource.fixed(NOON));
        return shown(set, review, set.decide(review));
    }

    private static List<String> shown(PolicySet set, ImageReview review, Decision decision) {
        return set.explain(review, decision)
                .map(result -> result + (result.violation().isPresent() ? " !" : "") + " " + result.explanation())
                .toList();
    }

    @Test
    @DisplayName(
            "each rule of each policy has a result for each image, in this order, and each violation is that of the decision")
    void order() {
        Policy first = Policy.builder("first")
                .rule("tag", Rules.fixedTag())
                .rule(NamedRule.of("prod", Rules.digestRequired()).withScope(Scope.ofNamespaces(GlobSet.of("prod"))))
                .build();
        Policy second = Policy.builder("second")
                .rule("own", image -> Finding.satisfied("seen"))
                .build();
        ImageReview review = ImageReview.of("nginx", "nginx:1").inNamespace("dev");
        PolicySet set = PolicySet.of(first, second);
        Decision decision = set.decide(review);
        List<RuleResult> results = set.explain(review, decision).toList();

        assertThat(results)
                .extracting(RuleResult::toString)
                .containsExactly(
                        "first/tag VIOLATED: nginx (containers[0])",
                        "first/prod NOT_APPLICABLE: nginx (containers[0])",
                        "second/own SATISFIED: nginx (containers[0])",
                        "first/tag SATISFIED: nginx:1 (containers[1])",
                        "first/prod NOT_APPLICABLE: nginx:1 (containers[1])",
                        "second/own SATISFIED: nginx:1 (containers[1])");
        assertThat(results.get(0).violation())
                .containsSame(decision.violations().get(0));
        assertThat(results.get(0).explanation())
                .isEqualTo(decision.violations().get(0).explanation());
        assertThat(results.get(1).explanation()).isEqualTo("the image is outside the rule's scope");
        assertThat(results.get(2).explanation()).isEqualTo("seen");
        assertThat(results.get(3).image()).isSameAs(review.images().get(1));
        assertThat(results).filteredOn(result -> result.violation().isPresent()).hasSize(1);
    }

    @Test
    @DisplayName("images that no rule checks have no results")
    void unchecked() {
        Policy policy = Policy.byDefault();
        ReviewedImage unknown = ReviewedImage.of("web:${TAG}", "images", 0).withUnknown("${TAG}");
        assertThat(explain(ImageReview.builder().images(List.of(unknown)).build(), policy))
                .isEmpty();
        assertThat(explain(ImageReview.of("Nginx", "foo_bar.com/baz", "nginx:1"), policy))
                .containsExactly("default/fixed-tag SATISFIED: nginx:1 (containers[2]) ");
        assertThat(explain(ImageReview.builder().build(), policy)).isEmpty();

        PolicySet unloaded = PolicySet.unloaded("not yet");
        ImageReview review = ImageReview.of("nginx");
        assertThat(shown(unloaded, review, unloaded.decide(review))).isEmpty();
        PolicySet set = PolicySet.of(policy);
        assertThat(shown(set, review, set.decideMisread("Rollout.argoproj.io"))).isEmpty();
        assertThat(shown(set, review, set.decide(review))).hasSize(1);
    }

    @Test
    @DisplayName("an image that the object keeps is not checked by a policy for new images, and by others it is")
    void kept() {
        Policy lenient = Policy.builder("new")
                .onUpdate(UpdateScope.NEW_IMAGES)
                .locale(Locale.SIMPLIFIED_CHINESE)
                .rule("tag", Rules.fixedTag())
                .build();
        Policy strict = Policy.builder("all").rule("tag", Rules.fixedTag()).build();
        ReviewedImage old = ReviewedImage.of("nginx", "containers", 0).withContainer(null, "web");
        ReviewedImage added = ReviewedImage.of("redis", "containers", 1).withContainer(null, "cache");
        ImageReview before = ImageReview.builder().images(List.of(old)).build();
        ImageReview review =
                ImageReview.builder().images(List.of(old, added)).before(before).build();

        assertThat(explain(review, strict, lenient))
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("all/tag VIOLATED: nginx "),
                        text -> assertThat(text)
                                .isEqualTo(
                                        "new/tag NOT_APPLICABLE: nginx (containers[0] \"web\") 对象原先就使用该镜像,而策略只检查新镜像"),
                        text -> assertThat(text).startsWith("all/tag VIOLATED: redis "),
                        text -> assertThat(text).startsWith("new/tag VIOLATED: redis "));

        ImageReview same =
                review.toBuilder().before(review).imagesUnchanged(true).build();
        assertThat(explain(same, lenient)).hasSize(2).allMatch(text -> text.contains("NOT_APPLICABLE"));
    }

    @Test
    @DisplayName("rules saw the names after rewriting and pinning, and results have the images as written")
    void mutated() {
        Policy policy = Policy.builder("p")
                .mutation(Mutation.rewriting(List.of(ImageRewrite.of("docker.io/library/*", "mirror.internal/*"))))
                .rule("mirror", Rules.allow("mirror.internal/*:1"))
                .build();
        PolicySet set = PolicySet.of(policy);
        ImageReview review = ImageReview.of("nginx:1", "nginx:2", "quay.io/nginx:1", "nginx:1");
        Decision decision = ImageGate.of(set).decide(review, MutationScope.AS_IN_PODS);
        List<RuleResult> results = set.explain(review, decision).toList();

        assertThat(results)
                .extracting(RuleResult::outcome)
                .containsExactly(Outcome.SATISFIED, Outcome.VIOLATED, Outcome.VIOLATED, Outcome.SATISFIED);
        assertThat(results).extracting(RuleResult::image).isEqualTo(review.images());
        assertThat(results.get(1).violation())
                .containsSame(decision.violations().get(0));
    }

    @Test
    @DisplayName(
            "an image without the digest that it must get violates rules that ask for one, by no violation of their own")
    void unpinned() {
        Policy policy = Policy.builder("p")
                .mutation(Mutation.pinning(PatternSet.of("**")))
                .rule("pinned", Rules.digestRequired())
                .build();
        PolicySet set = PolicySet.of(policy);
        ImageReview review = ImageReview.of("nginx:1");
        Decision decision = ImageGate.of(() -> set, facts(Fact.absent("it does not exist")))
                .decide(review, MutationScope.AS_IN_PODS);

        assertThat(decision.violations()).extracting(Violation::rule).containsExactly("pin");
        RuleResult result = set.explain(review, decision).findFirst().orElseThrow();
        assertThat(result.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(result.violation()).isEmpty();
    }

    @Test
    @DisplayName("what a rule asks for is known to the decision; what was not looked up is undecidable")
    void facts() {
        Policy policy = Policy.builder("p")
                .rule(NamedRule.of("exists", Rules.exists()).withOnUnavailable(Enforcement.WARN))
                .build();
        PolicySet set = PolicySet.of(List.of(policy), InstantSource.fixed(NOON));
        ImageReview review = ImageReview.of("nginx:1");
        Digest digest = Digest.parse("sha256:" + "a".repeat(64));

        assertThat(outcome(set, review, Fact.known(digest))).isEqualTo(Outcome.SATISFIED);
        assertThat(outcome(set, review, Fact.absent("none"))).isEqualTo(Outcome.VIOLATED);
        assertThat(outcome(set, review, Fact.undecidable("who knows"))).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(outcome(set, review, Fact.unavailable("down"))).isEqualTo(Outcome.UNAVAILABLE);
        RuleResult pending = set.explain(review, set.decide(review)).findFirst().orElseThrow();
        assertThat(pending.outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(pending.violation()).isPresent();
    }

    private static Outcome outcome(PolicySet set, ImageReview review, Fact<Digest> digest) {
        Decision decision = ImageGate.of(() -> set, facts(digest)).decide(review, Duration.ofSeconds(5));
        assertThat(decision.instant()).contains(NOON);
        RuleResult result = set.explain(review, decision).findFirst().orElseThrow();
        Enforcement effect = digest.state() == Fact.State.UNAVAILABLE ? Enforcement.WARN : Enforcement.DENY;
        assertThat(result.enforcement()).isEqualTo(Enforcement.DENY);
        result.violation()
                .ifPresent(violation -> assertThat(violation.enforcement()).isEqualTo(effect));
        return result.outcome();
    }

    private static FactSource facts(Fact<Digest> digest) {
        return (needs, limit) -> {
            Map<ImageReference, ImageFacts> facts = new HashMap<>();
            needs.forEach((image, asked) -> {
                ImageFacts found = ImageFacts.at(NOON).with(Need.DIGEST, digest);
                facts.put(image, found);
            });
            return CompletableFuture.completedFuture(facts);
        };
    }

    @Test
    @DisplayName("a rule that throws is violated, and the next one is still explained")
    void throwing() {
        Policy policy = Policy.builder("p")
                .rule("broken", image -> {
                    throw new IllegalStateException("secret");
                })
                .rule("tag", Rules.fixedTag())
                .build();
        assertThat(explain(ImageReview.of("nginx:1"), policy))
                .containsExactly(
                        "p/broken VIOLATED: nginx:1 (containers[0]) ! the rule failed (IllegalStateException), which counts as a violation",
                        "p/tag SATISFIED: nginx:1 (containers[0]) ");
    }

    @Test
    @DisplayName("the instant is that of the decision, although the clock has gone on")
    void instant() {
        AtomicInteger days = new AtomicInteger();
        InstantSource clock = () -> NOON.plus(Duration.ofDays(days.getAndIncrement()));
        Policy policy = Policy.builder("p")
                .rule(NamedRule.of("tag", Rules.fixedTag())
                        .withEnforcement(Enforcement.WARN)
                        .withDenyFrom(TODAY.plusDays(1)))
                .build();
        PolicySet set = PolicySet.of(List.of(policy), clock);
        ImageReview review = ImageReview.of("nginx");

        Decision first = set.decide(review);
        Decision second = set.decide(review);
        assertThat(first.instant()).contains(NOON);
        assertThat(set.explain(review, second))
                .extracting(RuleResult::enforcement)
                .containsExactly(Enforcement.DENY);
        assertThat(set.explain(review, first))
                .extracting(RuleResult::enforcement)
                .containsExactly(Enforcement.WARN);
        assertThat(PolicySet.of(Policy.byDefault()).decide(review).instant()).isEmpty();
    }

    @Test
    @DisplayName("rules are applied as the results are read")
    void lazy() {
        AtomicInteger applied = new AtomicInteger();
        Policy policy = Policy.builder("p")
                .rule("own", image -> {
                    applied.incrementAndGet();
                    return Finding.satisfied();
                })
                .build();
        PolicySet set = PolicySet.of(policy);
        ImageReview review = ImageReview.of("a", "b", "c");
        Decision decision = set.decide(review);
        applied.set(0);

        assertThat(set.explain(review, decision).limit(2)).hasSize(2);
        assertThat(applied).hasValue(2);
    }

    @Test
    @DisplayName("exceptions are named that would apply if the review told more, until they expire")
    void exceptions() {
        Scope bots = Scope.EVERYTHING
                .withNamespaces(GlobSet.of("dev"))
                .with(Criterion.of(RequestProperty.USER, GlobSet.of("bot")));
        Policy policy = Policy.builder("p")
                .rule(NamedRule.of("tag", Rules.fixedTag())
                        .withScope(Scope.EVERYTHING.with(Criterion.of(RequestProperty.USER, GlobSet.of("*")))))
                .rule("digest", Rules.digestRequired())
                .exempt(Exemption.of(List.of("tag"), "moving", TODAY).withScope(bots))
                .exempt(Exemption.of(List.of("tag"), "moved", TODAY.minusDays(1))
                        .withScope(bots))
                .build();
        PolicySet set = PolicySet.of(List.of(policy), InstantSource.fixed(NOON));
        ImageReview review = ImageReview.of("nginx").inNamespace("dev");
        List<RuleResult> results = set.explain(review, set.decide(review)).toList();

        assertThat(results.get(0).coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThat(results.get(0).undecidedExemptions())
                .extracting(Exemption::reason)
                .containsExactly("moving");
        assertThat(results.get(1).coverage()).isEqualTo(Coverage.COVERED);
        assertThat(results.get(1).undecidedExemptions()).isEmpty();

        ImageReview told = review.toBuilder().user("bot").build();
        RuleResult exempted = set.explain(told, set.decide(told)).findFirst().orElseThrow();
        assertThat(exempted.undecidedExemptions()).isEmpty();
        assertThat(exempted.violation().flatMap(Violation::exemption)).isPresent();
        ImageReview other = review.inNamespace("prod");
        assertThat(set.explain(other, set.decide(other))
                        .findFirst()
                        .orElseThrow()
                        .undecidedExemptions())
                .isEmpty();
    }
}
