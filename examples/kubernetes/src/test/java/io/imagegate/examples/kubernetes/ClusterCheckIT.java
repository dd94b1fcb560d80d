package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The components that check what runs, on a cluster of kubeadm with its access control, whose pods reach the API server. */
@ResourceLock("cluster")
@Tag("nightly")
class ClusterCheckIT {

    private static final String JOB = """
            kubectl -n imagegate create job --from=cronjob/imagegate-cluster-check NAME
            kubectl -n imagegate wait --for=condition=EXPECTED job/NAME --timeout=3m
            kubectl -n imagegate logs -l job-name=NAME -c check --tail=-1 \\
              || { kubectl -n imagegate get pods -l job-name=NAME -o jsonpath='{.items[*].status}'; exit 1; }
            """;

    private static final Path DEFINITIONS = Manifests.FOLDER
            .resolve("../../adapter-undertow/cli/src/test/resources/io/imagegate/cli/command/report-definitions.yaml")
            .normalize();

    /** Its pods ignore the signal to end. */
    private static final String OLD = """
            kubectl create deployment old --image=127.0.0.1:5000/app:latest --replicas=2 --dry-run=client -o json \\
              | jq '.spec.template.spec.terminationGracePeriodSeconds = 1' | kubectl create -f -
            kubectl rollout status deployment/old --timeout=5m
            """;

    @Test
    void findsWhatRunsAndIsDenied() throws Exception {
        try (Installation installation = Installation.prepare("kubeadm.sh", Map.of(), delivery -> {
            delivery.addComponents(Installation.OVERLAY, "cluster-check");
            delivery.allowWholeImages();
        })) {
            installation.kubectl(Installation.APPLY + " -l 'imagegate.io/part!=gate'");
            installation.awaitRollout();
            assertThat(installation.kubectl(job("Complete", "first"))).contains("\"denied\":0");

            installation.kubectl(OLD);
            assertThat(installation.kubectl(job("Failed", "second")))
                    .contains("Deployment default/old", "\"denied\":1", "\"owned object\":")
                    .doesNotContain("Pod default/old");
            assertThat(installation.fail(check("")))
                    .as("by the kubeconfig of kubeadm, which has a client certificate")
                    .contains("images checked, 1 denied", "in Deployment default/old, ", "owned objects");
            assertThat(installation.kubectl("kubectl auth can-i --list --as="
                            + "system:serviceaccount:imagegate:imagegate-cluster-check"))
                    .doesNotContain("secrets", "create pods");
        }
    }

    /** In a namespace of its own, before the webhook is registered. */
    private static final String UNSIGNED = """
            skopeo copy -q --src-tls-verify=false --dest-tls-verify=false \\
              docker://127.0.0.1:5000/app:1 docker://127.0.0.1:5000/acme/unsigned:1
            kubectl create namespace unsigned
            until kubectl -n unsigned get serviceaccount default > /dev/null 2>&1; do sleep 0.1; done
            kubectl -n unsigned run older --image=127.0.0.1:5000/acme/unsigned:1
            kubectl -n unsigned wait --for=condition=Ready pod/older --timeout=3m
            """;

    /** What is found appears, and goes when it is mended, when nothing runs in its namespace, and with its namespace. */
    @Test
    void writesPolicyReportsOfTheLastCheck() throws Exception {
        try (Installation installation = Installation.prepare("kubeadm.sh", Map.of(), ClusterCheckIT::reportPolicies)) {
            installation.kubectl("kubectl apply --server-side -f " + DEFINITIONS);
            installation.kubectl(
                    "kubectl wait --for=condition=Established --timeout=3m crd --all && kubectl create namespace shop");
            installation.kubectl(Installation.APPLY + " -l 'imagegate.io/part!=gate'");
            installation.awaitRollout();
            installation.kubectl("kubectl -n shop run pod --image=127.0.0.1:5000/app:latest\n" + OLD);
            installation.kubectl("kubectl -n shop wait --for=condition=Ready pod/pod --timeout=3m");
            installation.kubectl(UNSIGNED);

            installation.kubectl(job("Complete", "denied"));
            assertThat(installation.kubectl("kubectl get policyreports --all-namespaces"))
                    .containsPattern("default +imagegate +0 +1 +0 +0 +0 ")
                    .containsPattern("shop +imagegate +0 +1 +0 +0 +0 ")
                    .containsPattern("unsigned +imagegate +0 +1 +0 +0 +0 ")
                    .containsPattern("imagegate +imagegate +[1-9][0-9]* +0 +0 +0 +0 ")
                    .containsPattern("kube-node-lease +imagegate +0 +0 +0 +0 +0 ");
            assertThat(installation.kubectl("kubectl get clusterpolicyreports"))
                    .containsPattern("imagegate +0 +0 +0 +0 +0 ");
            assertThat(installation.kubectl("kubectl -n shop get policyreport imagegate -o yaml"))
                    .contains(
                            "result: fail",
                            "name: pod",
                            "kind: Pod",
                            "rule: fixed-tag",
                            "image: 127.0.0.1:5000/app:latest");

            String unsigned = installation.kubectl("kubectl -n unsigned get policyreport imagegate -o jsonpath='"
                    + "{range .results[*]}{.policy}/{.rule} {.result} {.resources[0].name}: {.message}{end}'");
            assertThat(unsigned)
                    .startsWith("signatures/signed fail older: image \"127.0.0.1:5000/acme/unsigned:1\"")
                    .containsPattern("it is not signed by release; sha256:[0-9a-f]{64} has no signature$");

            installation.kubectl("""
                    kubectl patch deployment old -p '{"spec": {"revisionHistoryLimit": 0}}'
                    kubectl set image deployment/old app=127.0.0.1:5000/app:1
                    kubectl rollout status deployment/old --timeout=5m
                    kubectl -n shop delete pod pod --now
                    for i in $(seq 180); do kubectl get pods,replicasets -o yaml | grep app:latest > /dev/null || break; sleep 1; done
                    """);
            installation.kubectl(job("Complete", "mended"));
            assertThat(installation.kubectl("kubectl get policyreports --all-namespaces"))
                    .containsPattern("default +imagegate +[1-9][0-9]* +0 +0 +0 +0 ")
                    .containsPattern("shop +imagegate +0 +0 +0 +0 +0 ");
            assertThat(installation.kubectl("kubectl -n shop get policyreport imagegate -o jsonpath='{.results}'"))
                    .isEqualTo("[]");

            installation.kubectl("kubectl delete namespace shop --timeout=3m");
            installation.kubectl(job("Complete", "gone"));
            assertThat(installation.kubectl("kubectl get policyreports --all-namespaces"))
                    .doesNotContain("shop");

            appliesByHand(installation);
            failsIfAListCannotBeRead(installation);
            theWebhookDeniesForTheReasonOfTheReport(installation, unsigned);
        }
    }

