package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import io.imagegate.rule.Rules;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Images that are checked by another name")
class MutatedImagesTest {

    private static final String SOME = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final Digest DIGEST = Digest.parse(SOME);
    private static final Mutation REWRITING =
            Mutation.rewriting(List.of(ImageRewrite.of("docker.io/library/*", "mirror.example/*")));
    private static final Mutation PINNING = Mutation.pinning(PatternSet.of("ghcr.io/**"));
    private static final String KEY = "ticket.example.org/break-glass";

    private static PolicyBuilder policy(Mutation mutation) {
        return Policy.builder("p").mutation(mutation).rule("tag", Rules.fixedTag());
    }

    private static Decision decide(StubSource source, ImageReview review, Policy... policies) {
        return ImageGate.of(() -> PolicySet.of(policies), source).decide(review, MutationScope.AS_IN_PODS);
    }

    private static StubSource digest(Fact<Digest> digest) {
        return new StubSource().with(Need.DIGEST, digest);
    }

    @Test
    @DisplayName(
            "are told with both names, in the audit log those that were rewritten apart from those that were pinned")
    void told() {
        ImageReview review = ImageReview.of("nginx:1", "ghcr.io/web:1", "quay.io/tool:1", "redis:1");
        Decision decision = decide(
                digest(Fact.known(DIGEST)),
                review,
                policy(REWRITING.withPin(PatternSet.of("ghcr.io/**", "mirror.example/redis")))
                        .build());
        String redis = "redis:1 to mirror.example/redis:1@" + DIGEST;
        String web = "ghcr.io/web:1 to ghcr.io/web:1@" + DIGEST;
        assertThat(decision.auditAnnotations())
                .containsEntry("rewritten", "nginx:1 to mirror.example/nginx:1; " + redis)
                .containsEntry("pinned", web + "; " + redis);
        assertThat(decision.mutations())
                .extracting(ImageMutation::toString)
                .containsExactly("nginx:1 to mirror.example/nginx:1", web, redis);
        assertThat(decision.mutations()).noneMatch(ImageMutation::patched);

        assertThat(decide(digest(Fact.known(DIGEST)), review, policy(REWRITING).build())
                        .auditAnnotations())
                .containsOnlyKeys("rewritten");
        assertThat(decide(digest(Fact.known(DIGEST)), review, policy(PINNING).build())
                        .auditAnnotations())
                .containsOnlyKeys("pinned", "resolved");
    }

    @Test
    @DisplayName("get their digests first; what else rules need is looked up of the pinned ones")
    void digestsFirst() {
        ImageMetadata metadata = ImageMetadata.of(DIGEST, List.of(PlatformImage.of(DIGEST, "linux/amd64")));
        StubSource source = digest(Fact.known(DIGEST)).with(Need.METADATA, Fact.known(metadata));
        Decision decision = decide(
                source,
                ImageReview.of("ghcr.io/web:1"),
                policy(PINNING).rule("linux", Rules.platforms("linux/amd64")).build());
        assertThat(decision.allowed()).isTrue();
        assertThat(source.asked())
                .containsExactly(
                        Map.of(ImageReference.parse("ghcr.io/web:1"), Set.of(Need.DIGEST)),
                        Map.of(ImageReference.parse("ghcr.io/web:1@" + DIGEST), Set.of(Need.METADATA)));
    }

    private static Violation unpinned(Fact<Digest> digest, Mutation mutation, Map<String, String> templates) {
        ImageReview review = ImageReview.of("ghcr.io/web:1").inNamespace("prod").toBuilder()
                .annotations(Map.of(KEY, "INC-1"))
                .templates(Map.of("spec.template", templates))
                .build();
        Policy policy = policy(mutation)
                .breakGlass(BreakGlass.of(KEY, "INC-*", GlobSet.of("prod")))
                .build();
        List<Violation> violations = decide(digest(digest), review, policy).violations();
        assertThat(violations).hasSize(1);
        return violations.get(0);
    }

