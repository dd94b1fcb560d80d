package io.imagegate.testkit;

import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Arbitraries of reviews, and changes to a review.
 *
 * @since 0.1
 */
public final class Reviews {

    private static final int MOST_IMAGES = 4;

    private static final List<Map<String, String>> ANNOTATIONS = List.of(
            Map.of(),
            Map.of("alpha.image-policy.k8s.io/failed-open", "true"),
            Map.of("ticket.image-policy.k8s.io/break-glass", ""),
            Map.of("ticket.image-policy.k8s.io/break-glass", "no ticket"));

    private Reviews() {}

    /** {@return reviews of one to four texts of {@link References#any()}, in common namespaces} */
    public static Arbitrary<ImageReview> any() {
        return of(References.any());
    }

    /**
     * {@return reviews of one to four images, in common namespaces}
     *
     * @param images texts of images
     */
    public static Arbitrary<ImageReview> of(Arbitrary<String> images) {
        return of(images, Arbitraries.of("default", "", "kube-system", "dev", "prod", "prod-a"));
    }

    /**
     * {@return reviews of one to four images, some with an annotation that must not relax anything}
     *
     * @param images texts of images
     * @param namespaces names of namespaces
     */
    public static Arbitrary<ImageReview> of(Arbitrary<String> images, Arbitrary<String> namespaces) {
        return Combinators.combine(
                        namespaces,
                        Arbitraries.of(ANNOTATIONS),
                        images.list().ofMinSize(1).ofMaxSize(MOST_IMAGES))
                .as((namespace, annotations, texts) -> ImageReview.builder()
                        .images(texts.toArray(String[]::new))
                        .namespace(namespace)
                        .annotations(annotations)
                        .build());
    }

    /**
     * {@return the review with one more container at its end}
     *
     * @param review a review
     * @param image the image of that container
     */
    public static ImageReview plus(ImageReview review, String image) {
        List<ReviewedImage> images = new ArrayList<>(review.images());
        images.add(ReviewedImage.of(image, "containers", images.size()));
        return review.toBuilder().images(images).build();
    }
}
