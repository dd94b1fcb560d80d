package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component that changes images: never without the validating webhook, and never for more than that one checks. */
class MutationComponentTest {

    private static final String KIND = "MutatingWebhookConfiguration";
    private static final Pattern WORKLOADS =
            Pattern.compile("```yaml\\n( {6}- apiGroups: \\[apps].*?)```", Pattern.DOTALL);

    private final Manifest mutating;
    private final Manifest validating;

    MutationComponentTest() throws IOException {
        mutating = webhook(Manifests.folder(Manifests.FOLDER.resolve("components/mutation")), KIND);
        validating = webhook(Manifests.folder(Manifests.FOLDER.resolve("base")), "ValidatingWebhookConfiguration");
    }

    private static Manifest webhook(Manifests manifests, String kind) {
        List<Manifest> webhooks = manifests.one(kind, "imagegate").each("webhooks");
        assertThat(webhooks).hasSize(1);
        return webhooks.get(0);
    }

    /** The rules that a user adds to patch workloads. */
    static String workloadRules() throws IOException {
        Matcher block = WORKLOADS.matcher(Files.readString(Manifests.FOLDER.resolve("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cert-manager", "own-certificates"})
    void standsBeforeTheValidatingWebhookAndGetsTheSameAuthority(String overlay) throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            assertThat(delivery.build(overlay).ofKind(KIND)).isEmpty();
            Manifests built = delivery.build(overlay, "mutation");
            Manifest gate = built.one("ValidatingWebhookConfiguration", "imagegate");
            Manifest added = built.one(KIND, "imagegate");
            String annotation = "cert-manager.io/inject-ca-from";
            assertThat(added.find("metadata", "annotations", annotation))
                    .isEqualTo(gate.find("metadata", "annotations", annotation));
            assertThat(added.find("webhooks", 0, "clientConfig", "caBundle"))
                    .isEqualTo(gate.find("webhooks", 0, "clientConfig", "caBundle"));
            assertThat(added.toString() + added.tree())
                    .contains(overlay.equals("cert-manager") ? annotation : "caBundle");
        }
    }

    @Test
    void changesNothingThatTheValidatingWebhookDoesNotCheck() throws IOException {
        assertThat(mutating.get("namespaceSelector")).isEqualTo(validating.get("namespaceSelector"));
        assertThat(mutating.find("objectSelector")).isNull();
        assertThat(mutating.get("clientConfig", "service", "name"))
                .isEqualTo(validating.get("clientConfig", "service", "name"));
        assertThat(mutating.get("clientConfig", "service", "port"))
                .isEqualTo(validating.get("clientConfig", "service", "port"));
        assertThat(mutating.text("clientConfig", "service", "path")).isEqualTo("/mutate");
        assertThat(places(mutating)).containsExactlyInAnyOrder("pods", "pods/ephemeralcontainers");
        Manifest workloads =
                Manifests.parse("README.md", "rules:\n" + workloadRules()).all().get(0);
        workloads
                .each("rules")
                .forEach(rule -> assertThat(validating.each("rules"))
                        .anyMatch(checked -> checked.texts("apiGroups").equals(rule.texts("apiGroups"))
                                && checked.texts("operations").equals(rule.texts("operations"))
                                && checked.texts("resources").containsAll(rule.texts("resources"))));
        // Their owners would create them again for ever.
        assertThat(places(workloads)).doesNotContain("replicasets", "replicationcontrollers", "pods");
    }

    private static Set<String> places(Manifest webhook) {
        Set<String> places = new LinkedHashSet<>();
        webhook.each("rules").forEach(rule -> places.addAll(rule.texts("resources")));
        return places;
    }

    @Test
    void isClosedAndCalledAgainAfterOtherWebhooks() {
        assertThat(mutating.text("failurePolicy")).isEqualTo("Fail");
        assertThat(mutating.text("matchPolicy")).isEqualTo("Equivalent");
        assertThat(mutating.text("sideEffects")).isEqualTo("None");
        assertThat(mutating.text("reinvocationPolicy")).isEqualTo("IfNeeded");
        assertThat(mutating.number("timeoutSeconds")).isEqualTo(validating.number("timeoutSeconds"));
        assertThat(mutating.each("matchConditions"))
                .extracting(condition -> condition.text("name"))
                .containsExactly("spec-changes", "no-mirror-pod");
    }
}
