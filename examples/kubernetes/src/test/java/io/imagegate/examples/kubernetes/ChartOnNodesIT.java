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

    private static final String CHECK = """
            kubectl run old --image=127.0.0.1:5000/app:latest
            kubectl -n imagegate create job --from=cronjob/imagegate-cluster-check now
            kubectl -n imagegate wait --for=condition=Failed job/now --timeout=3m
            kubectl -n imagegate logs -l job-name=now --tail=-1
            """;

    @Test
    void checksItsFilesBeforeAndWhatRunsAfterwards(@TempDir Path folder) throws Exception {
        BuiltImage image = BuiltImage.get();
        Files.writeString(folder.resolve("values.yaml"), VALUES);
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
        }
    }
}
