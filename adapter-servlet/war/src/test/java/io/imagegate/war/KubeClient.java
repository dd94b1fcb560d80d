package io.imagegate.war;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The client library that kube-apiserver uses, client-go, as a program. */
record KubeClient(Path program, Path certificate) {

    /** Builds it; without Go and client-go the test that asked is left out. */
    static KubeClient build(Path directory, TestIdentity identity) throws IOException, InterruptedException {
        Machine.needs("go");
        Machine.needs(Machine.Library.CLIENT_GO);
        Path program = directory.resolve("kube-webhook-client");
        String source = System.getProperty("imagegate.go.source");
        run(
                List.of(
                        "go",
                        "build",
                        "-o",
                        program.toString(),
                        source + "/main.go",
                        source + "/load.go",
                        source + "/webhook.go"),
                Machine.goEnvironment());
        assertThat(program).isExecutable();
        return new KubeClient(program, identity.certificate());
    }

    /** {@return what the client prints of a webhook's answers} */
    String ask(URI webhook, String... arguments) throws IOException, InterruptedException {
        Path config = Files.writeString(program.resolveSibling("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: webhook, cluster: {server: %s, certificate-authority: %s}}]
                users: [{name: apiserver, user: {}}]
                contexts: [{name: webhook, context: {cluster: webhook, user: apiserver}}]
                current-context: webhook
                """.formatted(webhook, certificate));
        List<String> command = new ArrayList<>(List.of(program.toString(), "-kubeconfig", config.toString()));
        command.addAll(List.of(arguments));
        return run(command, Map.of());
    }

    private static String run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
