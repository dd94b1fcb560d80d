package io.imagegate.cli;

import io.imagegate.Machine;
import io.imagegate.cli.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program around client-go, the library by which kube-apiserver asks its webhooks. */
final class KubeWebhookClient {

    private static final String APISERVER =
            "user: {client-certificate: %1$s/apiserver-client.pem, client-key: %1$s/apiserver-client-key.pem}";

    private final Path program;

    private KubeWebhookClient(Path program) {
        this.program = program;
    }

    /** Builds it; where that is not possible, the test that wants it is left out. */
    static KubeWebhookClient build() throws IOException, InterruptedException {
        Machine.needs("go");
        Machine.needs(Machine.Library.CLIENT_GO);
        Path program = Path.of(Program.setting("imagegate.go.target")).resolve("kube-webhook-client");
        List<String> command = new ArrayList<>(List.of("go", "build", "-o", program.toString()));
        try (Stream<Path> sources = Files.list(Path.of(Program.setting("imagegate.go.source")))) {
            sources.map(Path::toString).filter(file -> file.endsWith(".go")).forEach(command::add);
        }
        Result built = Program.run(command, new byte[0], Machine.goEnvironment());
        if (built.status() != 0) {
            throw new IOException(built.err());
        }
        return new KubeWebhookClient(program);
    }

    /** How it is run. */
    List<String> command(Path kubeconfig, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-kubeconfig", kubeconfig.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Tells an API server to ask there, with the certificates that {@code certs} wrote into a folder. */
    static Path kubeconfig(String url, Path folder) throws IOException {
        return kubeconfig(url, folder, APISERVER.formatted(folder));
    }

    /** Tells an API server to ask there as this user. */
    static Path kubeconfig(String url, Path folder, String user) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: webhook, cluster: {server: %s, certificate-authority: %s/ca.pem}}]
                users: [{name: apiserver, %s}]
                contexts: [{name: webhook, context: {cluster: webhook, user: apiserver}}]
                current-context: webhook
                """.formatted(url, folder, user));
    }
}
