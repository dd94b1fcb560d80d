package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The components for signatures and trusted roots on a cluster of kubeadm, with its access control: images are signed by
 * cosign with keys and with a sigstore, in a registry that asks readers for a password.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock("cluster")
@Tag("nightly")
class SignatureClusterIT {

    private static final Path FILES = Manifests.FOLDER.resolve("src/test/resources/signatures");

    /** A root of other keys and certificates than those of the lab. */
    private static final Path OTHER_ROOT =
            Manifests.FOLDER.resolve("../../policy-core/signature/src/test/resources/recorded/trust/trusted-root.json");

    private static final String JOB = """
            kubectl -n imagegate create job --from=cronjob/imagegate-trusted-root NAME
            kubectl -n imagegate wait --for=condition=Complete job/NAME --timeout=3m
            """;

    @SuppressWarnings("NullAway.Init")
    private TufRepository source;

    @SuppressWarnings("NullAway.Init")
    private Installation installation;

    @SuppressWarnings("NullAway.Init")
    private SigningLab lab;

    @BeforeAll
    void installs() throws Exception {
        SigningLab.needsItsPrograms();
        source = new TufRepository("198.18.88.1", 5002);
        Map<String, String> settings =
                Map.of("PATCHES", FILES.resolve("patches").toString(), "BEFORE", "bash " + FILES.resolve("before.sh"));
        installation =
                Installation.prepare("kubeadm.sh", settings, delivery -> SignedDelivery.change(delivery, source));
        source.serve();
        lab = SigningLab.start(installation.cluster());
        lab.makeImages(installation.cluster(), installation.folder());
        source.publish(Files.readAllBytes(OTHER_ROOT));
        useKey("first");
        run("""
                kubectl create secret docker-registry imagegate-registries --namespace imagegate \\
                  --docker-server REGISTRY --docker-username reader --docker-password secret-of-reader \\
                  --dry-run=client -o yaml > components/registries/credentials.yaml
                python3 FILES/../../image/programs.py programs "$(dirname "$(command -v kubernetes)")" cosign kubectl
                for name in cosign kubectl; do
                  skopeo copy -q --preserve-digests --dest-tls-verify=false oci:programs:$name docker://127.0.0.1:5000/$name:here
                done
                """.replace("REGISTRY", SigningLab.REGISTRY).replace("FILES", FILES.toString()));
        runs("older", "acme/unsigned");
        run(Installation.APPLY + " -l 'imagegate.io/part!=gate,app.kubernetes.io/component!=webhook'");
        run(JOB.replace("NAME", "first-trusted-root"));
        run(Installation.APPLY);
        installation.awaitRollout();
    }

    @AfterAll
    void ends() throws IOException {
        try {
            if (lab != null) {
                lab.close();
            }
            if (source != null) {
                source.close();
            }
        } finally {
            if (installation != null) {
                installation.close();
            }
        }
    }

    private String run(String commands) throws Exception {
        return installation.kubectl(commands);
    }

    private String denied(String pod, String image) throws Exception {
        return installation.fail("kubectl run " + pod + " --image=127.0.0.1:5000/" + image + ":1");
    }

    private void runs(String pod, String image) throws Exception {
        run("kubectl run " + pod + " --image=127.0.0.1:5000/" + image + ":1");
        run("kubectl wait --for=condition=Ready pod/" + pod + " --timeout=3m");
    }

    private void useKey(String name) throws IOException {
        Path folder = installation.folder();
        Files.writeString(
                folder.resolve("components/signatures/cosign.pub"), Files.readString(folder.resolve(name + ".pub")));
    }