    private static void theWebhookDeniesForTheReasonOfTheReport(Installation installation, String reported)
            throws Exception {
        installation.kubectl(Installation.APPLY);
        String again = "kubectl -n unsigned run again --image=127.0.0.1:5000/acme/unsigned:1 --dry-run=server";
        // The API server takes up a new configuration after a moment.
        installation.kubectl("until { " + again + " 2>&1 || true; } | grep 'denied the request'; do sleep 0.2; done");
        String denied = installation.fail(again).strip();
        String message = reported.substring(reported.indexOf(": ") + 2);
        assertThat(denied)
                .startsWith(
                        "Error from server (Forbidden): admission webhook \"images.imagegate.io\" denied the request: ")
                .endsWith(message.substring(message.indexOf("violates rule")));
    }

    private static void reportPolicies(Delivery delivery) throws IOException {
        delivery.allowWholeImages();
        RegistryContent.writeRegistries(delivery);
        delivery.addComponents(Installation.OVERLAY, "registries", "signatures", "cluster-check", "policy-reports");
        replace(
                delivery.folder().resolve("components/signatures/signatures.yaml"),
                "ghcr.io/acme/**",
                "\"127.0.0.1:5000/acme/**\"");
        // The cluster has kubectl in the image of its API server.
        replace(
                delivery.folder().resolve("components/policy-reports/patches/cronjob.yaml"),
                "image: registry.k8s.io/kubectl@sha256:DIGEST\n",
                """
                image: 127.0.0.1:5000/kube-apiserver:v1.37.2
                      command: [/usr/local/bin/kubernetes]
                """);
    }

    private static void replace(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
    }

    /** Both groups of reports, by both ways to apply, with strict validation. */
    private static void appliesByHand(Installation installation) throws Exception {
        installation.kubectl("""
                kubectl set image deployment/old app=127.0.0.1:5000/app:latest
                kubectl rollout status deployment/old --timeout=5m
                for i in $(seq 180); do kubectl get pods,replicasets -o yaml | grep app:1 > /dev/null || break; sleep 1; done
                """);
        installation.kubectl(check("--exit-zero -o policyreport=reports.json -o openreports=open.json -q"));
        installation.kubectl("""
                kubectl apply --validate=strict --server-side --force-conflicts -f reports.json
                kubectl apply --validate=strict -f open.json
                kubectl apply --validate=strict -f open.json
                """);
        assertThat(installation.kubectl("kubectl get reports.openreports.io --all-namespaces"))
                .containsPattern("default +imagegate +0 +1 +0 +0 +0 ");
    }

    /** The reports of the last check stay: a list that was not read would look as if everything in it was mended. */
    private static void failsIfAListCannotBeRead(Installation installation) throws Exception {
        installation.kubectl("kubectl delete clusterrolebinding imagegate-cluster-check");
        assertThat(installation.kubectl(job("Failed", "forbidden")))
                .contains(
                        "Deployment.apps: the API server answers 403",
                        "its list needs a ClusterRole with the verb list");
        assertThat(installation.kubectl("kubectl get policyreports --all-namespaces"))
                .containsPattern("default +imagegate +0 +1 +0 +0 +0 ");
    }

    private static String check(String more) {
        return "java -jar " + System.getProperty("imagegate.jar") + " check --cluster " + more;
    }

    private static String job(String expected, String name) {
        return JOB.replace("EXPECTED", expected).replace("NAME", name);
    }
}
