package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy that lies beside the manifests. */
class ClusterPolicyTest {

    private static final Path FILE = Manifests.FOLDER.resolve("base/policy.yaml");

    private final PolicySet policy = new PolicyDocuments().load(FILE);

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "nginx:latest", "registry.internal:5000/team/web", "nginx:"})
    void denies(String image) {
        assertThat(decide(policy, image).allowed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx:1.17.1", "nginx:latest-alpine", "registry.internal:5000/team/web:1.4"})
    void allows(String image) {
        assertThat(decide(policy, image).allowed()).isTrue();
    }

    /** ImagePolicyWebhook asks about these too, and a policy that denies them stops the cluster. */
    @Test
    void allowsTheImagesOfTheControlPlaneAndItsOwn() throws IOException {
        List<Manifest> pods = List.of(
                Manifests.file(Manifests.FOLDER.resolve("kubeadm/imagegate.yaml"))
                        .one("Pod", "imagegate"),
                Manifests.file(Manifests.FOLDER.resolve("base/deployment.yaml")).one("Deployment", "imagegate"),
                Manifests.file(Manifests.FOLDER.resolve("src/test/resources/kube-apiserver.yaml"))
                        .one("Pod", "kube-apiserver"));
        for (Manifest pod : pods) {
            String image =
                    PodRules.container(pod.podSpec().findFirst().orElseThrow()).text("image");
            assertThat(decide(policy, image).allowed()).as(image).isTrue();
        }
    }

    @Test
    void speaksChineseWhenTheTutorialSaysSo() throws IOException {
        String chinese = Files.readString(FILE).replace("spec:\n", "spec:\n  locale: zh-CN\n");
        Decision decision = decide(new PolicyDocuments().read("policy.yaml", chinese), "nginx");
        assertThat(Files.readString(Manifests.FOLDER.resolve("TUTORIAL.zh-CN.md")))
                .contains("denied one or more images: " + decision.reason() + "\n");
    }

    private static Decision decide(PolicySet policy, String image) {
        return policy.decide(ImageReview.of(image).inNamespace("default"));
    }
}
