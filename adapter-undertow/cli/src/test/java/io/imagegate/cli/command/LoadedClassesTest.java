package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that check images load no class of Bouncy Castle, whose plain and FIPS jars cannot share a JVM. A start loads no
 * management server, which no review needs, nothing of CEL, unless a policy has an expression, and nothing of the console and of
 * notifications, unless they are on.
 */
@Tag("slow")
class LoadedClassesTest {

    private static final String COSIGN2 = "../../policy-core/signature/src/test/resources/recorded/cosign2/";
    private static final String IMAGE = "sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5";

    private static final String BOUNCY_CASTLE = "org.bouncycastle.";
    private static final String CONSOLE = " io.imagegate.console.";
    private static final String NOTIFICATIONS = " io.imagegate.server.notify.";

    @TempDir
    Path folder = Path.of("");

    private static List<String> with(String part, List<String> lines) {
        return lines.stream().filter(line -> line.contains(part)).toList();
    }

    /** Classes that a process loads which runs these commands one after the other. */
    private List<String> loaded(List<List<String>> commands) throws IOException, InterruptedException {
        Path log = folder.resolve("classes");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log.toString() + "::filecount=0",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CommandsInTurn.class.getName()));
        for (List<String> command : commands) {
            if (command != commands.get(0)) {
                line.add(CommandsInTurn.THEN);
            }
            line.addAll(command);
        }
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("out")))
                .isZero();
        return Files.readAllLines(log);
    }

    private List<String> serve(String... more) throws IOException {
        Path certificates = folder.resolve("served");
        Program.makeCertificates(certificates);
        List<String> command = new ArrayList<>(List.of("serve", "--dry-run", "--port=0", "--host=127.0.0.1"));
        command.add("--tls-cert=" + certificates.resolve("webhook.pem"));
        command.add("--tls-key=" + certificates.resolve("webhook-key.pem"));
        command.addAll(List.of(more));
        return command;
    }

    private List<String> verifyBundle(String line) {
        String files = "(key|keyless-1|trusted-root)(\\.sigstore)?\\.json|key1\\.pub";
        return List.of(("verify-bundle " + line.replaceAll(files, COSIGN2 + "$0") + " " + IMAGE).split(" ", -1));
    }

    @Test
    @DisplayName("check, verify and verify-bundle, by a key and by an identity, and serve with signatures load none")
    void none() throws Exception {
        Files.copy(Path.of(COSIGN2, "key1.pub"), folder.resolve("key1.pub"));
        Files.copy(Path.of(COSIGN2, "trusted-root.json"), folder.resolve("trusted-root.json"));
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: signed}
                spec:
                  trust: {lab: {file: trusted-root.json}}
                  signers: {release: {keys: [{file: key1.pub}], trust: lab}}
                  rules: [{name: signed, signature: {by: [$release]}}]
                """);
        try (SignedRegistry signed = new SignedRegistry("acme/key", "acme/keyless")) {
            String registries = "--registries=" + signed.file(folder);
            String host = signed.registry().host();
            List<String> loaded = loaded(List.of(
                    List.of("check", "nginx:1.27"),
                    verifyBundle("--bundle key.sigstore.json --key key1.pub"),
                    verifyBundle("--bundle keyless-1.sigstore.json --trusted-root trusted-root.json"
                            + " --certificate-identity **"
                            + " --certificate-oidc-issuer https://token.actions.githubusercontent.com"),
                    List.of("verify", registries, "--key", SignedRegistry.file("keys/1.pub"), host + "/acme/key:1.0.0"),
                    List.of(
                            "verify",
                            registries,
                            "--certificate-identity=**",
                            "--certificate-oidc-issuer=http://127.0.0.1:5070",
                            "--trusted-root=" + SignedRegistry.file("trust/trusted-root.json"),
                            host + "/acme/keyless:1.0.0"),
                    serve("--policy=" + policy, registries)));
            assertThat(with(BOUNCY_CASTLE, loaded)).isEmpty();
            assertThat(with("io.imagegate.server.serve.ReviewServer ", loaded)).isNotEmpty();
            assertThat(Files.readString(folder.resolve("out"))).contains("is signed by key", "is signed by identity");
        }
    }

    @Test
    @DisplayName("certs loads some, so that test can fail")
    void some() throws Exception {
        List<String> certs = List.of("certs", "--out", folder.resolve("certs").toString(), "--host", "localhost");
        assertThat(with(BOUNCY_CASTLE, loaded(List.of(certs)))).isNotEmpty();
    }

    private String policy(String body) throws IOException {
        return "--policy=" + Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: r, %s}]}
                """.formatted(body));
    }

    @Test
    @DisplayName("serve and help load nothing of CEL, of the console and of notifications")
    void onlyWhatIsUsed() throws Exception {
        List<String> loaded = loaded(List.of(List.of("help", "playground"), serve(policy("tag: {required: true}"))));
        String expressions = " (dev\\.cel|com\\.google|org\\.antlr|org\\.threeten|io\\.imagegate\\.cel)\\.";
        assertThat(loaded).noneMatch(line -> line.split(expressions, 2).length > 1);
        assertThat(with(CONSOLE, loaded)).isEmpty();
        assertThat(with(NOTIFICATIONS, loaded)).isEmpty();
    }

    @Test
    @DisplayName(
            "serve loads CEL for an expression, the console and notifications where they are on, and no management server for them")
    void expressionAndConsole() throws Exception {
        Files.writeString(folder.resolve("secret"), "whsec_" + "a".repeat(40));
        Path notifications = Files.writeString(folder.resolve("notifications.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: Notifications
                spec: {endpoints: [{url: "https://127.0.0.1:1/", secret: {file: secret}}]}
                """);
        List<String> loaded = loaded(List.of(serve(
                policy("cel: \"image.tag != 'dev'\""),
                "--management-port=0",
                "--console-port=0",
                "--notify=" + notifications)));
        for (String part :
                List.of(" dev.cel.", " com.google.", " org.antlr.", " io.imagegate.cel.", CONSOLE, NOTIFICATIONS)) {
            assertThat(with(part, loaded)).as(part).isNotEmpty();
        }
        assertThat(with("org.xnio.Xnio ", loaded)).isNotEmpty();
        assertThat(with("com.sun.jmx.mbeanserver.JmxMBeanServer", loaded)).isEmpty();
    }
}
