package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart makes the objects of the kustomization, field by field; each difference is written down here. */
class ChartKustomizeTest {

    /** Labels that only Helm's objects have, in selectors, too, and those that kustomize does not give to components. */
    private static final Set<String> LABELS = Set.of(
            "app.kubernetes.io/instance",
            "app.kubernetes.io/version",
            "app.kubernetes.io/managed-by",
            "app.kubernetes.io/part-of",
            "helm.sh/chart");

    /** Both end the name of a ConfigMap with a hash of its content, each its own. */
    private static final String HASHED = "^(imagegate-(?:policy|registries))-[a-z0-9]{10}$";

    /** Helm's objects of the cluster have the namespace of the release in their names. */
    private static final String OF_THE_CLUSTER = "^(imagegate(?:-cluster-check)?)\\.imagegate$";

    @Test
    void validatingIsTheBaseWithAllComponents() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build(
                    "own-certificates", "monitoring", "registries", "signatures", "trusted-root", "cluster-check");
            compare(
                    built,
                    ChartForm.VALIDATING.manifests(),
                    // Made by their user, and the job that renews the trusted root.
                    List.of(
                            "ConfigMap imagegate-trusted-root-renewal",
                            "CronJob imagegate-trusted-root",
                            "Namespace imagegate",
                            "Role imagegate-trusted-root",
                            "RoleBinding imagegate-trusted-root",
                            "Secret imagegate-registries",
                            "Secret imagegate-tls",
                            "ServiceAccount imagegate-trusted-root"),
                    List.of(
                            "ConfigMap imagegate-dashboard",
                            "ConfigMap imagegate-test",
                            "ConfigMap imagegate-upgrade-policy",
                            "ConfigMap imagegate-upgrade-registries",
                            "Job imagegate-upgrade",
                            "NetworkPolicy imagegate-test",
                            "Pod imagegate-test"),
                    object -> {
                        // The test prepares other certificates than the values name.
                        remove(object, "webhooks", 0, "clientConfig", "caBundle");
                        // The components for checks read it; the chart writes it into their arguments.
                        remove(object, "data", "IMAGEGATE_REGISTRIES");
                        if ("ClusterRole".equals(object.get("kind"))) {
                            ((List<?>) Objects.requireNonNull(object.get("rules")))
                                    .sort(Comparator.comparing(String::valueOf));
                        }
                        if ("CronJob".equals(object.get("kind"))) {
                            withoutFiles(object);
                        }
                    });
        }
    }

    /** Without what {@link #theClusterCheckHasTheFilesOfTheWebhook} looks at, and a label that the chart adds. */
    private static void withoutFiles(Map<String, Object> cronJob) {
        Object[] pod = {"spec", "jobTemplate", "spec", "template"};
        remove(cronJob, path(pod, "metadata", "labels", "app.kubernetes.io/name"));
        remove(cronJob, path(pod, "spec", "volumes"));
        for (String key : List.of("args", "env", "volumeMounts")) {
            remove(cronJob, path(pod, "spec", "containers", 0, key));
        }
    }

    private static Object[] path(Object[] begin, Object... end) {
        return Stream.concat(Stream.of(begin), Stream.of(end)).toArray();
    }

    /** All but the certificate, whose key only the server needs. */
    @Test
    void theClusterCheckHasTheFilesOfTheWebhook() throws IOException {
        Manifests made = ChartForm.VALIDATING.manifests();
        Manifest server =
                made.one("Deployment", "imagegate").podSpec().findFirst().orElseThrow();
        Manifest check = made.one("CronJob", "imagegate-cluster-check")
                .podSpec()
                .findFirst()
                .orElseThrow();
        for (List<Manifest> listed :
                List.of(server.each("volumes"), PodRules.container(server).each("volumeMounts"))) {
            assertThat(listed)
                    .filteredOn(part -> part.text("name").equals("tls"))
                    .hasSize(1);
        }
        assertThat(trees(check.each("volumes"))).isEqualTo(trees(server.each("volumes")));
        assertThat(trees(PodRules.container(check).each("volumeMounts")))
                .isEqualTo(trees(PodRules.container(server).each("volumeMounts")));
        assertThat(PodRules.container(check).texts("args"))
                .containsExactly(
                        "check",
                        "--cluster",
                        "--policy=/etc/imagegate/policy",
                        "--registries=/etc/imagegate/registries/registries.yaml",
                        "--output=json");
        assertThat(PodRules.container(server).texts("args"))
                .contains("--policy=/etc/imagegate/policy", "--registries=/etc/imagegate/registries/registries.yaml");
    }

    /** {@return the parts but for those that a server alone has: its certificate, and what it keeps} */
    private static List<Map<String, ?>> trees(List<Manifest> parts) {
        return parts.stream()
                .filter(part -> !Set.of("tls", "last-good").contains(part.text("name")))
                .<Map<String, ?>>map(Manifest::tree)
                .toList();
    }

    @Test
    void mutatingIsTheOverlayOfCertManagerWithItsComponent() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            compare(
                    delivery.build("cert-manager", "mutation"),
                    ChartForm.MUTATING.manifests(),
                    List.of("Namespace imagegate"),
                    List.of(
                            "ConfigMap imagegate-upgrade-policy",
                            "HorizontalPodAutoscaler imagegate",
                            "Job imagegate-upgrade",
                            "NetworkPolicy imagegate-test",
                            "Pod imagegate-test"),
                    object -> {
                        if ("Deployment".equals(object.get("kind"))) {
                            // The number is the autoscaler's; the policy is a file there and a folder here.
                            remove(object, "spec", "replicas");
                            remove(object, "spec", "template", "spec", "containers", 0, "args", 1);
                        }
                    });
            assertThat(ChartForm.MUTATING
                            .manifests()
                            .one("Deployment", "imagegate")
                            .texts("spec", "template", "spec", "containers", 0, "args"))
                    .contains("--policy=/etc/imagegate/policy");
        }
    }

    @Test
    void imagePolicyWebhookIsWhatTheTutorialPutsOnTheMachine() throws IOException {
        Manifests expected = new Manifests(
                "kubeadm",
                List.of(
                                Manifests.file(Manifests.FOLDER.resolve("kubeadm/imagegate.yaml")),
                                Manifests.file(Manifests.FOLDER.resolve("kubeadm/admission.yaml")),
                                Manifests.file(Manifests.FOLDER.resolve("kubeadm/webhook.kubeconfig")),
                                Manifests.file(Manifests.FOLDER.resolve("kubeadm/no-image-volumes.yaml")),
                                Manifests.file(Manifests.FOLDER.resolve("base/policy.yaml")))
                        .stream()
                        .flatMap(manifests -> manifests.all().stream())
                        .toList());
        compare(expected, ChartForm.IMAGE_POLICY_WEBHOOK.manifests(), List.of(), List.of(), object -> {
            remove(object, "spec", "containers", 0, "image");
            // The values limit temporary files, too.
            remove(object, "spec", "containers", 0, "resources", "limits", "ephemeral-storage");
        });
    }

    private static void compare(
            Manifests kustomized,
            Manifests helm,
            List<String> onlyThere,
            List<String> onlyHere,
            Consumer<Map<String, Object>> different) {
        Map<String, Map<String, Object>> expected = objects(kustomized, different);
        Map<String, Map<String, Object>> made = objects(helm, different);
        assertThat(difference(expected.keySet(), made.keySet())).containsExactlyElementsOf(onlyThere);
        assertThat(difference(made.keySet(), expected.keySet())).containsExactlyElementsOf(onlyHere);
        Set<String> both = new TreeSet<>(expected.keySet());
        both.retainAll(made.keySet());
        assertThat(both)
                .hasSizeGreaterThan(4)
                .allSatisfy(name -> assertThat(made.get(name)).isEqualTo(expected.get(name)));
    }

    private static Set<String> difference(Set<String> all, Set<String> without) {
        Set<String> left = new TreeSet<>(all);
        left.removeAll(without);
        return left;
    }

    private static Map<String, Map<String, Object>> objects(
            Manifests manifests, Consumer<Map<String, Object>> different) {
        Map<String, Map<String, Object>> objects = new TreeMap<>();
        for (Manifest manifest : manifests.all()) {
            Map<String, Object> object = castMap(copy(manifest.tree()));
            // Objects of the components have none of kustomize's labels.
            remove(object, "metadata", "labels", "app.kubernetes.io/name");
            if (castMap(object.getOrDefault("metadata", Map.of())).get("labels") instanceof Map<?, ?> labels
                    && labels.isEmpty()) {
                remove(object, "metadata", "labels");
            }
            different.accept(object);
            String name = String.valueOf(manifest.find("metadata", "name"));
            objects.put(manifest.kind() + " " + name(name).replaceFirst("(renewal)-[a-z0-9]{10}$", "$1"), object);
        }
        assertThat(objects).hasSameSizeAs(manifests.all());
        return objects;
    }

    private static String name(String name) {
        return name.replaceFirst(OF_THE_CLUSTER, "$1")
                .replaceFirst(HASHED, "$1")
                // Alerts name the webhook configurations.
                .replace("\"imagegate.imagegate\"", "\"imagegate\"");
    }

    private static Object copy(Object here) {
        if (here instanceof Map<?, ?> map) {
            Map<String, Object> copied = new TreeMap<>();
            map.forEach((key, value) -> {
                if (!LABELS.contains(key)) {
                    copied.put(String.valueOf(key), copy(value));
                }
            });
            return copied;
        }
        if (here instanceof List<?> list) {
            return new ArrayList<>(list.stream().map(ChartKustomizeTest::copy).toList());
        }
        return here instanceof String text ? name(text) : here;
    }

    private static void remove(Object object, Object... path) {
        Object here = object;
        for (int i = 0; i < path.length - 1 && here != null; i++) {
            here = here instanceof Map<?, ?> map
                    ? map.get(path[i])
                    : here instanceof List<?> list && path[i] instanceof Integer index ? list.get(index) : null;
        }
        Object last = path[path.length - 1];
        if (here instanceof Map<?, ?> map) {
            map.remove(last);
        } else if (here instanceof List<?> list && last instanceof Integer index) {
            list.remove(index.intValue());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> castMap(Object map) {
        return (Map<String, Object>) map;
    }
}
