package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What starts in a cluster whose webhook is registered while no replica of Imagegate runs. */
@ResourceLock("cluster")
@Tag("nightly")
class NodeBootstrapIT {

    /** Agents of a network or storage plugin, which run on each node before others may: one where they should be, one not. */
    private static final String AGENTS = """
            kubectl create namespace storage
            for namespace in kube-system storage; do
              kubectl -n $namespace apply -f - <<'DAEMONSET'
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agent}
            spec:
              selector: {matchLabels: {app: agent}}
              template:
                metadata: {labels: {app: agent}}
                spec:
                  terminationGracePeriodSeconds: 1
                  tolerations: [{operator: Exists}]
                  containers: [{name: agent, image: "127.0.0.1:5000/app:1"}]
            DAEMONSET
              kubectl -n $namespace rollout status daemonset/agent --timeout=5m
            done
            """;

    private static final String PODS = "kubectl get pods --all-namespaces -o json | jq -r '.items[] | .metadata as $pod"
            + " | select(all(.status.conditions[]; .type != \"Ready\" or .status == \"True\"))"
            + " | $pod.namespace + \"/\" + $pod.name' | sort";

    /** Ends all that runs on the machine, the control plane too, and starts the kubelet again. */
    private static final String REBOOT = """
            read -r script lab < /etc/kubernetes/.lab
            mapfile -d '' -t kubelet < /proc/$(cat "$lab/kubelet.pid")/cmdline
            kill -9 "$(cat "$lab/kubelet.pid")"
            for i in 1 2 3; do crictl -r "unix://$lab/containerd.sock" rmp -fa > /dev/null 2>&1 && break; sleep 1; done
            (cd "$lab" && exec setsid "${kubelet[@]}") > "$lab/kubelet-again.log" 2>&1 < /dev/null &
            echo $! > "$lab/kubelet.pid"
            """;

    /** New nodes that the agent has not prepared yet: their taint keeps off all pods that do not tolerate it. */
    private static final String NEW_NODES = """
            kubectl taint node node example.com/agent-not-ready=true:NoSchedule
            kubectl -n imagegate delete pods --all --force --grace-period=0
            until [ -z "$(kubectl -n imagegate get endpointslices -o jsonpath='{.items[*].endpoints[*].addresses[*]}')" ]; do
              sleep 0.2
            done
            kubectl -n storage delete events --all
            kubectl -n kube-system delete pods -l app=agent --force --grace-period=0
            kubectl -n storage delete pods -l app=agent --force --grace-period=0
            """;

    private static final String REFUSED = """
            for i in $(seq 300); do
              kubectl -n storage events --for daemonset/agent | grep FailedCreate && break
              sleep 0.2
            done
            kubectl -n imagegate get pods
            kubectl -n storage get pods
            """;

    /** Its controller tries ever more rarely, and at once when the object changes. */
    private static final String AGAIN = """
            kubectl -n storage annotate daemonset agent tried=$(date +%s%N) --overwrite
            kubectl -n storage rollout status daemonset/agent --timeout=5m
            """;

    @Test
    void theControlPlaneAndImagegateStartAndOthersWaitForIt() throws Exception {
        try (Installation installation = Installation.prepare("kubeadm.sh", Map.of(), delivery -> {})) {
            installation.kubectl(Installation.APPLY + " -l 'imagegate.io/part!=gate'");
            installation.awaitRollout();
            installation.kubectl(Installation.APPLY);
            installation.kubectl(AGENTS);

            // Pods that exist are started by the kubelet. Nobody asks for them, so nobody is asked.
            String before = installation.kubectl(PODS);
            installation.kubectl(REBOOT);
            installation.kubectl("""
                    until kubectl get --raw /readyz > /dev/null 2>&1; do sleep 0.5; done
                    for namespace in imagegate kube-system storage; do
                      kubectl -n $namespace wait --for=condition=Ready pod --all --timeout=5m
                    done
                    """);
            assertThat(installation.kubectl(PODS)).isEqualTo(before);

            // Pods of new nodes are created: what the webhook sees waits for Imagegate.
            installation.kubectl(NEW_NODES);
            installation.kubectl("kubectl -n kube-system rollout status daemonset/agent --timeout=5m");
            assertThat(installation.kubectl(REFUSED))
                    .contains("failed calling webhook \"images.imagegate.io\"", "Pending")
                    .contains("No resources found in storage namespace.");
            installation.kubectl("kubectl taint node node example.com/agent-not-ready-");
            installation.awaitRollout();
            installation.kubectl(AGAIN);

            // If the node waited for that agent, only its namespace would help.
            installation.kubectl(NEW_NODES);
            assertThat(installation.kubectl(REFUSED)).contains("failed calling webhook \"images.imagegate.io\"");
            installation.kubectl("""
                    kubectl patch validatingwebhookconfiguration imagegate --type=json --patch '[{"op": "add",
                      "path": "/webhooks/0/namespaceSelector/matchExpressions/0/values/-", "value": "storage"}]'
                    """ + AGAIN);
            assertThat(installation.kubectl("kubectl -n imagegate get pods")).contains("Pending");
            installation.kubectl("kubectl taint node node example.com/agent-not-ready-");
            installation.awaitRollout();
        }
    }
}
