package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Both webhooks in a real cluster: what is stored and runs, and what stays as it is. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock("cluster")
@Tag("nightly")
class MutationClusterIT extends InstallationContract {

    /** Images named as those of Docker Hub run from the registry of the cluster, and there is no way to Docker Hub. */
    private static final String POLICY = """
                - name: pinned
                  match: {exceptNamespaces: [static]}
                  digest: {required: true}
              mutate:
                rewrite: [{from: "docker.io/library/*", to: "127.0.0.1:5000/*"}]
                pin: ["127.0.0.1:5000/**"]
            """;

    /** What differs between two objects, besides what the API server and the scheduler write. */
    private static final String DIFFER = """
            def written:
              del(.status, .spec.nodeName, .metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"])
              | .metadata |= {name, labels, annotations, finalizers};
            ($a[0] | written) as $x | ($b[0] | written) as $y
            | [$x, $y | paths(type | . != "object" and . != "array")] | unique[]
            | . as $path | select(($x | getpath($path)) != ($y | getpath($path)))
            | "\\(map(tostring) | join("/")) \\($x | getpath($path)) \\($y | getpath($path))"
            """;

    @SuppressWarnings("NullAway.Init")
    private String one;

    @SuppressWarnings("NullAway.Init")
    private String two;

    MutationClusterIT() {
        super("mutation");
    }

    @BeforeAll
    void registers() throws Exception {
        installation = Installation.start(delivery -> {
            RegistryContent.writeRegistries(delivery);
            delivery.append("base/policy.yaml", POLICY);
            delivery.addComponents(Installation.OVERLAY, "registries", "mutation");
            delivery.append(
                    "overlays/" + Installation.OVERLAY + "/kustomization.yaml",
                    "replicas:\n  - {name: imagegate, count: 1}\n");
        });
        // Otherwise app:1 under another tag.
        RegistryContent.push(installation.cluster(), installation.folder(), "2");
        one = "127.0.0.1:5000/app:1@" + digest("app:1");
        two = "127.0.0.1:5000/app:2@" + digest("app:2");
        // Older than the webhooks.
        run("""
                kubectl create deployment before --image=127.0.0.1:5000/app:1
                kubectl run old --image=127.0.0.1:5000/app:1 --overrides='{"metadata":{"finalizers":["example.com/hold"]}}'
                kubectl rollout status deployment/before --timeout=3m
                """);
        run(Installation.APPLY);
        awaitPatched("kubectl run probe --image=app:1");
        run("""
                kubectl create namespace static
                cp FILES/static.yaml "$(dirname "$KUBECONFIG")/manifests"
                """);
    }

    /** The API server takes up a changed configuration after a moment. */
    private void awaitPatched(String creation) throws Exception {
        run("until " + creation + " --dry-run=server -o yaml | grep -q @sha256:; do sleep 0.1; done");
    }

    private String digest(String name) throws Exception {
        return run("skopeo inspect --tls-verify=false --format '{{.Digest}}' docker://127.0.0.1:5000/" + name)
                .strip();
    }

    @Test
    @Order(1)
    void isStoredAsWritten() throws Exception {
        assertThat(run("kubectl diff -k overlays/" + Installation.OVERLAY)).isEmpty();
    }

    @Test
    @Order(2)
    void changesTheImagesOfAPodAndNothingElse() throws Exception {
        assertThat(changes("pod.yaml", "whole")).isEqualTo("""
                spec/containers/0/image app:1 %1$s
                spec/containers/1/image 127.0.0.1:5000/app:1 %1$s
                spec/initContainers/0/image app:2 %2$s
                spec/initContainers/1/image docker.io/app:2 %2$s
                """.formatted(one, two));
        String generation = "kubectl get pod whole -o jsonpath='{.metadata.generation}'";
        String before = run(generation);
        run("kubectl apply -f FILES/pod.yaml && kubectl diff -f FILES/pod.yaml");
        assertThat(run(generation)).isEqualTo(before);
        assertThat(changes("volume.yaml", "volume")).isEqualTo("""
                spec/containers/0/image app:1 %s
                spec/volumes/0/image/reference app:2 %s
                """.formatted(one, two));
        run("kubectl apply -f FILES/volume.yaml && kubectl diff -f FILES/volume.yaml");
    }

