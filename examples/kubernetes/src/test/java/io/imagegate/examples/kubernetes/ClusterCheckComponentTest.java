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
import org.junit.jupiter.api.Test;

/** The component that checks what runs: by the policy of the webhook, and with the right to list workloads alone. */
class ClusterCheckComponentTest {

    private static final String NAME = "imagegate-cluster-check";

    @Test
    void checksByThePolicyOfTheWebhook() throws Exception {
        try (Delivery delivery = Delivery.prepare()) {
            Manifests built = delivery.build("own-certificates", "cluster-check");
            built.all().forEach(KubernetesModel::check);
            Manifest webhook =
                    built.one("Deployment", "imagegate").podSpec().findFirst().orElseThrow();
            Manifest job = built.one("CronJob", NAME).podSpec().findFirst().orElseThrow();
            assertThat(policy(job)).isEqualTo(policy(webhook));
            assertThat(PodRules.option(PodRules.container(job), "--policy"))
                    .isEqualTo(PodRules.option(PodRules.container(webhook), "--policy"));
            assertThat(PodRules.container(job).text("image"))
                    .isEqualTo(PodRules.container(webhook).text("image"));
            assertThat(job.text("serviceAccountName"))
                    .isEqualTo(built.one("ClusterRoleBinding", NAME)
                            .each("subjects")
                            .get(0)
                            .text("name"));
        }
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

    private static String policy(Manifest pod) {
        return pod.each("volumes").stream()
                .filter(volume -> volume.text("name").equals("policy"))
                .map(volume -> volume.text("configMap", "name"))
                .findFirst()
                .orElseThrow();
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
        if (name.endsWith("y")) {
            return name.substring(0, name.length() - 1) + "ies";
        }
        return name + (name.endsWith("s") ? "es" : "s");
    }
}
