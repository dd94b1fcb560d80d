package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Images whose names are not known, because a variable in them has no value. */
class UnknownImageTest {

    private static final ReviewedImage KNOWN = ReviewedImage.of("nginx:1", "image", 0);

    private static PolicyBuilder policy() {
        return Policy.builder("p").rule("any", image -> Finding.satisfied());
    }

    private static Decision decide(PolicyBuilder policy, ReviewedImage... images) {
        return ImageGate.of(PolicySet.of(policy.build()))
                .decide(ImageReview.builder().images(List.of(images)).build());
    }

    @Test
    @DisplayName(
            "are denied by every policy, though what is written could be a name; the same name without a variable is allowed")
    void denied() {
        Decision decision = decide(policy(), KNOWN.withUnknown("${TAG}"));
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo("unknown-image");
            assertThat(violation.explanation())
                    .startsWith("its name is not known, because what \"${TAG}\" becomes cannot be told");
        });
        assertThat(decide(policy(), KNOWN).allowed()).isTrue();
    }

    @Test
    @DisplayName("are told in the language of the policy, and their variables are escaped")
    void told() {
        Decision decision = decide(policy().locale(Locale.SIMPLIFIED_CHINESE), KNOWN.withUnknown("$\u202Ex"));
        assertThat(decision.reason()).contains("镜像名未知").doesNotContain("\u202E");
    }

    @Test
    @DisplayName("get no other name, and no rule sees them; another image of the same review does")
    void notMutated() {
        ReviewedImage other = ReviewedImage.of("nginx:2", "image", 1);
        PolicyBuilder policy = Policy.builder("p")
                .rule("none", image -> Finding.violation("seen"))
                .mutation(Mutation.pinning(PatternSet.of("**")));
        Decision decision = decide(policy, KNOWN.withUnknown("${TAG}"), other);
        assertThat(decision.violations()).extracting(Violation::rule).containsOnlyOnce("unknown-image", "none");
        assertThat(decision.violations())
                .filteredOn(violation -> !violation.rule().equals("unknown-image"))
                .allMatch(violation -> violation.image().orElseThrow().index() == 1);
        assertThat(decision.mutations()).isEmpty();
    }

    @Test
    @DisplayName("stay unknown with another text, container or path, and differ from known ones")
    void copies() {
        ReviewedImage unknown = KNOWN.withUnknown("${TAG}");
        assertThat(unknown.withText("a").withContainer(null, "c").withPath("p").unknown())
                .contains("${TAG}");
        assertThat(unknown).isNotEqualTo(KNOWN).isNotEqualTo(KNOWN.withUnknown("$A"));
        assertThat(unknown).isEqualTo(KNOWN.withUnknown("${TAG}")).hasSameHashCodeAs(KNOWN.withUnknown("${TAG}"));
        assertThat(KNOWN.unknown()).isEmpty();
    }

    @Test
    @DisplayName("whose parts are defaults of a chart are one violation of their review, and no other image is in it")
    void chartDefaults() {
        ReviewedImage tag =
                ReviewedImage.of("a", "a.image", -1).withPath("a.image").withChartDefault("tag");
        Decision one = decide(policy(), tag, KNOWN);
        assertThat(one.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo("chart-default");
            assertThat(violation.image()).contains(tag);
            assertThat(violation.isUnknown()).isTrue();
            assertThat(violation.explanation())
                    .startsWith("its \"tag\" is a default of the chart, which is not here; write");
        });
        List<ReviewedImage> many = new ArrayList<>(List.of(tag));
        for (int i = 0; i < 11; i++) {
            String path = "x" + i + ".image";
            many.add(ReviewedImage.of(":1", path, -1).withPath(path).withChartDefault("repository"));
        }
        Decision several = decide(policy(), many.toArray(ReviewedImage[]::new));
        assertThat(several.violations())
                .singleElement()
                .extracting(Violation::explanation)
                .asString()
                .contains("and so are parts of x0.image, x1.image", "x8.image and 2 more; write them")
                .doesNotContain("x9.image");
        assertThat(tag).isNotEqualTo(tag.withUnknown("tag"));
        assertThat(tag.withUnknown("tag").isChartDefault()).isFalse();
    }
}
