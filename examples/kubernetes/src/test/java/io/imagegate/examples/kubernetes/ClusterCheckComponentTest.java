package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.workload.Workload;
import io.imagegate.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component that checks what runs: by the policy of the webhook, and with the right to list workloads alone. */
class ClusterCheckComponentTest {

    private static final String NAME = "imagegate-cluster-check";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster-check",
                "cluster-check policy-reports",
                "cluster-check registries",
                "registries cluster-check",
                "cluster-check registries signatures trusted-root policy-reports",
                "trusted-root signatures registries cluster-check policy-reports",
            })
    void judgesByThePoliciesKeysAndRegistriesOfTheWebhook(String components) throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build("own-certificates", components.split(" "));
            built.all().forEach(KubernetesModel::check);
            Manifest webhook =
                    built.one("Deployment", "imagegate").podSpec().findFirst().orElseThrow();
            Manifest server = PodRules.container(webhook);
            Manifest job = built.one("CronJob", NAME).podSpec().findFirst().orElseThrow();
            Manifest check = check(job);
            assertThat(check.text("image")).isEqualTo(server.text("image"));
            assertThat(policies(built, job, PodRules.option(check, "--policy")))
                    .isEqualTo(policies(built, webhook, PodRules.option(server, "--policy")))
                    .hasSize(components.contains("signatures") ? 2 : 1);
            assertThat(environment(built, check))
                    .isEqualTo(
                            components.contains("registries")
                                    ? Map.of("IMAGEGATE_REGISTRIES", PodRules.option(server, "--registries"))
                                    : Map.of());
            Map<String, String> sources = sources(webhook);
            sources.remove("/etc/imagegate/tls");
            assertThat(sources(job))
                    .as("policies, keys, roots, registries, credentials")
                    .containsAllEntriesOf(sources);
            assertThat(job.number("securityContext", "fsGroup"))
                    .as("may read the credentials")
                    .isEqualTo(webhook.number("securityContext", "fsGroup"));
            assertThat(job.text("serviceAccountName"))
                    .isEqualTo(built.one("ClusterRoleBinding", NAME)
                            .each("subjects")
                            .get(0)
                            .text("name"));
        }
    }

    private static Manifest check(Manifest job) {
        return Stream.of("containers", "initContainers")
                .filter(list -> job.find(list) != null)
                .flatMap(list -> job.each(list).stream())
                .filter(container -> container.text("name").equals("check"))
                .findFirst()
                .orElseThrow();
    }

    /** The files of policies that an option names: one, or all of a folder. */
    private static Map<String, String> policies(Manifests built, Manifest pod, String path) {
        String folder = "/etc/imagegate/policy";
        Map<String, String> files = built.one("ConfigMap", volume(pod, "policy").text("configMap", "name"))
                .labels("data");
        files.keySet().removeIf(name -> !name.endsWith(".yaml") || !(folder + "/" + name + "/").startsWith(path + "/"));
        return files;
    }

    /** What the container has of variables, which come from ConfigMaps that need not be there. */
    private static Map<String, String> environment(Manifests built, Manifest container) {
        Map<String, String> variables = new TreeMap<>();
        for (Manifest variable : container.each("env")) {
            String map = variable.text("valueFrom", "configMapKeyRef", "name");
            built.all().stream()
                    .filter(object ->
                            object.kind().equals("ConfigMap") && object.name().equals(map))
                    .forEach(object -> variables.put(
                            variable.text("name"),
                            object.text("data", variable.text("valueFrom", "configMapKeyRef", "key"))));
        }
        return variables;
    }

    /** What is mounted where, from objects of the cluster. */
    private static Map<String, String> sources(Manifest pod) {
        Map<String, String> sources = new TreeMap<>();
        Manifest container = pod.find("initContainers") == null ? PodRules.container(pod) : check(pod);
        for (Manifest mount : container.each("volumeMounts")) {
            Manifest volume = volume(pod, mount.text("name"));
            if (volume.find("emptyDir") == null) {
                sources.put(
                        mount.text("mountPath"),
                        volume.find("configMap", "name") + " " + volume.find("secret", "secretName") + " "
                                + volume.find("secret", "items") + " " + volume.find("secret", "defaultMode"));
            }
        }
        return sources;
    }

    private static Manifest volume(Manifest pod, String name) {
        return pod.each("volumes").stream()
                .filter(volume -> volume.text("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void policyReportsAreWrittenByTheSameCheckAndThenApplied() throws Exception {
        try (Delivery delivery = Delivery.prepare();
                Delivery plain = Delivery.prepare()) {
            Manifests built = delivery.build("own-certificates", "cluster-check", "policy-reports");
            built.all().forEach(KubernetesModel::check);
            Manifest job = built.one("CronJob", NAME).podSpec().findFirst().orElseThrow();
            Manifest check = job.each("initContainers").get(0);
            Manifest before = PodRules.container(plain.build("own-certificates", "cluster-check")
                    .one("CronJob", NAME)
                    .podSpec()
                    .findFirst()
                    .orElseThrow());
            List<String> arguments = new ArrayList<>(before.texts("args"));
            arguments.remove("--output=json");
            assertThat(check.texts("args"))
                    .containsAll(arguments)
                    .contains("--exit-zero", "--output=policyreport=/reports/reports.json")
                    .hasSize(arguments.size() + 2);
            assertThat(check.text("image")).isEqualTo(before.text("image"));
            assertThat(PodRules.container(job).texts("args")).contains("apply", "--filename=/reports/reports.json");
        }
    }

    @Test
    void mayWriteReportsAndDeleteNone() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build("own-certificates", "cluster-check", "policy-reports");
            String name = "imagegate-policy-reports";
            List<Manifest> rules = built.one("ClusterRole", name).each("rules");
            assertThat(rules).hasSize(2);
            assertThat(rules.get(0).texts("resources")).containsExactly("namespaces");
            assertThat(rules.get(0).texts("verbs")).containsExactly("list");
            assertThat(rules.get(1).texts("apiGroups")).containsExactly("wgpolicyk8s.io");
            assertThat(rules.get(1).texts("resources")).containsExactly("clusterpolicyreports", "policyreports");
            assertThat(rules.get(1).texts("verbs")).containsExactly("create", "get", "patch");
            assertThat(built.one("ClusterRoleBinding", name)
                            .each("subjects")
                            .get(0)
                            .text("name"))
                    .isEqualTo(NAME);
        }
    }

    @Test
    void mayListTheWorkloadsThatAreKnownAndNothingElse() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifest role = delivery.build("own-certificates", "cluster-check").one("ClusterRole", NAME);
            Map<String, Set<String>> granted = new TreeMap<>();
            for (Manifest rule : role.each("rules")) {
                assertThat(rule.texts("verbs")).containsExactly("list");
                for (String group : rule.texts("apiGroups")) {
                    granted.computeIfAbsent(group, none -> new TreeSet<>()).addAll(rule.texts("resources"));
                }
            }
            assertThat(granted).isEqualTo(known());
        }
    }

    /** Groups and resources of the kinds that Imagegate knows; those that Kubernetes no longer has are not granted. */
    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new TreeMap<>();
        for (Workload workload : Workloads.wellKnown().all()) {
            List<String> parts = List.of(workload.kind().split("\\.", 2));
            String group = parts.size() == 1 ? "" : parts.get(1);
            if (!group.equals("extensions")) {
                known.computeIfAbsent(group, none -> new TreeSet<>()).add(plural(parts.get(0)));
            }
        }
        return known;
    }

    private static String plural(String kind) {
        String name = kind.toLowerCase(Locale.ROOT);
        if (name.endsWith("vertex")) {
            return name.substring(0, name.length() - 2) + "ices";
        }
        if (name.endsWith("y") && !name.endsWith("ay")) {
            return name.substring(0, name.length() - 1) + "ies";
        }
        return name + (name.endsWith("s") ? "es" : "s");
    }
}
