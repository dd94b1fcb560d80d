package io.imagegate.cli.option;

import io.imagegate.cli.cluster.ClusterAccess;
import io.imagegate.cli.cluster.ClusterProblem;
import io.imagegate.cli.cluster.ClusterSettings;
import io.imagegate.text.ShownText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code check} for what runs in a cluster. */
public final class ClusterOptions {

    @Option(
            names = "--cluster",
            description = "Check the pods and workloads of a cluster, of all namespaces or that of --namespace. The"
                    + " kubeconfig is found as kubectl finds it; in a pod its service account is used.")
    private boolean cluster;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Kubeconfig of the cluster (default: KUBECONFIG, ~/.kube/config, or the pod's account)."
                    + " Plugins in it are not run.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Context of the kubeconfig (default: its current one).")
    private @Nullable String context;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "API server on this machine that needs no credentials: kubectl proxy, such as"
                    + " http://127.0.0.1:8001.")
    private @Nullable String server;

    @Option(
            names = "--owned",
            description = "Report objects whose controllers tell the same, too: pods of a ReplicaSet with the images of"
                    + " its template, say.")
    private boolean owned;

    /** {@return whether a cluster is read} */
    public boolean isCluster() {
        if (!cluster && (kubeconfig != null || context != null || server != null || owned)) {
            throw new CommandProblem(
                    "--kubeconfig, --context, --server and --owned are about a cluster: expected --cluster beside them");
        }
        if (server != null && (kubeconfig != null || context != null)) {
            throw new CommandProblem(
                    "--server needs no kubeconfig: expected one of --server, --kubeconfig and --context");
        }
        return cluster;
    }

    /** {@return whether what controllers own is reported, too} */
    public boolean isOwned() {
        return owned;
    }

    /** {@return how the API server is reached} */
    public ClusterAccess access(Map<String, String> environment) {
        try {
            return ClusterAccess.find(
                    new ClusterSettings(
                            Optional.ofNullable(kubeconfig), Optional.ofNullable(context), Optional.ofNullable(server)),
                    environment);
        } catch (ClusterProblem unusable) {
            throw new CommandProblem(ShownText.escape(String.valueOf(unusable.getMessage())));
        }
    }
}