    @Test
    @Order(1)
    void runsTheSignedImageAndRefusesTheOthers() throws Exception {
        assertThat(run("curl -s -o /dev/null -w '%{http_code}' http://" + SigningLab.REGISTRY + "/v2/"))
                .isEqualTo("401");
        runs("signed", "acme/first");
        assertThat(denied("unsigned", "acme/unsigned"))
                .startsWith(
                        "Error from server (Forbidden): admission webhook \"images.imagegate.io\" denied the request: ")
                .contains("violates rule \"signed\": it is not signed by release; sha256:", " has no signature");
        assertThat(denied("other", "acme/second"))
                .contains("violates rule \"signed\": ", "signed with another key", "release");
        String events = run("kubectl -n kube-system logs kube-apiserver-node | grep '\"kind\":\"Event\"' | jq -r '"
                + "select(.objectRef.name == \"signed\") | .annotations | to_entries[] | \"\\(.key) \\(.value)\"'");
        assertThat(events)
                .containsPattern("(?m)^images\\.imagegate\\.io/verified 127\\.0\\.0\\.1:5000/acme/first@sha256:"
                        + "[0-9a-f]{64} signed by release");
    }

    @Test
    @Order(2)
    void theNightlyCheckDeniesAnUnsignedImageThatRunsForTheReasonOfTheWebhook() throws Exception {
        String reason = "it is not signed by release; sha256:[0-9a-f]{64} has no signature";
        Matcher webhook = Pattern.compile(reason).matcher(denied("unsigned", "acme/unsigned"));
        assertThat(webhook.find()).isTrue();
        String checked = run("""
                kubectl -n imagegate create job --from=cronjob/imagegate-cluster-check now
                kubectl -n imagegate wait --for=condition=Failed job/now --timeout=3m
                kubectl -n imagegate logs -l job-name=now -c check --tail=-1
                """);
        assertThat(checked)
                .contains("\"object\":\"Pod default/older\"", "\"rule\":\"signed\"", "\"denied\":1")
                .contains("\"message\":\"" + webhook.group())
                .contains("{\"name\":\"signatures\"")
                .doesNotContain("Pod default/signed", "\"errors\"");
    }

    @Test
    @Order(3)
    void demandsAnAttestationWithThatBuilder() throws Exception {
        runs("built", "built/here");
        assertThat(denied("elsewhere", "built/elsewhere"))
                .contains("violates rule \"built\": ", "https://other.example/1");
        assertThat(denied("unknown", "built/unknown")).contains("violates rule \"built\": ", "release");
    }

    @Test
    @Order(4)
    void usesTheRootThatTheJobRenewed() throws Exception {
        assertThat(denied("by-ci", "ci/api")).contains("violates rule \"by-ci\": ", "ci");
        source.publish(lab.trustedRoot());
        run(JOB.replace("NAME", "renewal"));
        // A change of the pod makes the kubelet look at its volumes now; otherwise it does within two minutes.
        run("""
                kubectl -n imagegate annotate pods -l app.kubernetes.io/component=webhook renewed=yes
                for i in $(seq 300); do
                  kubectl run by-ci --image=127.0.0.1:5000/ci/api:1 --dry-run=server > /dev/null 2>&1 && break
                  sleep 1
                done
                """);
        runs("by-ci", "ci/api");
        assertThat(run("kubectl -n imagegate get pods -l app.kubernetes.io/component=webhook -o "
                        + "jsonpath='{.items[*].status.containerStatuses[*].restartCount}'"))
                .isEqualTo("0");
        assertThat(run("kubectl auth can-i --list -n imagegate "
                        + "--as=system:serviceaccount:imagegate:imagegate-trusted-root | grep configmaps"))
                .doesNotContain("delete", "*");
    }

    @Test
    @Order(5)
    void followsANewKey() throws Exception {
        useKey("second");
        assertThat(run(Installation.APPLY)).contains("\ncronjob.batch/imagegate-trusted-root unchanged\n");
        installation.awaitRollout();
        runs("rotated", "acme/second");
        assertThat(denied("outdated", "acme/first"))
                .contains("violates rule \"signed\": ", "signed with another key", "release");
    }
}
