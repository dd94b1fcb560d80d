package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ImageReviewBuilder;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.RequestProperty;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleIndexTest {

    private static final int CASES = Tier.tries("imagegate.cases", 5_000, 100_000, 100_000);

    private static final List<String> VALUES = List.of("a", "b", "ab", "a-1");
    private static final List<String> GLOBS = List.of("a", "b", "ab", "a*", "*b", "*", "?", "c", "*-*");
    private static final String KEY = "k.image-policy.k8s.io/a";
    private static final String DIGEST = "@sha256:" + "a".repeat(64);

    /** Hosts that a client may read as addresses, names of Docker Hub, ports and digests among them. */
    private static final List<String> IMAGES = List.of(
            "a",
            "index.docker.io/library/b:1",
            "ghcr.io/a/x:1",
            "ghcr.io/b/x",
            "ghcr.io/ab/x" + DIGEST,
            "0x7f.1/a/x",
            "127.0.0.1/a/x:2",
            "registry.internal:5000/a/x",
            "eu.zone.example.com/a/x");

    private static final List<String> PATTERNS = List.of(
            "a",
            "docker.io/library/*",
            "ghcr.io/a/**",
            "ghcr.io/{namespace}/*",
            "ghcr.io/*/x:1",
            "ghcr.io/**@*",
            "127.0.0.1/**",
            "registry.internal:*/**",
            "*.example.com/a/*",
            "**",
            "quay.io/**");

    private final Random random = new Random(49);

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> List<T> some(List<T> of) {
        return IntStream.rangeClosed(0, random.nextInt(2))
                .mapToObj(i -> one(of))
                .toList();
    }

    private GlobSet globs() {
        return GlobSet.of(some(GLOBS));
    }

    private PatternSet patterns() {
        return PatternSet.of(some(PATTERNS).toArray(String[]::new));
    }

    private Criterion criterion() {
        RequestProperty property = one(List.of(RequestProperty.values()));
        return switch (property) {
            case LABEL -> Criterion.label(one(List.of(KEY, "b")), globs());
            case ANNOTATION -> Criterion.annotation(one(List.of(KEY, "b")), globs());
            case CONTAINER_TYPE -> Criterion.of(property, GlobSet.of(one(List.of("init", "container", "*"))));
            default -> Criterion.of(property, globs());
        };
    }

    private Scope scope() {
        Scope scope = Scope.EVERYTHING;
        for (int parts = random.nextInt(4); parts > 0; parts--) {
            scope = switch (random.nextInt(7)) {
                case 0 -> scope.withNamespaces(globs());
                case 1 -> scope.withExceptNamespaces(globs());
                case 2, 3 -> scope.withImages(patterns());
                case 4 -> scope.withExceptImages(patterns());
                case 5 -> scope.without(criterion());
                default -> scope.with(criterion());
            };
        }
        return scope;
    }

    private ImageReview review() {
        List<ReviewedImage> images = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            ReviewedImage image = ReviewedImage.of(one(IMAGES), "containers", i);
            images.add(random.nextBoolean() ? image : image.withContainer(ContainerType.INIT, one(VALUES)));
        }
        ImageReviewBuilder review = ImageReview.builder().images(images);
        maybe(review::namespace);
        maybe(review::kind);
        maybe(review::name);
        maybe(review::operation);
        maybe(review::user);
        maybe(value -> review.labels(Map.of(KEY, value)));
        maybe(value -> review.annotations(Map.of("b", value)));
        maybe(value -> review.imagePolicyAnnotations(Map.of(KEY, value)));
        maybe(value -> review.groups(some(VALUES)));
        return review.build();
    }

    private void maybe(Consumer<String> property) {
        if (random.nextBoolean()) {
            property.accept(one(VALUES));
        }
    }

    private static List<Candidate> candidates(ImageReview review) {
        return review.images().stream()
                .map(image -> Candidate.of(ImageReference.parse(image.text()), image, review))
                .toList();
    }

    @Test
    void aDecisionIsThatOfALinearScan() {
        int violations = 0;
        int rulesInAll = 0;
        for (int i = 0; i < CASES; i++) {
            PolicyBuilder builder = Policy.builder("p");
            int rules = 1 + random.nextInt(12);
            for (int rule = 0; rule < rules; rule++) {
                builder.rule(NamedRule.of("r" + rule, Rules.deny("**")).withScope(scope()));
            }
            Policy policy = builder.build();
            ImageReview review = review();
            List<Candidate> images = candidates(review);
            List<String> linear = policy.rules().stream()
                    .flatMap(rule -> images.stream()
                            .filter(rule.scope()::covers)
                            .map(image -> rule.name() + " " + image.image().place()))
                    .toList();
            assertThat(policy.decide(review).violations())
                    .as(() -> policy.rules().stream().map(NamedRule::scope).toList() + ", " + review)
                    .extracting(violation -> violation.rule() + " "
                            + violation.image().orElseThrow().place())
                    .isEqualTo(linear);
            violations += linear.size();
            rulesInAll += rules * images.size();
        }
        assertThat(violations).isBetween(rulesInAll / 10, rulesInAll * 9 / 10);
    }

    @Test
    void anImageThatWillHaveADigestIsFoundByPatternsOfDigests() {
        RuleIndex index = new RuleIndex(List.of(
                NamedRule.of("digest", Rules.deny("**")).withScope(Scope.ofImages(PatternSet.of("ghcr.io/**@*"))),
                NamedRule.of("other", Rules.deny("**")).withScope(Scope.ofImages(PatternSet.of("quay.io/**")))));
        List<Candidate> images = candidates(ImageReview.of("ghcr.io/a/x:1"));
        assertThat(index.of(images).isEmpty()).isTrue();
        assertThat(index.of(List.of(images.get(0).expectingDigest())).get(0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "images", "labels", "users", "containers", "everything"})
    void ofAThousandRulesOfATeamEachOneIsFound(String part) {
        RuleIndex index = new RuleIndex(IntStream.range(0, 1_000)
                .mapToObj(i -> NamedRule.of("r" + i, Rules.deny("**")).withScope(scope(part, "team-" + i)))
                .toList());
        ReviewedImage image = ReviewedImage.of("ghcr.io/team-7/api", "containers", 0)
                .withContainer(ContainerType.CONTAINER, "team-7");
        BitSet found = index.of(candidates(ImageReview.builder()
                .images(List.of(image))
                .namespace("team-7")
                .kind("Pod")
                .labels(Map.of("team", "team-7"))
                .user("system:team-7:deployer")
                .build()));
        assertThat(found.stream()).containsExactly(7);
        assertThat(index.of(candidates(ImageReview.of("0x7f.1/a"))).cardinality())
                .as("nothing is told")
                .isEqualTo(1_000);
    }

    private static Scope scope(String part, String team) {
        Criterion pods = Criterion.of(RequestProperty.KIND, GlobSet.of("Pod"));
        Criterion label = Criterion.label("team", GlobSet.of(team));
        return switch (part) {
            case "namespaces" -> Scope.ofNamespaces(GlobSet.of(team, team + "-*"));
            case "images" -> Scope.ofImages(PatternSet.of("ghcr.io/" + team + "/**"));
            case "labels" -> Scope.EVERYTHING.with(label);
            case "users" ->
                Scope.EVERYTHING.with(Criterion.of(RequestProperty.USER, GlobSet.of("system:" + team + ":*")));
            case "containers" -> Scope.EVERYTHING.with(Criterion.of(RequestProperty.CONTAINER_NAME, GlobSet.of(team)));
            default -> Scope.ofImages(PatternSet.of("**")).with(pods, label);
        };
    }
}
