package io.imagegate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReviewTest {

    @Test
    void whatIsNotSetIsNotTold() {
        ImageReview review = ImageReview.of("nginx", "redis");
        assertThat(review.images()).extracting(ReviewedImage::place).containsExactly("containers[0]", "containers[1]");
        assertThat(review.namespace()).isEmpty();
        assertThat(review.operation()).isEmpty();
        assertThat(review.kind()).isEmpty();
        assertThat(review.name()).isEmpty();
        assertThat(review.labels()).isEmpty();
        assertThat(review.user()).isEmpty();
        assertThat(review.groups()).isEmpty();
        assertThat(review.before()).isEmpty();
        assertThat(review.isControlled()).isFalse();
        assertThat(review.images().get(0).containerType()).isEmpty();
        assertThat(review.images().get(0).containerName()).isEmpty();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"prod", "a", "0-9", "imagegate-system"})
    void aNamespaceIsALabel(String name) {
        assertThat(ImageReview.of("nginx").inNamespace(name).namespace()).isEqualTo(name);
        assertThat(ImageReview.of("nginx").inNamespace("a".repeat(63)).namespace())
                .hasSize(63);
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "Prod",
                "prod/eu",
                "prod.eu",
                "-prod",
                "prod-",
                "prod_eu",
                " prod",
                "prod*",
                "pr\u00f6d",
                "prod\n"
            })
    void whatNoNamespaceCanBeCalledIsRefused(String name) {
        ImageReview review = ImageReview.of("nginx");
        assertThatThrownBy(() -> review.inNamespace(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("namespace \"")
                .hasMessageContaining("expected at most 63 lower-case letters, digits and '-'");
        assertThatThrownBy(() -> review.inNamespace("a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextNamesWhatIsKnownAndHidesValuesOfAnnotations() {
        assertThat(ImageReview.of("nginx:1"))
                .hasToString("ImageReview{images=[nginx:1 (containers[0])], annotations=[], imagesUnchanged=false,"
                        + " controlled=false}");
        Map<String, String> secret = Map.of("ticket.image-policy.k8s.io/break-glass", "pass-4711");
        ImageReview review = ImageReview.builder()
                .images("nginx:1")
                .namespace("prod")
                .kind("Pod")
                .user("alice")
                .annotations(secret)
                .podAnnotations(secret)
                .templates(Map.of("spec.template", secret))
                .before(ImageReview.builder().annotations(secret).build())
                .build();
        assertThat(review.toString())
                .contains("namespace=prod", "kind=Pod", "user=alice", "before=ImageReview{")
                .contains("annotations=[ticket.image-policy.k8s.io/break-glass]")
                .doesNotContain("pass-4711");
    }

    @Test
    void whatIsSetIsTold() {
        ImageReview review = ImageReview.builder()
                .images(List.of(ReviewedImage.of("nginx", "spec.initContainers", 0)
                        .withContainer(ContainerType.INIT, "migrate")))
                .namespace("prod")
                .operation("CREATE")
                .kind("Deployment.apps")
                .name("web")
                .labels(Map.of())
                .user("alice")
                .groups(List.of())
                .before(ImageReview.of("nginx:1"))
                .controlled(true)
                .build();
        assertThat(review.before()).contains(ImageReview.of("nginx:1"));
        assertThat(review.isControlled()).isTrue();
        assertThat(review.operation()).contains("CREATE");
        assertThat(review.kind()).contains("Deployment.apps");
        assertThat(review.name()).contains("web");
        assertThat(review.labels()).contains(Map.of());
        assertThat(review.user()).contains("alice");
        assertThat(review.groups()).contains(List.of());
        assertThat(review.images()).singleElement().satisfies(image -> {
            assertThat(image.containerType()).contains(ContainerType.INIT);
            assertThat(image.containerName()).contains("migrate");
            assertThat(image).hasToString("nginx (spec.initContainers[0] \"migrate\")");
        });
    }

    @Test
    void anEmptyTextIsNotTold() {
        ImageReview review =
                ImageReview.builder().operation("").kind("").name("").user("").build();
        assertThat(review).isEqualTo(ImageReview.of());
    }

    @Test
    void annotationsOfPodsAreThoseOfTheTemplate() {
        String ticket = "ticket.image-policy.k8s.io/break-glass";
        ImageReview pod = ImageReview.builder().annotations(Map.of("a", "1")).build();
        assertThat(pod.podAnnotations()).containsEntry("a", "1");
        assertThat(pod.tellsPodAnnotation("b")).isTrue();
        ImageReview workload = pod.toBuilder().podAnnotations(Map.of("b", "2")).build();
        assertThat(workload.annotations()).containsOnlyKeys("a");
        assertThat(workload.podAnnotations()).containsOnlyKeys("b");
        assertThat(workload.toBuilder().build()).isEqualTo(workload).isNotEqualTo(pod);
        ImageReview unknown = pod.toBuilder().podAnnotations(null).build();
        assertThat(unknown.podAnnotations()).isEmpty();
        assertThat(unknown.tellsPodAnnotation(ticket)).isFalse();
        assertThat(ImageReview.of("a").tellsPodAnnotation(ticket)).isFalse();
        ImageReview filtered = ImageReview.builder()
                .imagePolicyAnnotations(Map.of(ticket, "1"))
                .build();
        assertThat(filtered.annotations()).isEqualTo(filtered.podAnnotations()).containsOnlyKeys(ticket);
        assertThat(filtered.tellsPodAnnotation(ticket)).isTrue();
        assertThat(filtered.tellsPodAnnotation("a")).isFalse();
        assertThat(filtered.toBuilder().build()).isEqualTo(filtered);
    }

    @Test
    void aReviewIsAValue() {
        ImageReview review = ImageReview.of("nginx").inNamespace("prod");
        assertThat(review)
                .isEqualTo(review.toBuilder().build())
                .hasSameHashCodeAs(review.toBuilder().build())
                .isNotEqualTo(review.inNamespace("dev"))
                .isNotEqualTo(review.toBuilder().user("alice").build())
                .isNotEqualTo(review.toBuilder().images("redis").build());
        ImageReview update = review.toBuilder().before(review).controlled(true).build();
        assertThat(update)
                .isEqualTo(update.toBuilder().build())
                .isNotEqualTo(update.toBuilder().before(ImageReview.of("redis")).build())
                .isNotEqualTo(update.toBuilder().controlled(false).build());
        assertThat(review.toString()).contains("nginx (containers[0])").contains("prod");
    }

    @Test
    void collectionsAreCopied() {
        Map<String, String> labels = new HashMap<>(Map.of("a", "b"));
        List<String> groups = new ArrayList<>(List.of("g"));
        ImageReview review = ImageReview.builder().labels(labels).groups(groups).build();
        labels.clear();
        groups.clear();
        assertThat(review.labels()).contains(Map.of("a", "b"));
        assertThat(review.groups()).contains(List.of("g"));
    }
}
