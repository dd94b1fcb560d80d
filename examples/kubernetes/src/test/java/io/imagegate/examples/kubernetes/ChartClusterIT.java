package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The chart in a real cluster, by the commands of its page: two releases, one that checks and one that changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock("cluster")
@Tag("nightly")
@SuppressWarnings("try") // networks that are only closed
class ChartClusterIT {

    private static final Pattern BLOCK = Pattern.compile("(?s)```bash\\n(.*?)```");

    private static final String SECOND = """
            form: mutating
            fullnameOverride: changes
            image: {repository: "127.0.0.1:5000/imagegate"}
            replicas: 1
            podDisruptionBudget: {enabled: false}
            registries: {credentialsSecret: imagegate-registries}
            """;

    private static final String MUTATE = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: pinned}
            spec:
              rules: [{name: pinned, digest: {required: true}}]
              mutate:
                rewrite: [{from: "docker.io/library/*", to: "127.0.0.1:5000/*"}]
                pin: ["127.0.0.1:5000/**"]
            """;

    private static final String APP = "kubectl -n default run %s --image=127.0.0.1:5000/app:1 --dry-run=server";

    private static final String BROKEN =
            "helm upgrade imagegate . --namespace imagegate --reuse-values --wait --timeout 2m"
                    + " --set-file 'policy.files.broken\\.yaml=%s/broken.yaml'";

    private static final String MISTAKE = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: broken}
            spec:
              rules: [{name: tagged, tagg: {required: true}}]
            """;

    /** New pods have it at once. */
    private static final String EXPIRED = """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout old-key.pem -out old.pem \\
              -subj /CN=old -addext subjectAltName=DNS:imagegate.imagegate.svc \\
              -not_before 20200101000000Z -not_after 20200201000000Z
            secret() {
              kubectl -n imagegate create secret generic $1 --from-file=tls.crt=$2 --from-file=tls.key=$3 \\
                --dry-run=client -o yaml | kubectl apply -f -
            }
            secret imagegate-repaired new/webhook.pem new/webhook-key.pem
            secret imagegate-new old.pem old-key.pem
            kubectl -n imagegate delete pods -l app.kubernetes.io/component=webhook
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @BeforeAll
    void starts() throws Exception {
        BuiltImage image = BuiltImage.get();
        cluster = Cluster.start("cluster.sh", Map.of());
        image.push("docker://127.0.0.1:5000/imagegate:"
                + Manifests.file(Helm.CHART.resolve("Chart.yaml")).all().get(0).text("appVersion"));
    }

    @AfterAll
    void ends() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** In the folder of the chart, where the page's commands run. */
    private String run(String commands) throws Exception {
        return cluster.succeed(Helm.CHART, commands);
    }

    /** A block of the page with this text, for this registry. */
    private static String block(String text) throws IOException {
        return block(Helm.CHART.resolve("README.md"), text);
    }

    private static String block(Path page, String text) throws IOException {
        String found = BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(text))
                .findFirst()
                .orElseThrow();
        return found.replace("registry.internal:5000/platform/imagegate", "127.0.0.1:5000/imagegate")
                .replace("imagegate.jar", System.getProperty("imagegate.jar"));
    }

    private static final String DENIED = "kubectl -n default run denied --image=nginx --dry-run=server\n";

    @Test
    @Order(1)
    void isInstalledInTheStepsOfThePage() throws Exception {
        String steps = block("webhook.register=false");
        // `check` refuses this cluster, whose kubeconfig does not verify the API server; ClusterIT runs it.
        String check = steps.lines()
                .filter(line -> line.contains(" check --policy "))
                .findFirst()
                .orElseThrow();
        assertThat(steps).contains(DENIED);
        run(steps.replace(check, "").replace(DENIED, ""));
        assertThat(cluster.fail(folder, DENIED)).contains("violates rule \"fixed-tag\"");
        run("kubectl run good --image=127.0.0.1:5000/app:1");
        run("kubectl wait --for=condition=Ready pod/good --timeout=3m");
        test("imagegate", "imagegate", "imagegate");
        assertThat(run("helm list --namespace imagegate")).contains("deployed");
        // The job is made and not run to its end: its images are not here.
        String digest = "sha256:" + "a".repeat(64);
        assertThat(run("COSIGN_DIGEST=" + digest + " KUBECTL_DIGEST=" + digest + "\n"
                        + block("imagegate-trusted-root-renewal")))
                .contains("job.batch/first-trusted-root created");
    }

    @Test
    @Order(2)
    void losesNoReviewHoweverItIsUpgraded() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("policy.yaml"), Files.readString(Manifests.FOLDER.resolve("base/policy.yaml")));
        for (String name : List.of("signatures.yaml", "cosign.pub")) {
            Files.writeString(
                    files.resolve(name),
                    Files.readString(Manifests.FOLDER.resolve("base/policy.yaml"))
                            .replace("name: cluster", "name: second"));
        }
        try (Admissions asked = Admissions.start(cluster, folder)) {
            String authority = authority();
            String certificate = certificate();
            run(block("policy\\.yaml=policy.yaml")
                    .replace("=policy.yaml", "=" + files + "/policy.yaml")
                    .replace("=signatures.yaml", "=" + files + "/signatures.yaml")
                    .replace("=cosign.pub", "=" + files + "/cosign.pub"));
            assertThat(run("kubectl -n imagegate get configmaps -o name")).containsOnlyOnce("imagegate-policy-");
            assertThat(certificate()).isEqualTo(certificate);

            // First: helm shows the last revision, also one that failed.
            changesNothingWhenNothingChanged();
            refusesABrokenPolicyBeforeAnythingChanges();

            renew();
            assertThat(certificate()).isNotEqualTo(certificate);
            assertThat(authority()).isEqualTo(authority);
            endsIn("1", "364");
            // As if the authority had no more than 90 days left.
            run("kubectl -n imagegate annotate secret imagegate-ca --overwrite"
                    + " imagegate.io/not-after=$(($(date +%s) + 90 * 86400))");
            renew();
            endsIn("88", "2");

            // Of the annotation above.
            run("helm rollback imagegate 2 --namespace imagegate --wait --force-conflicts");
            assertThat(authority()).isEqualTo(authority);

            cluster.succeed(
                    folder,
                    block("certs --out new").replace("upgrade imagegate . ", "upgrade imagegate " + Helm.CHART + " "));
            assertThat(authority()).isNotEqualTo(authority);
            assertThat(run("kubectl -n imagegate get secrets -o name")).doesNotContain("imagegate-tls", "imagegate-ca");
            asked.stopAndExpectEveryAnswer();
        }
    }

    /** Its pod asks the Service by name. */
    private void test(String release, String namespace, String service) throws Exception {
        try (ServiceNetwork network = ServiceNetwork.of(cluster, namespace, service)) {
            assertThat(run("helm test " + release + " --namespace " + namespace + " --timeout 5m"))
                    .contains("Phase:          Succeeded");
        }
    }

    private void refusesABrokenPolicyBeforeAnythingChanges() throws Exception {
        String generation = "kubectl -n imagegate get deployment imagegate -o jsonpath='{.metadata.generation}'";
        String before = run(generation);
        String mistake = "imagegate serve: /etc/imagegate/policy/broken.yaml:5:";
        Files.writeString(folder.resolve("broken.yaml"), MISTAKE);
        assertThat(cluster.fail(Helm.CHART, BROKEN.formatted(folder)))
                .contains(mistake, "UPGRADE FAILED: pre-upgrade hooks failed: ", "Job/imagegate/imagegate-upgrade");
        assertThat(run(generation)).isEqualTo(before);
        assertThat(run("kubectl -n imagegate get pods -l app.kubernetes.io/component=upgrade-check -o"
                        + " jsonpath='{.items[*].status.containerStatuses[0].state.terminated.message}'"))
                .startsWith(mistake)
                .hasLineCount(1);
        assertThat(run("kubectl -n imagegate get configmaps -o name")).doesNotContain("imagegate-upgrade");
    }

    private void changesNothingWhenNothingChanged() throws Exception {
        String manifest = "helm get manifest imagegate --namespace imagegate";
        String before = run(manifest);
        run("helm upgrade imagegate . --namespace imagegate --reuse-values --wait");
        assertThat(run(manifest)).isEqualTo(before);
        assertThat(run("kubectl -n imagegate get jobs,configmaps -o name")).doesNotContain("imagegate-upgrade");
    }

    /** The upgrade is what repairs it. */
    @Test
    @Order(3)
    void anUpgradeRepairsAnExpiredCertificate() throws Exception {
        cluster.succeed(folder, EXPIRED);
        assertThat(cluster.fail(folder, APP.formatted("expired"))).contains("failed calling webhook");
        run("helm upgrade imagegate . --namespace imagegate --reuse-values --wait"
                + " --set certificates.given.secret=imagegate-repaired");
        run("until " + APP.formatted("repaired") + "; do sleep 0.1; done");
    }

    /** Another release in another namespace, which the first reviews, too. */
    @Test
    @Order(4)
    void changesImagesBesideAnotherRelease() throws Exception {
        Files.writeString(folder.resolve("second.yaml"), SECOND);
        Files.writeString(folder.resolve("mutate.yaml"), MUTATE);
        Files.writeString(folder.resolve("registries.yaml"), RegistryContent.REGISTRIES);
        RegistryContent.push(cluster, folder, "2");
        run("kubectl create namespace second");
        run(
                "sed 's/namespace: imagegate/namespace: second/' ../components/registries/credentials.yaml | kubectl apply -f -");
        run("helm install other . --namespace second --wait --values FOLDER/second.yaml".replace("FOLDER", folder + "")
                + " --set-file 'policy.files.policy\\.yaml=" + folder + "/mutate.yaml'"
                + " --set-file 'registries.files.registries\\.yaml=" + folder + "/registries.yaml'");
        run("until kubectl run probe --image=app:1 --dry-run=server -o yaml | grep -q @sha256:; do sleep 0.1; done");
        run("kubectl run pinned --image=app:1");
        String digest = run("skopeo inspect --tls-verify=false --format '{{.Digest}}' docker://127.0.0.1:5000/app:1")
                .strip();
        assertThat(run("kubectl get pod pinned -o jsonpath='{.spec.containers[0].image}'"))
                .isEqualTo("127.0.0.1:5000/app:1@" + digest);
        run("kubectl wait --for=condition=Ready pod/pinned --timeout=3m");
        assertThat(cluster.fail(folder, "kubectl run other --image=registry.example/app:1"))
                .contains("violates rule \"pinned\"");
        assertThat(run("kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o name"))
                .contains(
                        "imagegate.imagegate",
                        "validatingwebhookconfiguration.admissionregistration.k8s.io/changes.second")
                .contains("mutatingwebhookconfiguration.admissionregistration.k8s.io/changes.second");
        test("other", "second", "changes");
    }

    /** The container is killed, and not the pod. */
    @Test
    @Order(5)
    void decidesWithTheLastAcceptedPolicyAfterARestart() throws Exception {
        String pod = run("kubectl -n second get pods -l app.kubernetes.io/component=webhook -o name")
                .strip()
                .replace("pod/", "");
        String map =
                run("kubectl -n second get configmaps -o name | grep policy").strip();
        String readiness = "kubectl get --raw '/api/v1/namespaces/second/pods/" + pod + ":8080/proxy/readyz?verbose'";
        run("kubectl -n second get " + map + " -o jsonpath='{.data.policy\\.yaml}' > " + folder + "/accepted.yaml");
        publish(map, pod, "printf 'kind: ['");
        run("until " + readiness + " | grep -q 'are rejected'; do sleep 0.5; done");
        run("""
                id=$(kubectl -n second get pod POD -o jsonpath='{.status.containerStatuses[0].containerID}')
                ctr --address "SOCKET" --namespace=k8s.io tasks kill --signal SIGKILL ${id#containerd://}
                until READINESS | grep last_good; do sleep 0.5; done
                """.replace("POD", pod)
                .replace("SOCKET", Manifests.FOLDER.toAbsolutePath().resolve("target/cluster/containerd.sock") + "")
                .replace("READINESS", readiness));
        assertThat(run(readiness))
                .contains("policy.yaml:1:8: syntax; last_good: ", "\nready\n")
                .doesNotContain("kind: [");
        assertThat(run("kubectl -n second get pod " + pod
                        + " -o jsonpath='{.status.containerStatuses[0].restartCount}'"))
                .isEqualTo("1");
        String decided =
                "until kubectl run kept --image=app:1 --dry-run=server -o yaml | grep -q @sha256:; do sleep 0.1; done";
        run(decided);
        publish(map, pod, "cat " + folder + "/accepted.yaml");
        run("while " + readiness + " | grep last_good; do sleep 0.5; done");
        run(decided);
    }

    /** The kubelet looks at the volumes of a pod that changes. */
    private void publish(String map, String pod, String policy) throws Exception {
        run("kubectl -n second patch " + map + " --type=merge -p \"$(" + policy
                + " | jq -Rs '{data: {\"policy.yaml\": .}}')\"");
        run("kubectl -n second annotate --overwrite pod " + pod + " changed=$(date +%s)");
    }

    /** Nobody listens there. */
    @Test
    @Order(6)
    void isUpgradedWhileARegistryIsDown() throws Exception {
        Files.writeString(folder.resolve("down.yaml"), RegistryContent.REGISTRIES.replace("1:5000", "1:5999"));
        run("helm upgrade other . --namespace second --reuse-values --wait"
                + " --set-file 'registries.files.registries\\.yaml=" + folder + "/down.yaml'");
        assertThat(run("kubectl -n second get jobs,pods -o name")).doesNotContain("upgrade");
        run("helm rollback other 1 --namespace second --wait");
    }

    @Test
    @Order(7)
    void isOpenedWhenAllIsLost() throws Exception {
        run("kubectl -n imagegate delete deployment imagegate");
        assertThat(cluster.fail(folder, APP.formatted("lost"))).contains("failed calling webhook");
        run(block(Manifests.FOLDER.resolve("README.md"), "imagegate.io/part=gate"));
        assertThat(run("kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o name"))
                .isEmpty();
        run(APP.formatted("lost"));

        run("helm upgrade imagegate . --namespace imagegate --reuse-values --wait");
        run("until " + APP.formatted("found") + "; do sleep 0.1; done");
        assertThat(cluster.fail(folder, DENIED)).contains("violates rule \"fixed-tag\"");
        run("helm upgrade other . --namespace second --reuse-values --wait");
    }

    /** The webhooks are deleted before what answers them. */
    @Test
    @Order(8)
    void isRemovedWithoutARefusal() throws Exception {
        run("""
                while [ ! -e %1$s/removed ]; do kubectl run later --image=app:1 --dry-run=server || exit 9; done &
                helm uninstall other --namespace second --wait
                helm uninstall imagegate --namespace imagegate --wait
                touch %1$s/removed
                wait %%1
                """.formatted(folder));
        assertThat(run("kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o name"))
                .isEmpty();
        assertThat(run("kubectl -n second get all,secrets,networkpolicies,poddisruptionbudgets -o name"
                        + " -l app.kubernetes.io/instance=other"))
                .doesNotContain("deployment", "service", "secret");
    }

    @Test
    @Order(9)
    void checksTheFilesBeforeTheFirstSyncOfArgo() throws Exception {
        String hooks = "helm template imagegate . --namespace argo --show-only templates/upgrade-check.yaml"
                + " --set image.repository=127.0.0.1:5000/imagegate,certificates.from=certManager";
        String apply = " | kubectl apply --validate=strict -f -\nkubectl -n argo wait --for=condition=%s --timeout=5m"
                + " job/imagegate-upgrade\nkubectl -n argo logs job/imagegate-upgrade";
        run("kubectl create namespace argo; "
                + "until kubectl -n argo get serviceaccount default > /dev/null 2>&1; do sleep 0.1; done");
        assertThat(run(hooks
                        + " --set 'registries.credentialsSecret=later,mounts[0].name=root,mounts[0].configMap=later'"
                        + " --set-file 'registries.files.registries\\.yaml=" + folder + "/down.yaml'"
                        + apply.formatted("Complete")))
                .contains("/etc/imagegate/credentials is empty, so nothing was checked");
        run("kubectl -n argo delete job imagegate-upgrade");
        assertThat(run(hooks + " --set-file 'policy.files.broken\\.yaml=" + folder + "/broken.yaml'"
                        + apply.formatted("Failed")))
                .contains("imagegate serve: /etc/imagegate/policy/broken.yaml:5:");
    }

    @Test
    @Order(10)
    void refusesTheFormForControlPlanes() throws Exception {
        assertThat(cluster.fail(
                        Helm.CHART,
                        "helm install wrong . --namespace wrong --create-namespace --set form=imagePolicyWebhook"))
                .contains("form: \"imagePolicyWebhook\" is only for helm template");
    }

    /** Makes Helm sign another certificate. */
    private void renew() throws Exception {
        run("kubectl -n imagegate delete secret imagegate-tls");
        run("helm upgrade imagegate . --namespace imagegate --reuse-values --wait --set replicas=3");
    }

    /** The certificate is valid in so many days, and no more so many days later. */
    private void endsIn(String days, String more) throws Exception {
        String file = "<(kubectl -n imagegate get secret imagegate-tls -o jsonpath='{.data.tls\\.crt}' | base64 -d)";
        run("openssl x509 -noout -checkend $((DAYS * 86400)) -in ".replace("DAYS", days) + file);
        cluster.fail(
                folder,
                "openssl x509 -noout -checkend $(((DAYS + MORE) * 86400 + 3600)) -in "
                                .replace("DAYS", days)
                                .replace("MORE", more)
                        + file);
    }

    private String authority() throws Exception {
        return run("kubectl get validatingwebhookconfiguration imagegate.imagegate"
                + " -o jsonpath='{.webhooks[0].clientConfig.caBundle}'");
    }

    private String certificate() throws Exception {
        return run("kubectl -n imagegate get secret imagegate-tls -o jsonpath='{.data.tls\\.crt}'");
    }
}
