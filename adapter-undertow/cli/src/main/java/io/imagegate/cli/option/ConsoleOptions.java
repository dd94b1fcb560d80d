package io.imagegate.cli.option;

import io.imagegate.server.page.ConsoleArtifact;
import io.imagegate.server.serve.ConsoleSettings;
import io.imagegate.server.serve.ListenAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the console of a server. */
public final class ConsoleOptions {

    private static final Set<String> SCHEMES = Set.of("https", "http");

    @Option(
            names = "--console-host",
            paramLabel = "HOST",
            description = "Address for the console, plain HTTP without authentication (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            description =
                    "Port for the console, a page that shows the state and the last decisions of this server, 0 for"
                            + " any. Without it there is none.")
    private @Nullable Integer port;

    @Option(
            names = "--console-name",
            paramLabel = "NAME",
            description = "Host name or address, without a port, under which browsers may ask for the console, besides"
                    + " localhost, 127.0.0.1 and [::1]. Can be repeated.")
    private List<String> names = List.of();

    @Option(
            names = "--console-playground",
            arity = "0..1",
            fallbackValue = "true",
            description = "Show the playground there, too, which judges what anybody types.")
    private boolean playground;

    @Option(
            names = "--console-dashboard",
            paramLabel = "URL",
            description = "Dashboard of all replicas that the console links.")
    private @Nullable String dashboard;

    /**
     * {@return the settings of these options; null if there is no console}
     *
     * @param environment of this program, in which Kubernetes sets the name of the pod
     * @throws CommandProblem if the artifact with the pages is not there, or options have no meaning
     */
    public @Nullable ConsoleSettings settings(Map<String, String> environment) {
        if (port == null) {
            expectPort(playground, "--console-playground");
            expectPort(!names.isEmpty(), "--console-name");
            expectPort(dashboard != null, "--console-dashboard");
            return null;
        }
        ConsoleArtifact.problem().ifPresent(problem -> {
            throw new CommandProblem("--console-port: " + problem);
        });
        return new ConsoleSettings(new ListenAddress(host, port), machine(environment), names, playground, url());
    }

    private static String machine(Map<String, String> environment) {
        String name = environment.get("HOSTNAME");
        try {
            return name == null || name.isEmpty() ? InetAddress.getLocalHost().getHostName() : name;
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static void expectPort(boolean set, String option) {
        if (set) {
            throw new CommandProblem(option + ": expected --console-port, too");
        }
    }

    private @Nullable URI url() {
        if (dashboard == null) {
            return null;
        }
        try {
            URI url = new URI(dashboard);
            if (url.getHost() != null && SCHEMES.contains(String.valueOf(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // Reported like another scheme.
        }
        throw new CommandProblem(
                "--console-dashboard " + dashboard + ": expected a URL that begins with https:// or http://");
    }
}
