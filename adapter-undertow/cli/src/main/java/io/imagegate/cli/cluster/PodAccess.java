package io.imagegate.cli.cluster;

import io.imagegate.follow.FileContents.Content;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The service account of the pod in which this runs. */
final class PodAccess {

    static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private PodAccess() {}

    /**
     * {@return the access; empty outside of pods}
     *
     * @param folder where the kubelet puts the token and the authority
     * @param environment variables, of which the kubelet sets those of the API server
     */
    static Optional<ClusterAccess> find(Path folder, Map<String, String> environment) {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        String port = environment.get("KUBERNETES_SERVICE_PORT");
        Path token = folder.resolve("token");
        if (host == null || port == null) {
            return Optional.empty();
        }
        if (!Files.exists(token)) {
            throw new ClusterProblem(token + ": no such file: expected a service account whose token is mounted"
                    + " (automountServiceAccountToken)");
        }
        String name = host.contains(":") ? "[" + host + "]" : host;
        return Optional.of(new ClusterAccess(
                ClusterAccess.url(
                        "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT", "https://" + name + ":" + port),
                () -> Optional.of(token(token)),
                ApiTls.ofAuthorities(folder.resolve("ca.crt")).context(),
                Optional.empty()));
    }

    /** {@return the token in a file, which is replaced before it expires} */
    static String token(Path file) {
        Content content = ApiTls.read(file);
        if (content.problem() != null) {
            throw new ClusterProblem(file + ": " + content.problem());
        }
        return ClusterAccess.requireToken(file.toString(), content.text());
    }
}
