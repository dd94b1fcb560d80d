package io.imagegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands that check images load no class of Bouncy Castle, whose plain and FIPS jars cannot share a JVM. A start loads no
 * management server, which no review needs, nothing of CEL, unless a policy has an expression, and nothing of the console, unless
 * it is on.
 */
@Tag("slow")
class LoadedClassesTest {

    private static final String COSIGN2 = "../../policy-core/signature/src/test/resources/recorded/cosign2/";
    private static final String IMAGE = "sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5";

    private static final String CONSOLE = " io.imagegate.console.";

    @TempDir
    Path folder = Path.of("");

    private List<String> bouncyCastle(String... arguments) throws IOException, InterruptedException {
        return with("org.bouncycastle.", loaded(arguments));
    }

    private static List<String> with(String part, List<String> lines) {
        return lines.stream().filter(line -> line.contains(part)).toList();
    }

    private List<String> loaded(String... arguments) throws IOException, InterruptedException {
        Path log = folder.resolve("classes");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log.toString() + "::filecount=0",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.imagegate.server.Main"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("out")))
                .isZero();
        return Files.readAllLines(log);
    }

    private Path certificates() throws IOException {
        Path certs = folder.resolve("certs");
        Program.makeCertificates(certs);
        return certs;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify-bundle --bundle key.sigstore.json --key key1.pub " + IMAGE,
                "verify-bundle --bundle keyless-1.sigstore.json --trusted-root trusted-root.json --certificate-identity"
                        + " ** --certificate-oidc-issuer https://token.actions.githubusercontent.com " + IMAGE,
                "check nginx:1.27",
            })
    @DisplayName("verify-bundle and check load none")
    void none(String line) throws Exception {
        String[] arguments = line.replaceAll(
                        "(key|keyless-1|trusted-root)(\\.sigstore)?\\.json|key1\\.pub", COSIGN2 + "$0")
                .split(" ", -1);
        assertThat(bouncyCastle(arguments)).isEmpty();
    }

    @Test
    @DisplayName("verify of an image loads none, by a key and by an identity")
    void verify() throws Exception {
        try (SignedRegistry signed = new SignedRegistry("acme/key", "acme/keyless")) {
            String registries = signed.file(folder);
            String host = signed.registry().host();
            String key = SignedRegistry.file("keys/1.pub");
            assertThat(bouncyCastle("verify", "--registries", registries, "--key", key, host + "/acme/key:1.0.0"))
                    .isEmpty();
            assertThat(Files.readString(folder.resolve("out"))).contains("is signed by key");
            assertThat(bouncyCastle(
                            "verify",
                            "--registries=" + registries,
                            "--certificate-identity=**",
                            "--certificate-oidc-issuer=http://127.0.0.1:5070",
                            "--trusted-root=" + SignedRegistry.file("trust/trusted-root.json"),
                            host + "/acme/keyless:1.0.0"))
                    .isEmpty();
            assertThat(Files.readString(folder.resolve("out"))).contains("is signed by identity");
        }
    }

    @Test
    @DisplayName("serve loads none, with a policy on signatures and registries")
    void serve() throws Exception {
        Path certs = certificates();
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
        Path registries = Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: registries}
                spec: {registries: [{host: registry.example}]}
                """);
        assertThat(bouncyCastle(
                        "serve",
                        "--dry-run",
                        "--port=0",
                        "--host=127.0.0.1",
                        "--policy=" + policy,
                        "--registries=" + registries,
                        "--tls-cert=" + certs.resolve("webhook.pem"),
                        "--tls-key=" + certs.resolve("webhook-key.pem")))
                .isEmpty();
    }

    private List<String> served(Path certs, String body) throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: r, %s}]}
                """.formatted(body));
        return loaded(
                "serve",
                "--dry-run",
                "--port=0",
                "--host=127.0.0.1",
                "--policy=" + policy,
                "--tls-cert=" + certs.resolve("webhook.pem"),
                "--tls-key=" + certs.resolve("webhook-key.pem"));
    }

    @Test
    @DisplayName("serve loads nothing of CEL for a policy without an expression")
    void expressions() throws Exception {
        Path certs = certificates();
        String loaded = " (dev\\.cel|com\\.google|org\\.antlr|org\\.threeten|io\\.imagegate\\.cel)\\.";
        assertThat(served(certs, "tag: {required: true}")).noneMatch(line -> line.split(loaded, 2).length > 1);
        List<String> withExpression = served(certs, "cel: \"image.tag != 'dev'\"");
        for (String library : List.of(" dev.cel.", " com.google.", " org.antlr.", " io.imagegate.cel.")) {
            assertThat(with(library, withExpression)).isNotEmpty();
        }
    }

    @Test
    @DisplayName("serve loads no management server, and with a console the classes of that")
    void management() throws Exception {
        Path certs = certificates();
        List<String> loaded = loaded(
                "serve",
                "--dry-run",
                "--port=0",
                "--host=127.0.0.1",
                "--management-port=0",
                "--console-port=0",
                "--tls-cert=" + certs.resolve("webhook.pem"),
                "--tls-key=" + certs.resolve("webhook-key.pem"));
        assertThat(with("com.sun.jmx.mbeanserver.JmxMBeanServer", loaded)).isEmpty();
        assertThat(with("org.xnio.Xnio ", loaded)).isNotEmpty();
        assertThat(with(CONSOLE, loaded)).isNotEmpty();
    }

    @Test
    @DisplayName("serve and help load nothing of the console, unless it is on")
    void console() throws Exception {
        assertThat(with(CONSOLE, served(certificates(), "tag: {required: true}")))
                .isEmpty();
        assertThat(with(CONSOLE, loaded("help", "playground"))).isEmpty();
    }

    @Test
    @DisplayName("certs loads some, so this test can fail")
    void some() throws Exception {
        assertThat(bouncyCastle("certs", "--out", folder.resolve("certs").toString(), "--host", "localhost"))
                .isNotEmpty();
    }
}
