package io.imagegate.cli.cluster;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How the API server of a cluster is reached.
 *
 * @param server its URL, without a slash at the end
 * @param token the token to show, asked for each request because files of tokens are replaced; empty for none
 * @param tls what it is connected with
 * @param proxy the HTTP proxy on the way; empty for none
 */
public record ClusterAccess(
        URI server, Supplier<Optional<String>> token, SSLContext tls, Optional<InetSocketAddress> proxy) {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int MOST_PORT = 0xffff;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /**
     * Finds the access, as kubectl does: a kubeconfig, or else the service account of the pod.
     *
     * @param settings of the command line
     * @param environment variables
     * @return the access
     * @throws ClusterProblem if there is none, or it cannot be used
     */
    public static ClusterAccess find(ClusterSettings settings, Map<String, String> environment) {
        if (settings.server().isPresent()) {
            return local(url("--server", settings.server().get()));
        }
        return Kubeconfig.find(settings, environment)
                .map(Kubeconfig::access)
                .or(() -> PodAccess.find(PodAccess.FOLDER, environment))
                .orElseThrow(() -> new ClusterProblem("no cluster to read: expected --kubeconfig FILE, KUBECONFIG,"
                        + " ~/.kube/config, or the service account of a pod"));
    }

    /** What listens on the machine alone, such as {@code kubectl proxy}, needs no credentials and no TLS. */
    private static ClusterAccess local(URI server) {
        if (!isPlainLocal(server)) {
            throw new ClusterProblem("--server " + server + ": expected kubectl proxy on this machine, such as"
                    + " http://127.0.0.1:8001; other servers need a kubeconfig");
        }
        return new ClusterAccess(server, Optional::empty, ApiTls.SYSTEM.context(), Optional.empty());
    }

    static boolean isPlainLocal(URI server) {
        return "http".equals(server.getScheme()) && LOOPBACK.contains(server.getHost());
    }

    /** {@return the URL of an API server, which may have a path} */
    static URI url(String what, String text) {
        try {
            URI url = URI.create(withoutSlashes(text));
            if (SCHEMES.contains(String.valueOf(url.getScheme()))
                    && url.getHost() != null
                    && url.getPort() <= MOST_PORT
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            // It is told below.
        }
        // It may have a password, so it is not shown.
        throw new ClusterProblem(
                what + ": expected a URL such as https://10.0.0.1:6443, without user, query and fragment");
    }

    private static String withoutSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /** {@return the token in a text that was read} Whatever else it holds would become another header. */
    static String requireToken(String what, String text) {
        String token = text.strip();
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ClusterProblem(what + ": expected a token on one line");
        }
        return token;
    }
}