    @Test
    @DisplayName("are denied without the digest that they must get, unless break-glass covers them")
    void unpinned() {
        Fact<Digest> absent = Fact.absent("web:1 does not exist");
        assertThat(decide(
                                digest(absent),
                                ImageReview.of("ghcr.io/web:1"),
                                policy(PINNING).build())
                        .reason())
                .isEqualTo("image \"ghcr.io/web:1\" (containers[0]): it must get a digest and has none:"
                        + " web:1 does not exist");
        assertThat(PolicySet.of(policy(PINNING).build())
                        .findings(
                                ImageReview.of("ghcr.io/web:1"),
                                MutationScope.AS_IN_PODS,
                                InstantSource.system(),
                                Map.of())
                        .decision()
                        .reason())
                .isEqualTo("image \"ghcr.io/web:1\" (containers[0]): it must get a digest, which was not looked up");

        Violation covered = unpinned(absent, PINNING, Map.of(KEY, "INC-1"));
        assertThat(covered.outcome()).isEqualTo(ViolationOutcome.BROKE_GLASS);
        assertThat(covered.breakGlass()).contains("INC-1");
        assertThat(covered.breakGlassHint()).isEmpty();
        assertThat(unpinned(absent, PINNING, Map.of()).breakGlassHint().orElseThrow())
                .startsWith("the break-glass annotation is missing in spec.template.metadata.annotations");

        Violation warned = unpinned(
                Fact.unavailable("the registry is down"), PINNING.withOnUnavailable(Enforcement.WARN), Map.of());
        assertThat(warned.outcome()).isEqualTo(ViolationOutcome.WARNED);
        assertThat(warned.breakGlassHint()).isEmpty();
    }

    @Test
    @DisplayName(
            "need no digest if the object keeps them and the policy checks new images only; other policies still check them")
    void kept() {
        ReviewedImage web = ReviewedImage.of("ghcr.io/web:1", "containers", 0).withContainer(null, "web");
        ImageReview update = ImageReview.builder()
                .images(List.of(web))
                .before(ImageReview.builder().images(List.of(web)).build())
                .build();
        StubSource source = digest(Fact.absent("web:1 does not exist"));
        Policy other =
                Policy.builder("other").rule("pinned", Rules.digestRequired()).build();
        assertThat(decide(source, update, policy(PINNING).build(), other).violations())
                .extracting(Violation::rule)
                .containsExactly("pin", "pinned");
        assertThat(decide(
                                source,
                                update,
                                policy(PINNING).onUpdate(UpdateScope.NEW_IMAGES).build(),
                                other)
                        .violations())
                .extracting(Violation::rule)
                .containsExactly("pinned");
    }

    private static MutationScope scope(MutationScope.Effect effect, String before, boolean restores) {
        return new MutationScope() {

            @Override
            public Effect effect(Mutation mutation, ReviewedImage image) {
                return effect;
            }

            @Override
            public boolean restores(Mutation mutation, ReviewedImage image) {
                return restores || MutationScope.super.restores(mutation, image);
            }

            @Override
            public List<ReviewedImage> before() {
                return List.of(named(before));
            }
        };
    }

    private static ReviewedImage named(String image) {
        return ReviewedImage.of(image, "volumes", 0).withContainer(null, "data");
    }

