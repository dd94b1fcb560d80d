package io.imagegate.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Recorded;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.wire.MalformedReviewException;
import io.imagegate.wire.ReviewDecoder;
import io.imagegate.wire.WireLimits;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a request tells a policy. */
class JudgedImagesTest {

    private static ImageReview review(String body) throws MalformedReviewException {
        byte[] bytes = body.getBytes(UTF_8);
        return JudgedImages.of(
                        new ReviewDecoder(WireLimits.DEFAULTS).decode(bytes, bytes.length), ReviewStage.VALIDATING)
                .review();
    }

    @Test
    @DisplayName("an AdmissionReview tells operation, kind, name and user, type and name of each container")
    void anAdmissionReview() throws Exception {
        ImageReview review = review(Recorded.admission("create-statefulsets"));
        assertThat(review.operation()).contains("CREATE");
        assertThat(review.kind()).contains("StatefulSet.apps");
        assertThat(review.name()).isPresent();
        assertThat(review.user()).contains("admin");
        assertThat(review.images())
                .extracting(image -> image.containerType().orElseThrow())
                .containsExactly(ContainerType.INIT, ContainerType.CONTAINER, ContainerType.CONTAINER);
        assertThat(review.images())
                .extracting(image -> image.containerName().orElseThrow())
                .containsExactly("migrate", "app", "side");
        assertThat(review(Recorded.admission("update-pods-ephemeralcontainers")).images())
                .extracting(ReviewedImage::containerType)
                .allSatisfy(type -> assertThat(type).contains(ContainerType.EPHEMERAL));
        assertThat(review(
                                "{\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"1\",\"kind\":{\"kind\":\"Pod\"},\"object\":"
                                        + "{\"spec\":{\"volumes\":[{\"name\":\"v\",\"image\":{\"reference\":\"a\"}}]}}}}")
                        .images())
                .singleElement()
                .satisfies(image -> assertThat(image.containerType()).contains(ContainerType.VOLUME));
    }

    @Test
    @DisplayName("an ImageReview tells the kind Pod, and nothing of operation, name and containers")
    void anImageReview() throws Exception {
        ImageReview review = review("{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\","
                + "\"spec\":{\"namespace\":\"n\",\"containers\":[{\"image\":\"nginx\"}]}}");
        assertThat(review)
                .isEqualTo(ImageReview.of("nginx").inNamespace("n").toBuilder()
                        .kind("Pod")
                        .build());
        assertThat(review.operation()).isEmpty();
        assertThat(review.name()).isEmpty();
        assertThat(review.images()).extracting(ReviewedImage::containerType).allMatch(Optional::isEmpty);
    }
}
