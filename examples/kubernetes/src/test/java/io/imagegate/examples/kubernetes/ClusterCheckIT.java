package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The component that checks what runs, on a cluster of kubeadm with its access control, whose pods reach the API server. */
@ResourceLock("cluster")
@Tag("nightly")
class ClusterCheckIT {

    private static final String JOB = """
            kubectl -n imagegate create job --from=cronjob/imagegate-cluster-check NAME
            kubectl -n imagegate wait --for=condition=EXPECTED job/NAME --timeout=90s
            kubectl -n imagegate logs -l job-name=NAME --tail=-1
            """;

    @Test
    void findsWhatRunsAndIsDenied() throws Exception {
        try (Installation installation = Installation.prepare(
                "kubeadm.sh", Map.of(), delivery -> delivery.addComponents(Installation.OVERLAY, "cluster-check"))) {
            installation.kubectl(Installation.APPLY + " -l 'imagegate.io/part!=gate'");
            installation.awaitRollout();
            assertThat(installation.kubectl(job("Complete", "first"))).contains("\"denied\":0");

            installation.kubectl("kubectl create deployment old --image=127.0.0.1:5000/app:latest --replicas=2");
            installation.kubectl("kubectl rollout status deployment/old --timeout=2m");
            assertThat(installation.kubectl(job("Failed", "second")))
                    .contains("Deployment default/old", "\"denied\":1", "\"owned object\":")
                    .doesNotContain("Pod default/old");
            assertThat(installation.fail(
                            "java -jar " + System.getProperty("imagegate.jar") + " check --cluster -o json"))
                    .as("by the kubeconfig of kubeadm, which has a client certificate")
                    .contains("Deployment default/old", "\"denied\":1");
            assertThat(installation.kubectl("kubectl auth can-i --list --as="
                            + "system:serviceaccount:imagegate:imagegate-cluster-check"))
                    .doesNotContain("secrets", "create pods");
        }
    }

    private static String job(String expected, String name) {
        return JOB.replace("EXPECTED", expected).replace("NAME", name);
    }
}
