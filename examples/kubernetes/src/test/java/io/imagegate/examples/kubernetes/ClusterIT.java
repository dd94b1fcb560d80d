package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The validating webhook in a real cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("cluster")
@Tag("full")
class ClusterIT {

    private static final String ANNOTATION = "ticket.image-policy.k8s.io/break-glass";

    /** An exact value is a password. */
    private static final String PASSWORD = "swordfish-1";

    private static final String BREAK_GLASS = """
              breakGlass:
                annotation: %s
                value: %s
                namespaces: [default]
            """.formatted(ANNOTATION, PASSWORD);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private Installation installation;

    @BeforeAll
    void deploys() throws Exception {
        Path audit = Manifests.FOLDER.resolve("src/test/resources/signatures/audit.yaml");
        installation = Installation.start(
                Map.of(
                        "APISERVER",
                        "--audit-policy-file=" + audit + " --audit-log-path=" + folder.resolve("audit.log")),
                delivery -> {
                    RegistryContent.addTo(delivery, Installation.OVERLAY);
                    delivery.append("base/policy.yaml", BREAK_GLASS);
                });
        kubectl(Installation.APPLY);
    }

    @AfterAll
    void ends() throws IOException {
        if (installation != null) {
            installation.close();
        }
    }

    private String kubectl(String command) throws IOException, InterruptedException {
        return installation.kubectl(command);
    }

    private String fail(String command) throws IOException, InterruptedException {
        return installation.fail(command);
    }

    @Test
    void appliedAgainChangesNothing() throws Exception {
        String budget = "kubectl -n imagegate get poddisruptionbudget imagegate -o jsonpath='{.metadata.generation}'";
        String before = kubectl(budget);
        // kubectl sends the selector of a PodDisruptionBudget always (its patch strategy is "replace").
        assertThat(kubectl(Installation.APPLY).lines())
                .isNotEmpty()
                .allMatch(line ->
                        line.endsWith(" unchanged") || line.equals("poddisruptionbudget.policy/imagegate configured"));
        assertThat(kubectl(budget)).isEqualTo(before);
        assertThat(kubectl("kubectl diff -k overlays/own-certificates")).isEmpty();
    }

    @Test
    void refusesLatestAndRunsATag() throws Exception {
        assertThat(fail("kubectl run bad --image=127.0.0.1:5000/app:latest"))
                .isEqualTo(
                        "Error from server (Forbidden): admission webhook \"images.imagegate.io\" denied the request: "
                                + "image \"127.0.0.1:5000/app:latest\" (spec.containers[0] \"bad\") violates rule \"fixed-tag\": "
                                + "the tag \"latest\" is not allowed\n");
        kubectl("kubectl run good --image=127.0.0.1:5000/app:1");
        kubectl("kubectl wait --for=condition=Ready pod/good --timeout=3m");
        kubectl("kubectl create deployment web --image=127.0.0.1:5000/app:2 --replicas=2");
        kubectl("kubectl rollout status deployment/web --timeout=3m");
    }

    @Test
    void warnsWhoBreaksTheGlassAndTellsItsValueToNobody() throws Exception {
        String run = "kubectl run %s --image=127.0.0.1:5000/app --annotations=" + ANNOTATION + "=%s";
        assertThat(fail(run.formatted("shut", PASSWORD.replace('1', '2'))))
                .contains("denied the request: ", "violates rule \"fixed-tag\"")
                .doesNotContain(PASSWORD);
        assertThat(kubectl(run.formatted("broken", PASSWORD)))
                .isEqualTo(
                        "Warning: allowed by break-glass: image \"127.0.0.1:5000/app\" (spec.containers[0] \"broken\") "
                                + "violates rule \"fixed-tag\": it has no tag, so it means \"latest\"; write a fixed tag\n"
                                + "pod/broken created\n");
        kubectl("kubectl wait --for=condition=Ready pod/broken --timeout=3m");
        assertThat(kubectl("kubectl get pod broken -o jsonpath='{.metadata.annotations}'"))
                .as("the pod itself has it, and only that")
                .contains(PASSWORD);

        assertThat(kubectl("kubectl -n imagegate logs -l app.kubernetes.io/component=webhook --tail=-1"))
                .contains("\"name\":\"broken\"", "\"outcome\":\"broke-glass\"")
                .doesNotContain(PASSWORD);
        List<String> events = Files.readAllLines(folder.resolve("audit.log")).stream()
                .filter(event -> event.contains("\"name\":\"broken\""))
                .toList();
        assertThat(events)
                .singleElement()
                .asString()
                .contains("\"images.imagegate.io/broke-glass\":\"")
                .doesNotContain(PASSWORD);
    }

