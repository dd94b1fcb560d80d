package io.imagegate.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Recorded;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.wire.MalformedReviewException;
import io.imagegate.wire.ReviewDecoder;
import io.imagegate.wire.WireLimits;
import io.imagegate.workload.Workloads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a request tells a policy. */
class CheckedImagesTest {

    private static ImageReview review(String body) throws MalformedReviewException {
        return review(body, WireLimits.DEFAULTS);
    }

    private static ImageReview review(String body, WireLimits limits) throws MalformedReviewException {
        byte[] bytes = body.getBytes(UTF_8);
        return CheckedImages.of(
                        new ReviewDecoder(limits).decode(bytes, bytes.length, ObjectPlaces.of(Workloads.wellKnown())),
                        ReviewStage.VALIDATING)
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
                        .imagePolicyAnnotations(Map.of())
                        .build());
        assertThat(review.operation()).isEmpty();
        assertThat(review.name()).isEmpty();
        assertThat(review.images()).extracting(ReviewedImage::containerType).allMatch(Optional::isEmpty);
    }

    @Test
    @DisplayName("an AdmissionReview tells the groups of the user, none if it names a user without groups")
    void groups() throws Exception {
        assertThat(review(Recorded.admission("create-pods")).groups().orElseThrow())
                .contains("system:authenticated");
        assertThat(review(pod("\"userInfo\":{\"groups\":[\"a\",\"b\",\"a\"],\"username\":\"u\"},", "{}"))
                        .groups())
                .contains(List.of("a", "b", "a"));
        assertThat(review(pod("\"userInfo\":{\"username\":\"u\"},", "{}")).groups())
                .contains(List.of());
        assertThat(review(pod("\"userInfo\":{\"username\":\"u\",\"groups\":null},", "{}"))
                        .groups())
                .contains(List.of());
        assertThat(review(pod("\"userInfo\":{\"uid\":\"1\"},", "{}")).groups()).isEmpty();
        assertThat(review(pod("\"userInfo\":null,", "{}")).groups()).isEmpty();
        assertThat(review(pod("", "{}")).groups()).isEmpty();
        for (String other : List.of("\"a\"", "[1]", "[\"a\",null]", "{}", "true")) {
            assertThat(review(pod("\"userInfo\":{\"groups\":" + other + ",\"username\":\"u\"},", "{}"))
                            .groups())
                    .as(other)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("an update tells images, annotations and templates of the old object; nothing else does")
    void before() throws Exception {
        ImageReview update = review(Recorded.admission("update-pods-image"));
        ImageReview old = update.before().orElseThrow();
        assertThat(old.images()).extracting(ReviewedImage::text).isNotEqualTo(texts(update));
        assertThat(old.images()).hasSameSizeAs(update.images());
        String deployment = "{\"metadata\":{\"annotations\":{\"a\":\"%s\"}},\"spec\":{\"template\":{\"metadata\":"
                + "{\"annotations\":{\"b\":\"%s\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}";
        String body = admission("apps", "Deployment", "", deployment.formatted("new", "new"))
                .replace(
                        "\"object\":",
                        "\"operation\":\"UPDATE\",\"oldObject\":" + deployment.formatted("old", "older")
                                + ",\"object\":");
        assertThat(review(body).before().orElseThrow())
                .isEqualTo(ImageReview.builder()
                        .images(review(body).images())
                        .annotations(Map.of("a", "old"))
                        .podAnnotations(Map.of("b", "older"))
                        .templates(Map.of("spec.template", Map.of("b", "older")))
                        .build());
        assertThat(review(body.replace("UPDATE", "CREATE")).before()).isEmpty();
        assertThat(review(body.replace("oldObject", "other")).before()).isEmpty();
    }

    private static List<String> texts(ImageReview review) {
        return review.images().stream().map(ReviewedImage::text).toList();
    }

    @Test
    @DisplayName("an object that a controller owns tells so")
    void controlled() throws Exception {
        assertThat(review(pod("", "{\"ownerReferences\":[{\"controller\":true}]}"))
                        .isControlled())
                .isTrue();
        assertThat(review(pod("", "{\"ownerReferences\":[{\"controller\":false},{}]}"))
                        .isControlled())
                .isFalse();
        assertThat(review(pod("", "{\"ownerReferences\":[{\"controller\":\"true\"}]}"))
                        .isControlled())
                .isFalse();
        assertThat(review(pod("", "{}")).isControlled()).isFalse();
    }

    @Test
    @DisplayName("labels are those of the pods")
    void labels() throws Exception {
        assertThat(review(pod("", "{\"labels\":{\"app\":\"web\",\"tier\":null}}"))
                        .labels())
                .contains(Map.of("app", "web", "tier", ""));
        assertThat(review(pod("", "{}")).labels()).contains(Map.of());
        String template = "{\"spec\":{\"containers\":[{\"image\":\"a\"}]},\"metadata\":{\"labels\":{\"of\":\"pods\"}}}";
        String own = "\"metadata\":{\"labels\":{\"of\":\"object\"}},";
        String cronJob = "{" + own + "\"spec\":{\"jobTemplate\":{\"spec\":{\"template\":" + template
                + "},\"metadata\":{\"labels\":{\"of\":\"jobs\"}}}}}";
        Map<String, String> ofPods = Map.of("of", "pods");
        assertThat(review(admission("batch", "CronJob", "", cronJob)).labels()).contains(ofPods);
        String deployment = "{" + own + "\"spec\":{\"template\":" + template + "}}";
        assertThat(review(admission("apps", "Deployment", "", deployment)).labels())
                .contains(ofPods);
        assertThat(review(admission("", "PodTemplate", "", "{" + own + "\"template\":" + template + "}"))
                        .labels())
                .contains(ofPods);
        assertThat(review(admission("example.com", "Widget", "", deployment)).labels())
                .contains(Map.of("of", "object"));
        assertThat(review(admission(
                                "apps",
                                "Deployment",
                                "",
                                deployment.replace("labels\":{\"of\":\"pods", "x\":{\"y\":\"z")))
                        .labels())
                .contains(Map.of());
        assertThat(review(admission("apps", "Deployment", "", "null")).labels()).isEmpty();
    }

    @Test
    @DisplayName("labels that are no texts are unknown")
    void otherLabels() throws Exception {
        String deployment = "{\"spec\":{\"template\":{\"metadata\":{\"labels\":LABELS},\"spec\":{}}}}";
        for (String other : List.of("{\"app\":1}", "{\"app\":{\"a\":\"b\"},\"b\":\"c\"}", "[]", "\"app\"")) {
            assertThat(review(pod("", "{\"labels\":" + other + "}")).labels())
                    .as(other)
                    .isEmpty();
            String template = deployment.replace("LABELS", other);
            assertThat(review(admission("apps", "Deployment", "", template)).labels())
                    .as(other)
                    .isEmpty();
            assertThat(review(admission("", "Pod", "", template)).labels()).contains(Map.of());
        }
    }

    @Test
    @DisplayName("more labels or groups than the limit are unknown, and the limit itself is not")
    void manyLabelsAndGroups() throws Exception {
        String three = "{\"a\":\"\",\"b\":\"\",\"c\":\"\"}";
        for (String body : List.of(
                pod("\"userInfo\":{\"groups\":[\"g\",\"g\",\"g\"]},", "{\"labels\":" + three + "}"),
                admission(
                        "apps",
                        "Deployment",
                        "\"userInfo\":{\"groups\":[\"g\",\"g\",\"g\"]},",
                        "{\"spec\":{\"template\":{\"metadata\":{\"labels\":" + three + "}}}}"))) {
            ImageReview over = review(body, new WireLimits(1_000, 9, 2, 99, 9));
            assertThat(over.groups()).isEmpty();
            assertThat(over.labels()).isEmpty();
            ImageReview within = review(body, new WireLimits(1_000, 9, 3, 99, 9));
            assertThat(within.groups()).contains(List.of("g", "g", "g"));
            assertThat(within.labels()).contains(Map.of("a", "", "b", "", "c", ""));
        }
    }

    private static String pod(String userInfo, String metadata) {
        return admission(
                "", "Pod", userInfo, "{\"metadata\":" + metadata + ",\"spec\":{\"containers\":[{\"image\":\"a\"}]}}");
    }

    private static String admission(String group, String kind, String userInfo, String object) {
        return "{\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"1\"," + userInfo + "\"kind\":{\"group\":\"" + group
                + "\",\"kind\":\"" + kind + "\"},\"object\":" + object + "}}";
    }
}
