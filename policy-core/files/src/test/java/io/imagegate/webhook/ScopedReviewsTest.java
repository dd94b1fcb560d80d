package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Recorded;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.PolicySet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Over the webhook, a match")
class ScopedReviewsTest {

    /** What ImagePolicyWebhook sends about a pod. */
    private static final String IMAGE_REVIEW =
            "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"spec\":"
                    + "{\"namespace\":\"default\",\"containers\":[{\"image\":\"registry.k8s.io/pause:3.10\"}],"
                    + "\"annotations\":{\"team.image-policy.k8s.io/name\":\"payments\"}}}";

    private static boolean allows(String spec, String path, String body) {
        PolicySet policies = new PolicyDocuments()
                .read(
                        "p.yaml",
                        "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicy\nmetadata: {name: p}\nspec:\n"
                                + spec.indent(2));
        byte[] bytes = body.getBytes(UTF_8);
        Answer answer = PolicyWebhook.of(() -> policies).review(path, bytes, bytes.length);
        return new String(answer.body(), UTF_8).contains("\"allowed\":true");
    }

    private static boolean denies(String match, String path, String body) {
        return !allows("rules: [{name: r, match: {" + match + "}, deny: [\"**\"]}]", path, body);
    }

    private static String deployment() {
        return Recorded.admission("create-deployments");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            kinds: [Deployment.apps]                              | kinds: [Pod, ReplicaSet.apps]
            names: [dep]                                          | names: ["dep-*"]
            operations: [CREATE]                                  | operations: [UPDATE]
            users: [admin]                                        | users: ["system:*"]
            groups: ["system:masters"]                            | groups: ["system:nodes"]
            containers: {types: [container]}                      | containers: {types: [init, ephemeral, volume]}
            exceptKinds: [Pod]                                    | exceptKinds: ["*.apps"]
            exceptGroups: ["system:nodes"]                        | exceptGroups: ["system:auth*"]
            exceptAnnotations: {a: "*"}                           | annotations: {a: "*"}
            exceptLabels: {no-such-label: "*"}                    | labels: {no-such-label: "*"}
            """)
    @DisplayName("sees what an AdmissionReview tells")
    void admission(String hit, String miss) {
        assertThat(denies(hit, "/validate", deployment())).isTrue();
        assertThat(denies(miss, "/validate", deployment())).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            names: [other]
            labels: {a: b}
            annotations: {example.com/a: b}
            operations: [UPDATE]
            users: [nobody]
            groups: [nobody]
            containers: {types: [ephemeral]}
            containers: {names: [other]}
            exceptNames: [a]
            exceptLabels: {a: "*"}
            exceptAnnotations: {example.com/a: "*"}
            exceptOperations: [CREATE]
            exceptUsers: [a]
            exceptGroups: [a]
            exceptContainers: {types: [container, init]}
            annotations: {team.image-policy.k8s.io/name: payments}
            exceptAnnotations: {team.image-policy.k8s.io/name: other}
            kinds: [Pod]
            exceptKinds: ["*.apps"]
            """)
    @DisplayName("includes what an ImageReview does not tell")
    void imageReview(String match) {
        assertThat(denies("namespaces: [default], " + match, "/image_policy", IMAGE_REVIEW))
                .isTrue();
        assertThat(denies("namespaces: [other], " + match, "/image_policy", IMAGE_REVIEW))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            annotations: {team.image-policy.k8s.io/name: other}
            annotations: {other.image-policy.k8s.io/name: "*"}
            exceptAnnotations: {team.image-policy.k8s.io/name: "*"}
            kinds: ["*.apps"]
            exceptKinds: [Pod]
            """)
    @DisplayName("sees the kind and the annotations that an ImageReview tells")
    void inImageReview(String match) {
        assertThat(denies(match, "/image_policy", IMAGE_REVIEW)).isFalse();
    }

    @Test
    @DisplayName("of annotations sees those of the pod template, not of the workload")
    void template() {
        String workload = deployment().replaceFirst("\"metadata\":\\{", "\"metadata\":{\"annotations\":{\"a\":\"b\"},");
        String template = deployment()
                .replaceFirst(
                        "\"template\":\\{\"metadata\":\\{",
                        "\"template\":{\"metadata\":{\"annotations\":{\"a\":\"b\"},");
        assertThat(workload).isNotEqualTo(deployment());
        assertThat(template).isNotEqualTo(deployment());
        assertThat(denies("annotations: {a: b}", "/validate", workload)).isFalse();
        assertThat(denies("annotations: {a: b}", "/validate", template)).isTrue();
    }

    @Test
    @DisplayName("sees the containers that a debugger adds")
    void ephemeral() {
        String body = Recorded.admission("update-pods-ephemeralcontainers");
        assertThat(denies("containers: {types: [ephemeral]}, operations: [UPDATE]", "/validate", body))
                .isTrue();
        assertThat(denies("containers: {types: [container, init]}", "/validate", body))
                .isFalse();
    }

    @Test
    @DisplayName("does not see a name that the API server generates")
    void generatedName() {
        String generated = Recorded.admission("create-pods")
                .replace("\"name\":\"web\",\"namespace\":\"default\",\"op", "\"namespace\":\"default\",\"op");
        assertThat(generated).isNotEqualTo(Recorded.admission("create-pods"));
        assertThat(denies("names: [other]", "/validate", generated)).isTrue();
        assertThat(denies("names: [other]", "/validate", Recorded.admission("create-pods")))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            users: [admin]                   | users: [other]
            groups: ["system:masters"]       | groups: [other]
            """)
    @DisplayName("of an exception leaves out what is not told")
    void exceptions(String hit, String miss) {
        String spec =
                "rules: [{name: r, deny: [\"**\"]}]\nexceptions: [{rules: [r], %s, reason: x, expires: 2999-01-31}]";
        assertThat(allows(spec.formatted(hit), "/validate", deployment())).isTrue();
        assertThat(allows(spec.formatted(miss), "/validate", deployment())).isFalse();
        assertThat(allows(spec.formatted(hit), "/image_policy", IMAGE_REVIEW)).isFalse();
        assertThat(allows(spec.formatted("namespaces: [default]"), "/image_policy", IMAGE_REVIEW))
                .isTrue();
    }
}
