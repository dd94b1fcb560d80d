package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Faults of the two replicas of the chart, and changes of what they read, in a real cluster while pods are created all the time: the table of
 * FAULTS.md. No answer is wrong, and only the end of a process without a signal refuses pods.
 */
@ResourceLock("cluster")
@Tag("nightly")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FaultsClusterIT {

    private static final String VALUES = """
            image: {repository: "127.0.0.1:5000/imagegate", tag: built}
            policy: {configMap: faults}
            certificates: {from: given, given: {secret: faults-tls}}
            """;

    private static final String REGISTRIES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImageRegistries
            metadata: {name: registries}
            spec:
              registries: [{host: "198.18.88.1:5000", plainHttp: true}]
              cache: {tags: 2s, absent: 2s}
            """;

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: cluster}
            spec:
              rules:
                - {name: fixed-tag, tag: {deny: [latest]}}
                - {name: exists, image: {exists: true}, match: {namespaces: [looked-up]}}
            """;

    private static final String SECOND_RULE = "    - {name: second, tag: {deny: [\"2\"]}}\n";

    private static final PodTraffic.Kind GOOD = new PodTraffic.Kind("default", "127.0.0.1:5000/app:1");
    private static final PodTraffic.Kind BAD = new PodTraffic.Kind("default", "127.0.0.1:5000/app:latest");
    private static final PodTraffic.Kind CHANGED = new PodTraffic.Kind("default", "127.0.0.1:5000/app:2");
    private static final PodTraffic.Kind LOOKED_UP = new PodTraffic.Kind("looked-up", "198.18.88.1:5000/app:1");

    private static final String PREPARE = """
            certs() { java -jar JAR certs "$@" --host imagegate.imagegate.svc > /dev/null; }
            certs --out first
            certs --out second --ca first
            kubectl create namespace imagegate
            kubectl create namespace looked-up
            kubectl -n imagegate create configmap faults --from-file=policy.yaml
            kubectl -n imagegate create secret tls faults-tls --cert=first/webhook.pem --key=first/webhook-key.pem
            skopeo copy -q --src-tls-verify=false --dest-tls-verify=false \\
              docker://127.0.0.1:5000/imagegate:built docker://127.0.0.1:5000/imagegate:other
            helm install imagegate CHART --namespace imagegate --values values.yaml --wait --timeout 5m \\
              --set-file certificates.given.ca=first/ca.pem --set-file 'registries.files.registries\\.yaml=registries.yaml'
            until kubectl -n looked-up get serviceaccount default > /dev/null 2>&1; do sleep 0.1; done
            until { kubectl run probe --image=app:latest --dry-run=server 2>&1 || true; } | grep fixed-tag; do sleep 0.2; done
            """;

    private static final String FUNCTIONS = """
            pods() { kubectl -n imagegate get pods -l app.kubernetes.io/component=webhook -o json | jq -r "$@"; }
            names() { pods '.items[] | select(.metadata.deletionTimestamp == null) | .metadata.name'; }
            ready() { until [ "$(pods '[.items[] | select(.metadata.deletionTimestamp == null)
              | select(any(.status.conditions[]?; .type == "Ready" and .status == "True"))] | length')" = 2 ]; do sleep 0.2; done; }
            # Both ends wait until the replica is replaced, or runs again.
            term() { kubectl -n imagegate delete pod "$1"; ready; }
            kill_now() {
              local container="{.status.containerStatuses[0]" id count
              id=$(kubectl -n imagegate get pod "$1" -o jsonpath="$container.containerID}")
              count=$(kubectl -n imagegate get pod "$1" -o jsonpath="$container.restartCount}")
              ctr --address "$(dirname "$KUBECONFIG")/containerd.sock" --namespace=k8s.io tasks kill --signal SIGKILL "${id#containerd://}"
              until [ "$(kubectl -n imagegate get pod "$1" -o jsonpath="$container.restartCount}")" -gt "$count" ]; do sleep 0.2; done
              ready
            }
            # The kubelet writes a volume when it next looks at a pod, such as after a change of its annotations.
            replace() {
              kubectl -n imagegate create "$@" --dry-run=client -o yaml | kubectl replace -f -
              kubectl -n imagegate annotate pods -l app.kubernetes.io/component=webhook seen="$(date +%s%N)" --overwrite
            }
            # Waits until both have a line in their metrics.
            both() {
              local ip
              for ip in $(pods '.items[].status.podIP'); do
                until curl -sf "http://$ip:8080/metrics" | grep -E "$1"; do sleep 0.2; done
              done
            }
            roll() {
              kubectl -n imagegate set image deployment/imagegate "imagegate=127.0.0.1:5000/imagegate:$1"
              kubectl -n imagegate rollout status deployment/imagegate --timeout=5m
              ready
            }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @Test
    void noPodIsAdmittedOrDeniedAgainstThePolicy() throws Exception {
        BuiltImage image = BuiltImage.get();
        Files.writeString(folder.resolve("values.yaml"), VALUES);
        Files.writeString(folder.resolve("registries.yaml"), REGISTRIES);
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Files.writeString(folder.resolve("functions.sh"), FUNCTIONS);
        try (Cluster cluster = Cluster.start("cluster.sh", Map.of())) {
            image.push("docker://127.0.0.1:5000/imagegate:built");
            cluster.succeed(
                    folder,
                    PREPARE.replace("JAR", System.getProperty("imagegate.jar"))
                            .replace("CHART", Helm.CHART.toString()));
            try (PodTraffic pods = PodTraffic.of(cluster)) {
                pods.allowed(GOOD);
                pods.denied(BAD, "violates rule \"fixed-tag\"");
                pods.allowed(CHANGED);
                pods.allowed(LOOKED_UP);
                pods.begin();
                suffer(cluster, pods);
            }
        }
    }

    private static void suffer(Cluster cluster, PodTraffic pods) throws Exception {
        PodTraffic.Counts quiet = pods.phase("nothing happens", () -> Thread.sleep(2_000));
        pods.phase("SIGKILL of each replica's process, one after the other", () -> run(cluster, """
                for pod in $(names); do kill_now "$pod"; done
                """));
        List<PodTraffic.Counts> withoutLoss = new ArrayList<>(List.of(
                quiet,
                pods.phase(
                        "SIGTERM of each replica (its pod is deleted), one after the other", () -> run(cluster, """
                        for pod in $(names); do term "$pod"; done
                        """))));
        pods.phase("SIGTERM of one replica, at once SIGKILL of the other", () -> run(cluster, """
                read -r first second <<< $(names | tr '\\n' ' ')
                kubectl -n imagegate delete pod "$first" --wait=false
                kill_now "$second"
                """));
        withoutLoss.add(pods.phase("another certificate, of the same authority", () -> run(cluster, """
                replace secret tls faults-tls --cert=second/webhook.pem --key=second/webhook-key.pem
                both 'imagegate_certificate_reloads_total.*success.* 2'
                """)));
        withoutLoss.add(pods.phase("another policy", () -> changePolicy(cluster, pods)));
        withoutLoss.add(pods.phase("rolled to another tag of the image", () -> run(cluster, "roll other")));
        withoutLoss.add(pods.phase("rolled back", () -> run(cluster, "roll built")));
        withoutLoss.add(pods.phase("the registry is gone", () -> {
            pods.allowedOrDenied(LOOKED_UP, "198.18.88.1:5000 is down");
            cluster.stopRegistryOfPods();
            run(cluster, """
                    until { kubectl -n looked-up run gone --image=198.18.88.1:5000/app:1 --dry-run=server 2>&1 || true; } \\
                      | grep 'is down'; do sleep 0.2; done
                    """);
        }));
        System.out.println(pods.end());
        assertThat(pods.mistakes()).isEmpty();
        assertThat(withoutLoss).allSatisfy(counted -> {
            assertThat(counted.of(PodTraffic.Answer.ALLOWED)).isPositive();
            assertThat(counted.of(PodTraffic.Answer.DENIED)).isPositive();
            assertThat(counted.of(PodTraffic.Answer.UNANSWERED)).isZero();
        });
    }

    /** When both replicas have loaded it, it holds for whatever is asked from then on. */
    private static void changePolicy(Cluster cluster, PodTraffic pods) throws Exception {
        String violation = "violates rule \"second\"";
        pods.allowedOrDenied(CHANGED, violation);
        Files.writeString(folder.resolve("policy.yaml"), POLICY + SECOND_RULE);
        run(cluster, """
                replace configmap faults --from-file=policy.yaml
                both "imagegate_policies_info.*$(sha256sum < policy.yaml | cut -d' ' -f1)"
                """);
        pods.denied(CHANGED, violation);
    }

    private static void run(Cluster cluster, String commands) throws Exception {
        cluster.succeed(folder, ". ./functions.sh\n" + commands);
    }
}
