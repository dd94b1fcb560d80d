package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.ImageRewrite;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A policy for new images checks")
class KeptImagesTest {

    private static final PolicyBuilder POLICY =
            Policy.builder("p").rule("no", image -> Finding.violation("seen")).onUpdate(UpdateScope.NEW_IMAGES);

    /** Images such as {@code containers/web=nginx}, without a name {@code containers/=nginx}. */
    private static ImageReview review(@Nullable String images) {
        List<ReviewedImage> all = new ArrayList<>();
        for (String image : images == null ? new String[0] : images.split(" ")) {
            String[] parts = image.split("[/=]", 3);
            all.add(ReviewedImage.of(parts[2], parts[0], all.size())
                    .withContainer(null, parts[1].isEmpty() ? null : parts[1]));
        }
        return ImageReview.builder().images(all).build();
    }

    @ParameterizedTest(name = "of \"{1}\" after \"{0}\": {2}")
    @CsvSource({
        "c/web=a, c/web=a, ",
        "c/web=a, c/web=b, 0",
        "c/web=a, c/web=a c/db=b, 1",
        "c/web=a, c/db=a, 0",
        "c/web=a, i/web=a, 0",
        "c/=a, c/=a, 0",
        "c/web=a c/web=b, c/web=a, 0",
        "c/web=a c/web=b c/web=a, c/web=a, 0",
        "c/web=a, c/web=a c/web=b, 0 1",
        "c/web=a, c/web=b c/web=b c/web=a, 0 1 2",
        ", c/web=a, 0",
    })
    @DisplayName("those that no container of the same name and list had before")
    void checked(@Nullable String before, String now, @Nullable String checked) {
        ImageReview update = review(now).toBuilder().before(review(before)).build();
        assertThat(POLICY.build().decide(update).violations())
                .extracting(violation -> "" + violation.image().orElseThrow().index())
                .containsExactly(checked == null ? new String[0] : checked.split(" "));
    }

    @Test
    @DisplayName("all images of a new object")
    void created() {
        assertThat(POLICY.build().decide(review("c/web=a c/db=b")).violations()).hasSize(2);
    }

    @ParameterizedTest(name = "{1} after {0}: {2}")
    @CsvSource({"mirror.example/a, a, true", "a, a, true", "mirror.example/b, a, false"})
    @DisplayName("not one that gets the name that it had before")
    void rewritten(String before, String now, boolean kept) {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule("no", image -> Finding.violation("seen"))
                .onUpdate(UpdateScope.NEW_IMAGES)
                .mutation(Mutation.rewriting(List.of(ImageRewrite.of("docker.io/library/*", "mirror.example/*"))))
                .build());
        ImageReview update = review("c/web=" + now).toBuilder()
                .before(review("c/web=" + before))
                .build();
        assertThat(ImageGate.of(policies)
                        .decide(update, MutationScope.AS_IN_PODS)
                        .allowed())
                .isEqualTo(kept);
    }
}