    @ParameterizedTest(name = "{0}, before {1}: rewritten to {2}, pinned: {3}")
    @CsvSource({
        "nginx:1, mirror.example/nginx:1, mirror.example/nginx:1, false, true",
        "nginx:1, mirror.example/nginx:2, , false, false",
        "quay.io/tool:1, quay.io/tool:1, , false, false",
        "ghcr.io/web:1, ghcr.io/web:1@" + SOME + ", , true, true",
        "ghcr.io/web, ghcr.io/web:latest@" + SOME + ", , true, true",
        "ghcr.io/web:2, ghcr.io/web:1@" + SOME + ", , false, false",
        "ghcr.io/web:1, ghcr.io/web:1, , false, false",
        "redis:1, mirror.example/redis:1@" + SOME + ", mirror.example/redis:1, true, true",
        "Bad, mirror.example/nginx:1, , false, false",
        "foo_bar.com/a:1, mirror.example/nginx:1, , false, false",
        "nginx:1, Bad, , false, false",
    })
    @DisplayName("get the name back that the object has, if it is what they would get, too")
    void restored(String written, String before, @Nullable String rewritten, boolean pinned, boolean restored) {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule("no", image -> Finding.violation("seen"))
                .onUpdate(UpdateScope.ALL)
                .mutation(REWRITING.withPin(PatternSet.of("ghcr.io/**", "mirror.example/redis")))
                .build());
        ImageReview review =
                ImageReview.builder().images(List.of(named(written))).build();
        Decision decision = ImageGate.of(policies).decide(review, scope(MutationScope.Effect.NONE, before, true));
        assertThat(decision.violations())
                .extracting(violation -> violation.image().orElseThrow().text())
                .containsExactly(restored ? before : written);
        List<ImageMutation> mutations = decision.mutations();
        if (restored) {
            assertThat(mutations).singleElement().satisfies(mutation -> {
                assertThat(mutation.image()).isEqualTo(named(written));
                assertThat(mutation.result()).isEqualTo(before);
                assertThat(mutation.rewritten()).isEqualTo(Optional.ofNullable(rewritten));
                assertThat(mutation.pinned()).isEqualTo(Optional.of(DIGEST).filter(digest -> pinned));
                assertThat(mutation.patched()).isTrue();
            });
        } else {
            assertThat(mutations).isEmpty();
        }
        assertThat(ImageGate.of(policies)
                        .decide(review, scope(MutationScope.Effect.NONE, before, false))
                        .mutations())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}, {1} before {2}: {3}")
    @CsvSource({
        "PATCHED, ghcr.io/web:1, ghcr.io/web:1, true",
        "FORESEEN, ghcr.io/web:1, ghcr.io/web:1, false",
        "PATCHED, ghcr.io/web:2, ghcr.io/web:1, false",
        "PATCHED, ghcr.io/web, ghcr.io/web:latest, true",
    })
    @DisplayName("get the digest that the object has for them; others are looked up")
    void sameDigest(MutationScope.Effect effect, String written, String before, boolean same) {
        Digest other = Digest.parse("sha256:" + "b".repeat(64));
        StubSource source = digest(Fact.known(other));
        ImageReview review =
                ImageReview.builder().images(List.of(named(written))).build();
        Decision decision = ImageGate.of(() -> PolicySet.of(policy(PINNING).build()), source)
                .decide(review, scope(effect, before + "@" + DIGEST, false));
        assertThat(source.asked()).hasSize(same ? 0 : 1);
        assertThat(decision.mutations())
                .singleElement()
                .extracting(ImageMutation::pinned)
                .isEqualTo(Optional.of(same ? DIGEST : other));
    }

    @Test
    @DisplayName("are not explained as checked if the object has the new names already, and else they are")
    void asBefore() {
        PolicySet policies = PolicySet.of(policy(REWRITING)
                .rule("mirror", Rules.allow("mirror.example/**"))
                .build());
        for (String old : List.of("mirror.example/nginx", "mirror.example/redis")) {
            ImageReview before =
                    ImageReview.builder().images(List.of(named(old))).build();
            ImageReview update = before.toBuilder()
                    .images(List.of(named("nginx")))
                    .before(before)
                    .build();
            Decision decision = ImageGate.of(policies).decide(update, scope(MutationScope.Effect.PATCHED, old, false));
            boolean unchanged = old.endsWith("nginx");
            assertThat(decision.allowed()).isEqualTo(unchanged);
            assertThat(decision.mutations()).singleElement().matches(ImageMutation::patched);
            assertThat(policies.explain(update, decision))
                    .extracting(RuleResult::outcome)
                    .containsExactly(
                            unchanged ? Outcome.NOT_APPLICABLE : Outcome.VIOLATED,
                            unchanged ? Outcome.NOT_APPLICABLE : Outcome.SATISFIED);
        }
    }
}