    /** Creates a pod that runs, and says how it differs from one in the excluded namespace. */
    private String changes(String file, String pod) throws Exception {
        Files.writeString(installation.folder().resolve("differ.jq"), DIFFER);
        run("""
                kubectl create --dry-run=server -n kube-system -f FILES/FILE -o json > written.json
                kubectl apply -f FILES/FILE
                kubectl get pod POD -o json > stored.json
                kubectl wait --for=condition=Ready pod/POD --timeout=3m
                """.replace("/FILE", "/" + file).replace("POD", pod));
        return run("jq -n -r --slurpfile a written.json --slurpfile b stored.json -f differ.jq");
    }

    @Test
    @Order(3)
    void pinsWhatIsAddedToAPodOrChangedInIt() throws Exception {
        run("""
                kubectl debug whole --image=app:2 --container=debug-1 -- sleep 600
                kubectl debug whole --image=app:1 --container=debug-2 -- sleep 600
                for name in debug-1 debug-2; do
                  running='{.status.ephemeralContainerStatuses[?(@.name=="NAME")].state.running}'
                  kubectl wait --for=jsonpath="${running/NAME/$name}" pod/whole --timeout=3m
                done
                kubectl set image pod/whole app=app:2
                kubectl label pod whole changed=yes
                """);
        assertThat(run("kubectl get pod whole"
                        + " -o jsonpath='{.spec.ephemeralContainers[*].image} {.spec.containers[*].image}'"))
                .isEqualTo(String.join(" ", two, one, two, one));
    }

    @Test
    @Order(4)
    void deletesPodsWithFinalizers() throws Exception {
        run("""
                kubectl delete pod whole old --now --wait=false
                kubectl label pod whole old late=yes
                kubectl get pod old -o jsonpath='{.spec.containers[0].image}' > late.txt
                for pod in whole old; do
                  kubectl patch pod $pod --type=json -p '[{"op": "remove", "path": "/metadata/finalizers"}]'
                done
                kubectl wait --for=delete pod/whole pod/old --timeout=5m
                """);
        // It is older than the webhooks.
        assertThat(installation.folder().resolve("late.txt")).hasContent("127.0.0.1:5000/app:1");
    }

    @Test
    @Order(5)
    void leavesTemplatesAloneAndPinsTheirPods() throws Exception {
        rollsOutAndBack("web", "web.yaml");
        assertThat(templates("deployment", "web")).containsExactly("app:1");
        assertThat(templates("replicaset", "web")).containsExactly("app:1", "app:2");
        run("kubectl rollout restart deployment/before && kubectl rollout status deployment/before --timeout=3m");
        assertThat(templates("replicaset", "before")).containsExactly("127.0.0.1:5000/app:1", "127.0.0.1:5000/app:1");
        assertThat(pods("before")).containsOnly(one);
        assertThat(fail("kubectl create deployment none --image=app:none"))
                .startsWith("error: failed to create deployment: admission webhook \"images.imagegate.io\" denied")
                .contains("127.0.0.1:5000/app:none");
        nothingFailed();
    }

    @Test
    @Order(6)
    void pinsTemplatesOfTheKindsOfThePolicy() throws Exception {
        Path policy = installation.folder().resolve("base/policy.yaml");
        Files.writeString(
                policy,
                Files.readString(policy)
                        .replace(
                                "  mutate:\n",
                                "  mutate:\n    kinds: [Pod, Deployment, StatefulSet, DaemonSet, Job, CronJob]\n"));
        installation
                .delivery()
                .append("components/mutation/mutatingwebhookconfiguration.yaml", MutationComponentTest.workloadRules());
        String older = run("kubectl -n imagegate get pods -o name").strip();
        run(Installation.APPLY);
        run("kubectl -n imagegate wait --for=delete " + older + " --timeout=5m");
        awaitPatched("kubectl create deployment probe --image=app:1");
        rollsOutAndBack("shop", "workloads.yaml");
        assertThat(templates("deployment", "shop")).containsExactly(one);
        assertThat(templates("replicaset", "shop")).containsExactly(one, two);
        assertThat(run("kubectl get statefulset/store daemonset/agent job/once"
                        + " -o jsonpath='{.items[*].spec.template.spec.containers[*].image}'"))
                .isEqualTo(String.join(" ", one, one, one));
        assertThat(run("kubectl get cronjob yearly"
                        + " -o jsonpath='{.spec.jobTemplate.spec.template.spec.containers[*].image}'"))
                .isEqualTo(one);
        run("kubectl wait --for=condition=Complete job/once --timeout=3m");
        // It was stored before its kind was patched.
        run("kubectl label deployment web late=yes");
        assertThat(templates("deployment", "web")).containsExactly("app:1");
        assertThat(templates("replicaset", "web")).containsExactly("app:1", "app:2");
        nothingFailed();
    }

