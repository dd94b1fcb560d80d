package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the chart makes beside the webhook, on a cluster of kubeadm with its access control, whose pods reach the API server. */
@ResourceLock("cluster")
@Tag("nightly")
class ChartOnNodesIT {

    /** Nodes of these tests have a copy of the image for each container, which counts as what the container wrote. */
    private static final String VALUES = """
            image: {repository: "127.0.0.1:5000/imagegate"}
            resources: {limits: {ephemeral-storage: 1Gi}}
            webhook: {register: false}
            clusterCheck: {enabled: true}
            """;

    private static final String CONTENT = """
            policy:
              files:
                policy.yaml: |
                  apiVersion: imagegate.io/v1alpha1
                  kind: ImagePolicy
                  metadata: {name: fresh}
                  spec: {rules: [{name: fresh, image: {maxAge: 90d}}]}
            """;

    private static final String HOST_NETWORK = """
            hostNetwork: true
            ports: {https: 20443, management: 28080, metrics: 29443}
            options: {client-ca: /etc/imagegate/clients/ca.crt, client-name: nobody}
            mounts: [{name: clients, secret: imagegate-clients}]
            """;

    private static final String CHECK = """
            kubectl run old --image=127.0.0.1:5000/app:latest
            kubectl -n imagegate create job --from=cronjob/imagegate-cluster-check now
            kubectl -n imagegate wait --for=condition=Failed job/now --timeout=3m
            kubectl -n imagegate logs -l job-name=now --tail=-1
            """;

    /** One node has room for one of them. */
    private static final String READY = """
            until kubectl -n imagegate get pods -l app.kubernetes.io/component=webhook -o json | jq -e '[.items[]
              | select(.spec.hostNetwork and any(.status.conditions[]; .type == "Ready" and .status == "True"))] | length == 1'
            do sleep 0.5; done
            """;

    private static final String SCRAPE = """
            kubectl -n imagegate get secret imagegate-tls -o jsonpath='{.data.ca\\.crt}' | base64 -d > server-ca.pem
            scrape() {
              curl -sS --max-time 20 --cacert server-ca.pem --connect-to ::198.18.88.1: "$@" \\
                https://imagegate.imagegate.svc:29443/metrics
            }
            """;

    @Test
    void checksWhatRunsAndAnswersOnTheNetworkOfTheNode(@TempDir Path folder) throws Exception {
        BuiltImage image = BuiltImage.get();
        Files.writeString(folder.resolve("values.yaml"), VALUES);
        Files.writeString(folder.resolve("host-network.yaml"), HOST_NETWORK);
        try (Cluster cluster = Cluster.start("kubeadm.sh", Map.of())) {
            image.push("docker://127.0.0.1:5000/imagegate:"
                    + Manifests.file(Helm.CHART.resolve("Chart.yaml"))
                            .all()
                            .get(0)
                            .text("appVersion"));
            Files.writeString(folder.resolve("content.yaml"), CONTENT);
            assertThat(
                            cluster.fail(
                                    folder,
                                    "helm install fresh " + Helm.CHART
                                            + " -n fresh --create-namespace --values values.yaml --values content.yaml --timeout 3m"))
                    .contains("pre-install", "looks at the content of images: this needs --registries FILE");
            assertThat(cluster.succeed(folder, "kubectl -n fresh get deployments,services -o name"))
                    .isEmpty();

            String helm = "helm upgrade --install imagegate " + Helm.CHART + " -n imagegate --values values.yaml";
            cluster.succeed(folder, helm + " --create-namespace --wait --timeout 5m");
            assertThat(cluster.succeed(folder, CHECK)).contains("Pod default/old", "\"denied\":1");

            cluster.succeed(
                    folder,
                    "java -jar " + System.getProperty("imagegate.jar") + " certs --out clients --host unused\n"
                            + "kubectl -n imagegate create secret generic imagegate-clients --from-file=ca.crt=clients/ca.pem\n"
                            + helm + " --values host-network.yaml\n" + READY);
            assertThat(
                            cluster.succeed(
                                    folder,
                                    SCRAPE
                                            + "scrape --cert clients/apiserver-client.pem --key clients/apiserver-client-key.pem"))
                    .contains("\nimagegate_ready 1.0\n");
            assertThat(cluster.run(folder, SCRAPE + "scrape").status())
                    .as("without a certificate")
                    .isNotZero();
            cluster.succeed(folder, """
                    curl -sS --max-time 20 http://127.0.0.1:28080/readyz
                    ! curl -sS --max-time 20 http://198.18.88.1:28080/readyz
                    """);
        }
    }
}
