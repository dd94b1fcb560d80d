package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.PolicySet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl apply -k} would send: every document is taken, and they belong together. */
class OverlayTest {

    @ParameterizedTest
    @ValueSource(strings = {"cert-manager", "own-certificates"})
    void isCompleteAndConsistent(String overlay) throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build(overlay, "monitoring", "registries", "mutation");
            built.all().forEach(KubernetesModel::check);
            Manifest deployment = built.one("Deployment", "imagegate");
            deployment.podSpec().forEach(PodRules::check);
            everythingIsInOneNamespace(built);
            selectorsFindThePods(built, deployment);
            portsExist(built, deployment);
            volumesExist(built, deployment, overlay);
        }
    }

    private static void everythingIsInOneNamespace(Manifests built) {
        String namespace = built.ofKind("Namespace").get(0).name();
        for (Manifest manifest : built.all()) {
            if (!manifest.kind().equals("Namespace") && !manifest.kind().endsWith("WebhookConfiguration")) {
                assertThat(manifest.text("metadata", "namespace"))
                        .as(manifest.toString())
                        .isEqualTo(namespace);
            }
        }
    }

    private static void selectorsFindThePods(Manifests built, Manifest deployment) {
        Map<String, String> pod = deployment.labels("spec", "template", "metadata", "labels");
        contains(pod, deployment.labels("spec", "selector", "matchLabels"));
        for (Manifest service : built.ofKind("Service")) {
            contains(pod, service.labels("spec", "selector"));
        }
        contains(pod, built.one("PodDisruptionBudget", "imagegate").labels("spec", "selector", "matchLabels"));
        for (Manifest policy : built.ofKind("NetworkPolicy")) {
            contains(pod, policy.labels("spec", "podSelector", "matchLabels"));
        }
        for (Manifest spread : deployment.each("spec", "template", "spec", "topologySpreadConstraints")) {
            contains(pod, spread.labels("labelSelector", "matchLabels"));
        }
        Manifest monitor = built.one("ServiceMonitor", "imagegate");
        contains(
                built.one("Service", "imagegate-metrics").labels("metadata", "labels"),
                monitor.labels("spec", "selector", "matchLabels"));
    }

    private static void contains(Map<String, String> labels, Map<String, String> selector) {
        assertThat(selector).isNotEmpty();
        assertThat(labels).containsAllEntriesOf(selector);
    }

    private static void portsExist(Manifests built, Manifest deployment) {
        List<String> open = PodRules.container(deployment.podSpec().findFirst().orElseThrow()).each("ports").stream()
                .map(port -> port.text("name"))
                .toList();
        for (Manifest service : built.ofKind("Service")) {
            service.each("spec", "ports").forEach(port -> assertThat(open).contains(port.text("targetPort")));
        }
        for (Manifest policy : built.ofKind("NetworkPolicy")) {
            List<Manifest> ingress =
                    policy.find("spec", "ingress") == null ? List.of() : policy.each("spec", "ingress");
            ingress.stream()
                    .flatMap(rule -> rule.each("ports").stream())
                    .forEach(port -> assertThat(open).contains(port.text("port")));
        }
        List<String> scraped = built.one("Service", "imagegate-metrics").each("spec", "ports").stream()
                .map(port -> port.text("name"))
                .toList();
        built.one("ServiceMonitor", "imagegate")
                .each("spec", "endpoints")
                .forEach(endpoint -> assertThat(scraped).contains(endpoint.text("port")));
    }

    private static void volumesExist(Manifests built, Manifest deployment, String overlay) {
        for (Manifest volume : deployment.each("spec", "template", "spec", "volumes")) {
            if (volume.find("configMap") != null && volume.text("name").equals("policy")) {
                Manifest policy = built.one("ConfigMap", volume.text("configMap", "name"));
                PolicySet loaded = new PolicyDocuments().read("policy.yaml", policy.text("data", "policy.yaml"));
                assertThat(loaded.isLoaded()).isTrue();
            }
            if (volume.find("secret") != null && volume.text("name").equals("tls")) {
                String secret = volume.text("secret", "secretName");
                if (overlay.equals("cert-manager")) {
                    Manifest certificate = built.one("Certificate", "imagegate");
                    assertThat(Duration.parse("PT" + certificate.text("spec", "renewBefore")))
                            .as("before the server warns, 30 days before the end")
                            .isGreaterThan(Duration.ofDays(30));
                    assertThat(certificate.text("spec", "secretName")).isEqualTo(secret);
                } else {
                    assertThat(built.one("Secret", secret).labels("data")).containsKeys("tls.crt", "tls.key");
                }
            }
        }
    }

    @Test
    void certManagerNamesTheHostThatTheApiServerCallsAndInjectsItsAuthority() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build("cert-manager");
            Manifest webhook = built.one("ValidatingWebhookConfiguration", "imagegate");
            Manifest service = webhook.each("webhooks").get(0);
            Manifest certificate = built.one("Certificate", "imagegate");
            assertThat(certificate.texts("spec", "dnsNames"))
                    .contains(service.text("clientConfig", "service", "name") + "."
                            + service.text("clientConfig", "service", "namespace") + ".svc");
            assertThat(webhook.text("metadata", "annotations", "cert-manager.io/inject-ca-from"))
                    .isEqualTo(certificate.text("metadata", "namespace") + "/" + certificate.name());
            for (Manifest each : built.ofKind("Certificate")) {
                built.one(each.text("spec", "issuerRef", "kind"), each.text("spec", "issuerRef", "name"));
            }
            assertThat(built.one("Issuer", "imagegate-ca").text("spec", "ca", "secretName"))
                    .isEqualTo(built.one("Certificate", "imagegate-ca").text("spec", "secretName"));
        }
    }

    @Test
    void ownCertificatesGiveTheWebhookTheirAuthority() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build("own-certificates");
            Manifest webhook = built.one("ValidatingWebhookConfiguration", "imagegate");
            // In one line, as the API server stores it.
            byte[] authority =
                    Base64.getDecoder().decode(webhook.each("webhooks").get(0).text("clientConfig", "caBundle"));
            assertThat(new String(authority, StandardCharsets.UTF_8)).startsWith("content of ca.pem\n");
        }
    }

    @Test
    void leavesTheGateOutWhenAskedByItsLabel() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            assertThat(delivery.build("cert-manager", "mutation").all().stream()
                            .filter(manifest ->
                                    "gate".equals(manifest.find("metadata", "labels", "imagegate.io/part"))))
                    .extracting(Manifest::kind)
                    .containsExactly("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");
        }
    }
}
