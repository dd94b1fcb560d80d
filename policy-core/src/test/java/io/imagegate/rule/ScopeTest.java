package io.imagegate.rule;

import static io.imagegate.rule.Coverage.COVERED;
import static io.imagegate.rule.Coverage.NOT_COVERED;
import static io.imagegate.rule.Coverage.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ImageReviewBuilder;
import io.imagegate.review.ReviewedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScopeTest {

    private static final String SIDECAR = "example.com/sidecar";
    private static final String TICKET = "ticket.image-policy.k8s.io/break-glass";

    private static final Rule NO = image -> Finding.violation("no");

    private static ImageReviewBuilder told() {
        return ImageReview.builder()
                .namespace("prod")
                .kind("Deployment.apps")
                .name("web")
                .labels(Map.of("tier", "frontend"))
                .annotations(Map.of(SIDECAR, "yes"))
                .operation("CREATE")
                .user("system:serviceaccount:ci:deployer")
                .groups(List.of("developers", "sre"))
                .images(List.of(ReviewedImage.of("nginx:1", "spec.template.spec.initContainers", 0)
                        .withContainer(ContainerType.INIT, "migrate")));
    }

    private static Candidate candidate(ImageReview review) {
        ReviewedImage image = review.images().get(0);
        return Candidate.of(ImageReference.parse(image.text()), image, review);
    }

    private static final Candidate TOLD = candidate(told().build());
    private static final Candidate UNTOLD = candidate(ImageReview.of("nginx:1"));

    private static Criterion hit(RequestProperty property) {
        return switch (property) {
            case KIND -> Criterion.of(property, GlobSet.of("Pod", "*.apps"));
            case NAME -> Criterion.of(property, GlobSet.of("w?b"));
            case LABEL -> Criterion.label("tier", GlobSet.of("front*"));
            case ANNOTATION -> Criterion.annotation(SIDECAR, GlobSet.of("yes"));
            case OPERATION -> Criterion.of(property, GlobSet.of("CREATE"));
            case USER -> Criterion.of(property, GlobSet.of("system:serviceaccount:ci:*"));
            case GROUP -> Criterion.of(property, GlobSet.of("sre"));
            case CONTAINER_TYPE -> Criterion.of(property, GlobSet.of("init"));
            case CONTAINER_NAME -> Criterion.of(property, GlobSet.of("migrate"));
        };
    }

    private static Criterion nearMiss(RequestProperty property) {
        return switch (property) {
            case KIND -> Criterion.of(property, GlobSet.of("Deployment", "Deployment.extensions"));
            case NAME -> Criterion.of(property, GlobSet.of("web-*"));
            case LABEL -> Criterion.label("tiers", GlobSet.of("*"));
            case ANNOTATION -> Criterion.annotation(SIDECAR, GlobSet.of("Yes"));
            case OPERATION -> Criterion.of(property, GlobSet.of("UPDATE"));
            case USER -> Criterion.of(property, GlobSet.of("system:serviceaccount:ci"));
            case GROUP -> Criterion.of(property, GlobSet.of("sre-*", "developer"));
            case CONTAINER_TYPE -> Criterion.of(property, GlobSet.of("container", "ephemeral", "volume"));
            case CONTAINER_NAME -> Criterion.of(property, GlobSet.of("init"));
        };
    }

    @ParameterizedTest
    @EnumSource
    void aCriterionIncludes(RequestProperty property) {
        assertThat(Scope.EVERYTHING.with(hit(property)).coverage(TOLD)).isEqualTo(COVERED);
        assertThat(Scope.EVERYTHING.with(nearMiss(property)).coverage(TOLD)).isEqualTo(NOT_COVERED);
        assertThat(Scope.EVERYTHING.with(hit(property)).coverage(UNTOLD)).isEqualTo(UNKNOWN);
        assertThat(Scope.EVERYTHING.with(hit(property)).covers(UNTOLD)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aCriterionExcludes(RequestProperty property) {
        assertThat(Scope.EVERYTHING.without(hit(property)).coverage(TOLD)).isEqualTo(NOT_COVERED);
        assertThat(Scope.EVERYTHING.without(nearMiss(property)).coverage(TOLD)).isEqualTo(COVERED);
        assertThat(Scope.EVERYTHING.without(hit(property)).coverage(UNTOLD)).isEqualTo(UNKNOWN);
        assertThat(Scope.EVERYTHING.without(hit(property)).covers(UNTOLD)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aScopeOfARulePartIsUndecidableWhereItIsNotTold(RequestProperty property) {
        for (Scope scope : List.of(
                Scope.EVERYTHING.with(hit(property)), Scope.EVERYTHING.without(nearMiss(property), hit(property)))) {
            Finding finding = Rules.within(scope, NO).check(UNTOLD);
            assertThat(finding.outcome()).isEqualTo(Outcome.UNDECIDABLE);
            assertThat(finding.message(Locale.ENGLISH)).contains("\"" + property.key() + "\"");
            assertThat(Rules.within(scope, NO).check(TOLD).outcome()).isEqualTo(Outcome.VIOLATED);
        }
        assertThat(Rules.within(Scope.EVERYTHING.with(nearMiss(property)), NO)
                        .check(TOLD)
                        .outcome())
                .isEqualTo(Outcome.NOT_APPLICABLE);
    }

    @Test
    void whatIsToldDecidesBeforeWhatIsNot() {
        Candidate inProd = candidate(ImageReview.of("nginx:1").inNamespace("prod"));
        Scope users = Scope.EVERYTHING.with(hit(RequestProperty.USER));
        assertThat(users.withNamespaces(GlobSet.of("dev")).coverage(inProd)).isEqualTo(NOT_COVERED);
        assertThat(users.withNamespaces(GlobSet.of("prod")).coverage(inProd)).isEqualTo(UNKNOWN);
        assertThat(users.withExceptImages(PatternSet.of("nginx")).coverage(inProd))
                .isEqualTo(NOT_COVERED);
        assertThat(users.withNamespaces(GlobSet.of("prod")).coverage(UNTOLD)).isEqualTo(UNKNOWN);
        assertThat(Scope.ofNamespaces(GlobSet.of("*")).coverage(UNTOLD)).isEqualTo(UNKNOWN);
    }

    @Test
    void allCriteriaHoldAndOneOfTheExclusionsIsEnough() {
        Criterion init = hit(RequestProperty.CONTAINER_TYPE);
        Criterion other = nearMiss(RequestProperty.CONTAINER_NAME);
        assertThat(Scope.EVERYTHING.with(init, other).coverage(TOLD)).isEqualTo(NOT_COVERED);
        assertThat(Scope.EVERYTHING.with(init).with(other).coverage(TOLD)).isEqualTo(NOT_COVERED);
        assertThat(Scope.EVERYTHING.without(init, other).coverage(TOLD)).isEqualTo(COVERED);
        assertThat(Scope.EVERYTHING.without(init).without(other).coverage(TOLD)).isEqualTo(NOT_COVERED);
        assertThat(Scope.EVERYTHING
                        .without(hit(RequestProperty.USER), nearMiss(RequestProperty.KIND))
                        .coverage(candidate(ImageReview.builder()
                                .images("nginx:1")
                                .kind("Pod")
                                .build())))
                .as("the kind, which is told, says that this does not exclude it")
                .isEqualTo(COVERED);
    }

    @Test
    void anImageReviewTellsTheAnnotationsThatAreMeantForIt() {
        Candidate image = candidate(ImageReview.builder()
                .images("nginx:1")
                .imagePolicyAnnotations(Map.of("a.image-policy.k8s.io/b", "c"))
                .build());
        GlobSet any = GlobSet.of("*");
        assertThat(Scope.EVERYTHING
                        .with(Criterion.annotation("a.image-policy.k8s.io/b", any))
                        .coverage(image))
                .isEqualTo(COVERED);
        assertThat(Scope.EVERYTHING.with(Criterion.annotation(TICKET, any)).coverage(image))
                .isEqualTo(NOT_COVERED);
        assertThat(Scope.EVERYTHING.with(Criterion.annotation(SIDECAR, any)).coverage(image))
                .isEqualTo(UNKNOWN);
        assertThat(Criterion.annotation(TICKET, any).isInImageReview()).isTrue();
        assertThat(Criterion.annotation("image-policy.k8s.io/b", any).isInImageReview())
                .isFalse();
        assertThat(hit(RequestProperty.KIND).isInImageReview()).isTrue();
        assertThat(hit(RequestProperty.LABEL).isInImageReview()).isFalse();
    }

    @Test
    void anEmptyNameOfAContainerIsNotTold() {
        Candidate image = candidate(told().images(List.of(
                        ReviewedImage.of("nginx:1", "spec.containers", 0).withContainer(ContainerType.CONTAINER, "")))
                .build());
        assertThat(Scope.EVERYTHING
                        .with(Criterion.of(RequestProperty.CONTAINER_NAME, GlobSet.of("*")))
                        .coverage(image))
                .isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void theAuthorOfAPodChoosesAllButTheUser(RequestProperty property) {
        boolean chosen = property != RequestProperty.USER && property != RequestProperty.GROUP;
        assertThat(Scope.EVERYTHING.with(hit(property)).isChosenByAuthor()).isEqualTo(chosen);
        assertThat(Scope.EVERYTHING.without(hit(property)).isChosenByAuthor()).isEqualTo(chosen);
        assertThat(Scope.EVERYTHING
                        .with(hit(property))
                        .with(hit(RequestProperty.USER))
                        .isChosenByAuthor())
                .isFalse();
        assertThat(Scope.ofNamespaces(GlobSet.of("prod")).with(hit(property)).isChosenByAuthor())
                .isFalse();
        assertThat(Scope.ofImages(PatternSet.of("nginx")).with(hit(property)).isChosenByAuthor())
                .isFalse();
        assertThat(Scope.EVERYTHING.isChosenByAuthor()).isFalse();
    }

    @Test
    void aCriterionCoversOthersOfTheSameProperty() {
        Criterion wide = Criterion.label("tier", GlobSet.of("front*"));
        assertThat(wide.covers(Criterion.label("tier", GlobSet.of("frontend", "front-*"))))
                .isTrue();
        assertThat(wide.covers(Criterion.label("tier", GlobSet.of("frontend", "back"))))
                .isFalse();
        assertThat(wide.covers(Criterion.label("level", GlobSet.of("frontend"))))
                .isFalse();
        assertThat(wide.covers(Criterion.annotation("tier", GlobSet.of("frontend"))))
                .isFalse();
    }

    @Test
    void whatIsNotToldIsNamed() {
        Criterion pod = Criterion.of(RequestProperty.KIND, GlobSet.of("Pod"));
        Scope scope = Scope.EVERYTHING
                .with(hit(RequestProperty.KIND))
                .without(pod, hit(RequestProperty.GROUP))
                .without(hit(RequestProperty.KIND), hit(RequestProperty.USER));
        ImageReview review = ImageReview.builder()
                .namespace("prod")
                .kind("Deployment.apps")
                .images("nginx:1")
                .build();
        assertThat(Rules.within(scope, image -> Finding.satisfied())
                        .check(candidate(review))
                        .message(Locale.ENGLISH))
                .contains("\"users\"");
    }

    @Test
    void criteriaAreValues() {
        Criterion label = Criterion.label("tier", GlobSet.of("a", "b"));
        assertThat(label)
                .isEqualTo(Criterion.label("tier", GlobSet.of("a", "b")))
                .hasSameHashCodeAs(Criterion.label("tier", GlobSet.of("a", "b")))
                .isNotEqualTo(Criterion.annotation("tier", GlobSet.of("a", "b")))
                .hasToString("labels.tier: a, b");
        assertThat(Scope.ofNamespaces(GlobSet.of("prod-*"))
                        .withImages(PatternSet.of("nginx", "a/b"))
                        .with(label)
                        .without(
                                Criterion.of(RequestProperty.CONTAINER_TYPE, GlobSet.of("init")),
                                Criterion.of(RequestProperty.CONTAINER_NAME, GlobSet.of("a"))))
                .hasToString("images: nginx, a/b; namespaces: prod-*; labels.tier: a, b;"
                        + " exceptContainers.types: init and exceptContainers.names: a");
        assertThatThrownBy(() -> Criterion.of(RequestProperty.LABEL, GlobSet.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels: expected a criterion with a key");
        assertThatThrownBy(Scope.EVERYTHING::without).isInstanceOf(IllegalArgumentException.class);
    }
}