    @Test
    void runsWithoutRightsOnAReadOnlyRoot() throws Exception {
        assertThat(kubectl("kubectl -n imagegate get pods -o "
                        + "jsonpath='{range .items[*]}{.status.containerStatuses[*].restartCount}{\"\\n\"}{end}'"))
                .isEqualTo("0\n0\n");
        String processes = kubectl("for p in $(pgrep -f '^/opt/imagegate/runtime/bin/java '); do "
                + "grep Uid: /proc/$p/status; awk '$5 == \"/\" {print $6}' /proc/$p/mountinfo; done");
        assertThat(processes.lines().filter(line -> line.startsWith("Uid:")))
                .hasSize(2)
                .allMatch(line -> line.equals("Uid:\t65532\t65532\t65532\t65532"));
        assertThat(processes.lines().filter(line -> !line.startsWith("Uid:")))
                .hasSize(2)
                .allMatch(line -> line.matches("ro(,.*)?"));
    }

    @Test
    void losesNoAdmissionInARestartOrWithAPod() throws Exception {
        try (Admissions asked = Admissions.start(installation.cluster(), folder)) {
            kubectl("kubectl -n imagegate rollout restart deployment/imagegate");
            kubectl("kubectl -n imagegate rollout status deployment/imagegate --timeout=5m");
            kubectl("kubectl -n imagegate delete $(kubectl -n imagegate get pods -o name | head -1)");
            kubectl("kubectl -n imagegate rollout status deployment/imagegate --timeout=5m");
            asked.stopAndExpectEveryAnswer();
        }
    }

    @Test
    void looksIntoTheRegistryAndSaysThatItIsDown() throws Exception {
        RegistryContent.prepare(installation.cluster(), folder);
        kubectl("kubectl -n strict run owned --image=127.0.0.1:5000/app:owned-1");
        kubectl("kubectl -n strict wait --for=condition=Ready pod/owned --timeout=3m");
        assertThat(fail("kubectl -n strict run other --image=127.0.0.1:5000/app:1"))
                .startsWith("Error from server (Forbidden): ")
                .contains("violates rule \"fresh\": ", "does not say when it was created")
                .contains("violates rule \"owned\": ", "team");
        assertThat(fail("kubectl -n strict run none --image=127.0.0.1:5000/app:none"))
                .contains("violates rule \"fresh\": ", "does not exist");

        installation.cluster().stopRegistryOfPods();
        String later = "kubectl -n %s run later --image=127.0.0.1:5000/app:owned-2";
        assertThat(fail(later.formatted("strict")))
                .startsWith("Error from server (Forbidden): ")
                .contains("rule \"owned\"", "198.18.88.1:5000 is down: ");
        assertThat(kubectl(later.formatted("lenient")))
                .startsWith("Warning: ")
                .contains("rule \"owned-if-known\"", "198.18.88.1:5000 is down: ")
                .endsWith("pod/later created\n");
        kubectl("kubectl -n lenient wait --for=condition=Ready pod/later --timeout=3m");
    }

    /** Before the gate is closed: what already runs and would be denied. */
    @Test
    void looksThroughWhatRuns() throws Exception {
        kubectl("kubectl -n kube-system run old --image=127.0.0.1:5000/app");
        Matcher page = Pattern.compile("java -jar imagegate.jar check .* --cluster")
                .matcher(Files.readString(Manifests.FOLDER.resolve("README.md")));
        assertThat(page.find()).isTrue();
        // The kubeconfig of this cluster does not verify the API server, which is refused.
        String proxied = "kubectl proxy --port=18001 & trap 'kill %1' EXIT\n"
                + "curl -s --retry 120 --retry-connrefused --retry-delay 1 -o /dev/null http://127.0.0.1:18001/version\n"
                + page.group() + " --server http://127.0.0.1:18001";
        String listed =
                "kubectl get pods,deployments,statefulsets,daemonsets,jobs,cronjobs --all-namespaces -o json | ";
        for (String command : List.of(proxied, listed + page.group().replace("--cluster", "-"))) {
            String jar = System.getProperty("imagegate.jar");
            // In the folder of the policy without rules on content.
            assertThat(installation.cluster().fail(Manifests.FOLDER, command.replace("imagegate.jar", jar)))
                    .contains("it has no tag")
                    .contains("Pod kube-system/old,");
        }
        kubectl("kubectl -n kube-system delete pod old --now");
    }
}