    @Test
    @Order(7)
    void leavesMirrorPodsAsTheirNodesRunThem() throws Exception {
        run("kubectl -n static wait --for=condition=Ready pod/agent-node --timeout=3m");
        assertThat(run("kubectl -n static get pod agent-node -o jsonpath='{.spec.containers[*].image}'"))
                .isEqualTo("127.0.0.1:5000/app:1");
        // Anybody can write that annotation.
        assertThat(fail("""
                kubectl run claims --image=app:1 --overrides='{
                  "metadata": {"annotations": {"kubernetes.io/config.mirror": "x"}}, "spec": {"nodeName": "node"}}'
                """))
                .contains("webhook \"images.imagegate.io\" denied the request: image \"app:1\"", "rule \"pinned\"");
    }

    @Test
    @Order(8)
    void isCountedByTheApiServerUnderTwoNames() throws Exception {
        for (String webhook : AlertsTest.Form.MONITORING.webhooks()) {
            assertThat(run("kubectl get --raw /metrics | grep '^apiserver_admission_webhook_request_total'"))
                    .contains("name=\"" + webhook + "\"");
        }
    }

    /** Applies it again and again, changes the image, and undoes that. */
    private void rollsOutAndBack(String name, String file) throws Exception {
        String rolled = "kubectl rollout status deployment/NAME --timeout=3m".replace("NAME", name);
        run("kubectl apply -f FILES/" + file + " && " + rolled);
        run("kubectl apply -f FILES/FILE && kubectl diff -f FILES/FILE".replace("FILES/FILE", "FILES/" + file));
        String generation = "kubectl get deployment " + name + " -o jsonpath='{.metadata.generation}'";
        assertThat(run(generation)).isEqualTo("1");
        // The first changes the annotation of the other way to apply.
        String server = "kubectl apply --server-side --force-conflicts -f FILES/" + file;
        run(server);
        String before = run(generation);
        run(server + " && kubectl diff --server-side --force-conflicts -f FILES/" + file);
        assertThat(run(generation)).isEqualTo(before);
        assertThat(templates("replicaset", name)).hasSize(1);

        run("kubectl set image deployment/" + name + " app=app:2 && " + rolled);
        assertThat(pods(name)).containsExactly(two, two);
        run("kubectl rollout undo deployment/" + name + " && " + rolled);
        assertThat(pods(name)).containsExactly(one, one);
    }

    private List<String> pods(String app) throws Exception {
        return run("kubectl get pods -l app=" + app + " -o json | jq -r '.items[]"
                        + " | select(.metadata.deletionTimestamp == null) | .spec.containers[].image'")
                .lines()
                .toList();
    }

    /** The images in the templates of all objects of a kind that have this label. */
    private List<String> templates(String kind, String app) throws Exception {
        return run("kubectl get " + kind + " -o json | jq -r '.items[] | .spec.template"
                        + " | select(.metadata.labels.app == \"" + app + "\") | .spec.containers[].image' | sort")
                .lines()
                .toList();
    }

    private void nothingFailed() throws Exception {
        assertThat(run("kubectl get events -o json | jq -r '.items[] | select(.reason | startswith(\"Failed\"))"
                        + " | \"\\(.reason) \\(.message)\"'"))
                .isEmpty();
    }
}
