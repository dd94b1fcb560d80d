package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ValidatingWebhookConfiguration: what is asked about, and what must never depend on an answer. */
class GateTest {

    /** Every resource of Kubernetes itself through which an image comes to run. */
    private static final Set<String> IMAGE_PLACES = Set.of(
            "/v1 pods",
            "/v1 pods/ephemeralcontainers",
            "/v1 podtemplates",
            "/v1 replicationcontrollers",
            "apps/v1 daemonsets",
            "apps/v1 deployments",
            "apps/v1 replicasets",
            "apps/v1 statefulsets",
            "batch/v1 cronjobs",
            "batch/v1 jobs");

    private final Manifests base;
    private final Manifest gate;

    GateTest() throws IOException {
        base = Manifests.folder(Manifests.FOLDER.resolve("base"));
        List<Manifest> webhooks =
                base.one("ValidatingWebhookConfiguration", "imagegate").each("webhooks");
        assertThat(webhooks).hasSize(1);
        gate = webhooks.get(0);
    }

    @Test
    void asksAboutEveryPlaceOfAnImageWhenItIsMadeAndWhenItIsChanged() {
        for (String operation : List.of("CREATE", "UPDATE")) {
            assertThat(asked(operation)).as(operation).containsExactlyInAnyOrderElementsOf(IMAGE_PLACES);
        }
        assertThat(asked("DELETE")).isEmpty();
    }

    private Set<String> asked(String operation) {
        Set<String> found = new TreeSet<>();
        for (Manifest rule : gate.each("rules")) {
            if (rule.texts("operations").contains(operation)) {
                for (String group : rule.texts("apiGroups")) {
                    for (String version : rule.texts("apiVersions")) {
                        rule.texts("resources").forEach(resource -> found.add(group + "/" + version + " " + resource));
                    }
                }
            }
        }
        return found;
    }

    @Test
    void isClosedWhenNobodyAnswers() {
        assertThat(gate.text("failurePolicy")).isEqualTo("Fail");
        assertThat(gate.text("matchPolicy")).isEqualTo("Equivalent");
        assertThat(gate.text("sideEffects")).isEqualTo("None");
        assertThat(gate.texts("admissionReviewVersions")).containsExactly("v1");
        // Longer than a review waits for a registry.
        assertThat(gate.number("timeoutSeconds")).isEqualTo(10);
    }

    @Test
    void looksAwayOnlyFromTheControlPlaneAndFromImagegate() {
        assertThat(gate.each("namespaceSelector", "matchExpressions")).hasSize(1);
        Manifest expression = gate.each("namespaceSelector", "matchExpressions").get(0);
        // The one label that the API server sets itself, so that nobody can label a namespace out of review.
        assertThat(expression.text("key")).isEqualTo("kubernetes.io/metadata.name");
        assertThat(expression.text("operator")).isEqualTo("NotIn");
        String own = base.ofKind("Namespace").get(0).name();
        assertThat(expression.texts("values")).containsExactlyInAnyOrder("kube-system", own);
        assertThat(gate.find("objectSelector")).isNull();
        assertThat(gate.find("matchConditions")).isNull();
    }

    /**
     * An object of the cluster that a namespaced one owns is deleted or kept by accident: the UID of a Namespace from another
     * cluster deletes it silently.
     */
    @Test
    void belongsToNoOtherObject() throws IOException {
        List<Manifest> gates = Stream.of(
                        base,
                        Manifests.folder(Manifests.FOLDER.resolve("components/mutation")),
                        ChartForm.VALIDATING.manifests(),
                        ChartForm.MUTATING.manifests())
                .flatMap(manifests -> manifests.all().stream())
                .filter(manifest -> manifest.kind().endsWith("WebhookConfiguration"))
                .toList();
        assertThat(gates).hasSize(5);
        assertThat(gates).allSatisfy(manifest -> {
            assertThat(manifest.find("metadata", "ownerReferences")).isNull();
            assertThat(manifest.text("metadata", "labels", "imagegate.io/part")).isEqualTo("gate");
            assertThat(manifest.text("metadata", "annotations", "argocd.argoproj.io/sync-wave"))
                    .isEqualTo("1");
        });
    }

    @Test
    void callsAServiceThatExists() {
        Manifest service = base.one("Service", gate.text("clientConfig", "service", "name"));
        assertThat(gate.text("clientConfig", "service", "namespace"))
                .isEqualTo(base.ofKind("Namespace").get(0).name());
        assertThat(service.each("spec", "ports").stream().map(port -> port.number("port")))
                .contains(gate.number("clientConfig", "service", "port"));
        assertThat(gate.text("clientConfig", "service", "path")).isEqualTo("/validate");
    }
}
