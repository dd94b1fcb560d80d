package io.imagegate.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.ImageGate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PodAdmissionTest {

    private final ImageGate gate = ImageGate.of(new PolicyDocuments().load(Path.of("policy.yaml")));

    @Test
    void decidesOnThePodOfAReview() {
        assertThat(handle("nginx:1.27").getAllowed()).isTrue();
        AdmissionResponse denied = handle("nginx");
        assertThat(denied.getAllowed()).isFalse();
        assertThat(denied.getUid()).isEqualTo("1");
        assertThat(denied.getStatus().getCode()).isEqualTo(403);
        assertThat(denied.getStatus().getMessage())
                .contains("spec.initContainers[0] \"prepare\"", "violates rule \"fixed-tag\"");
    }

    /** The pod is not rewritten, so the policy must not see it as if it were. */
    @Test
    void decidesOnImagesAsTheyAreWritten() {
        ImageGate mirrored = ImageGate.of(new PolicyDocuments().read("mirror.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: mirror}
                spec:
                  mutate: {rewrite: [{from: "docker.io/**", to: "mirror.example/hub/**"}]}
                  rules: [{name: mirrored, allow: ["mirror.example/**"]}]
                """));
        assertThat(PodAdmission.decide(mirrored, pod("nginx:1.27")).allowed()).isFalse();
        assertThat(PodAdmission.decide(mirrored, pod("mirror.example/hub/library/nginx:1.27"))
                        .allowed())
                .isTrue();
    }

    private AdmissionResponse handle(String image) {
        AdmissionReview review = new AdmissionReviewBuilder()
                .withNewRequest()
                .withUid("1")
                .withOperation("CREATE")
                .withObject(pod(image))
                .endRequest()
                .build();
        return PodAdmission.controller(gate).handle(review).getResponse();
    }

    private static Pod pod(String image) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .addNewInitContainer()
                .withName("prepare")
                .withImage(image)
                .endInitContainer()
                .addNewContainer()
                .withName("web")
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }
}
