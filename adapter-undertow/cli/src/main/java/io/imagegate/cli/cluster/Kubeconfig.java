package io.imagegate.cli.cluster;

import java.io.File;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A kubeconfig of one or several files; the first file that has a value counts. Fields that decide on the identity or on trust are read
 * or refused, never ignored.
 */
final class Kubeconfig {

    private static final String PLUGIN =
            "plugins are not run: start kubectl proxy, and check with" + " --cluster --server http://127.0.0.1:8001";
    private static final List<String> PLUGINS = List.of("exec", "auth-provider");
    private static final List<String> REFUSED =
            List.of("username", "password", "as", "as-uid", "as-groups", "as-user-extra");

    private final List<KubeconfigFile> files;
    private final String context;

    private Kubeconfig(List<KubeconfigFile> files, String context) {
        this.files = files;
        this.context = context;
    }

    /**
     * {@return the kubeconfig; empty if none is named and there is none in the home folder}
     *
     * @throws ClusterProblem if one cannot be read, or names no context
     */
    static Optional<Kubeconfig> find(ClusterSettings settings, Map<String, String> environment) {
        List<KubeconfigFile> files = new ArrayList<>();
        for (Path path : paths(settings, environment)) {
            files.add(KubeconfigFile.read(path));
        }
        if (files.isEmpty() && settings.context().isEmpty()) {
            return Optional.empty();
        }
        String context = settings.context()
                .or(() -> files.stream()
                        .flatMap(file -> file.text("current-context").stream())
                        .findFirst())
                .orElseThrow(() -> new ClusterProblem(names(files) + ": no current-context: expected --context NAME"));
        return Optional.of(new Kubeconfig(files, context));
    }

    private static List<Path> paths(ClusterSettings settings, Map<String, String> environment) {
        if (settings.kubeconfig().isPresent()) {
            return List.of(settings.kubeconfig().get());
        }
        String variable = environment.getOrDefault("KUBECONFIG", "");
        if (!variable.isEmpty()) {
            // Like kubectl, leaves out those that do not exist, unless all do not.
            List<Path> named = Arrays.stream(variable.split(File.pathSeparator))
                    .filter(name -> !name.isEmpty())
                    .map(Path::of)
                    .toList();
            List<Path> existing = named.stream().filter(Files::exists).toList();
            return existing.isEmpty() ? named : existing;
        }
        String home = environment.getOrDefault("HOME", "");
        Path usual = Path.of(home, ".kube", "config");
        return !home.isEmpty() && Files.exists(usual) ? List.of(usual) : List.of();
    }

    /** {@return how the API server of the context is reached} */
    ClusterAccess access() {
        KubeconfigEntry chosen = entry("contexts", "context", context);
        KubeconfigEntry cluster = entry("clusters", "cluster", chosen.require("cluster"));
        Optional<KubeconfigEntry> user = chosen.text("user").map(name -> entry("users", "user", name));
        user.ifPresent(Kubeconfig::requireReadable);
        if (cluster.text("insecure-skip-tls-verify").filter("true"::equals).isPresent()) {
            throw new ClusterProblem(cluster.description("insecure-skip-tls-verify")
                    + ": whoever answers could hide what runs: expected certificate-authority-data");
        }
        URI server = ClusterAccess.url(cluster.description("server"), cluster.require("server"));
        Supplier<Optional<String>> token = user.map(Kubeconfig::token).orElse(Optional::empty);
        if (server.getScheme().equals("http") && !ClusterAccess.isPlainLocal(server)) {
            throw new ClusterProblem(cluster.description("server") + ": expected https, got " + server);
        }
        return new ClusterAccess(server, token, tls(cluster, user).context(), proxy(cluster));
    }

    private static ApiTls tls(KubeconfigEntry cluster, Optional<KubeconfigEntry> user) {
        return new ApiTls(
                cluster.content("certificate-authority"),
                user.flatMap(entry -> entry.content("client-certificate")),
                user.flatMap(entry -> entry.content("client-key")),
                cluster.text("tls-server-name"));
    }

    private static void requireReadable(KubeconfigEntry user) {
        for (String plugin : PLUGINS) {
            if (user.has(plugin)) {
                throw new ClusterProblem(user.description(plugin) + ": " + PLUGIN);
            }
        }
        for (String other : REFUSED) {
            if (user.has(other)) {
                throw new ClusterProblem(
                        user.description(other) + ": not supported: expected token, tokenFile or client-certificate");
            }
        }
    }

    /** A file of a token counts more than a token, as for kubectl. */
    private static Supplier<Optional<String>> token(KubeconfigEntry user) {
        Optional<Path> file = user.text("tokenFile").map(user::path);
        if (file.isPresent()) {
            return () -> file.map(PodAccess::token);
        }
        Optional<String> token =
                user.text("token").map(text -> ClusterAccess.requireToken(user.description("token"), text));
        return () -> token;
    }

    private static Optional<InetSocketAddress> proxy(KubeconfigEntry cluster) {
        return cluster.text("proxy-url").map(text -> {
            URI proxy = ClusterAccess.url(cluster.description("proxy-url"), text);
            if (!proxy.getScheme().equals("http")) {
                throw new ClusterProblem(cluster.description("proxy-url")
                        + ": expected a proxy such as http://proxy.internal:3128, got " + text);
            }
            return new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
        });
    }

    private KubeconfigEntry entry(String list, String field, String name) {
        return files.stream()
                .flatMap(file -> file.entry(list, field, name).stream())
                .findFirst()
                .orElseThrow(() -> new ClusterProblem(
                        names(files) + ": expected " + field + " " + name + " in " + list + ", found none"));
    }

    private static String names(List<KubeconfigFile> files) {
        return files.isEmpty()
                ? "kubeconfig"
                : String.join(", ", files.stream().map(KubeconfigFile::name).toList());
    }
}
