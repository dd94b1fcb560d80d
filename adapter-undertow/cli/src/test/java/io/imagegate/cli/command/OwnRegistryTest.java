package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands without {@code --registries}, about an image in a registry of this machine. */
class OwnRegistryTest {

    @TempDir
    Path folder = Path.of("");

    private final SmallRegistry registry = new SmallRegistry();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path pod = Path.of("");

    OwnRegistryTest() throws IOException {}

    @BeforeEach
    void files() throws IOException {
        registry.add("1", Instant.now());
        pod = Files.writeString(folder.resolve("pod.yaml"), """
                apiVersion: v1
                kind: Pod
                spec: {containers: [{image: "%s/app:1"}]}
                """.formatted(registry.host()));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private int run(Map<String, String> environment, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return ImagegateCommand.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String image() {
        return registry.host() + "/app:1";
    }

    private Map<String, String> docker(String config) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("docker")).resolve("config.json"), config);
        return Map.of("DOCKER_CONFIG", folder.resolve("docker").toString(), "HOME", "/nowhere");
    }

    private static String auths(String host) {
        return "{\"auths\": {\"" + host + "\": {\"auth\": \""
                + Base64.getEncoder().encodeToString("ann:secret".getBytes(UTF_8)) + "\"}}}";
    }

    @Test
    @DisplayName("a registry at a loopback address that speaks no TLS is contacted over plain HTTP")
    void plainHttp() {
        assertThat(run(Map.of(), "inspect", image())).as(err.toString()).isZero();
        assertThat(run(Map.of(), "pin", "--diff", pod.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("/app:1@sha256:");
        assertThat(run(Map.of(), "verify", "--key", SignedRegistry.file("keys/1.pub"), image()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("it is not signed");
    }

    @Test
    @DisplayName("a registry at a loopback address that speaks TLS gets nothing over plain HTTP, also if TLS fails")
    void tlsOnly() throws Exception {
        byte[] handshakeFailure = {21, 3, 3, 0, 2, 2, 40};
        List<Integer> first = new CopyOnWriteArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                while (!server.isClosed()) {
                    try (Socket client = server.accept()) {
                        first.add(client.getInputStream().read());
                        client.getOutputStream().write(handshakeFailure);
                    } catch (IOException ended) {
                        // The next client, or none if the server is closed.
                    }
                }
            });
            thread.start();
            assertThat(run(Map.of(), "inspect", "localhost:" + server.getLocalPort() + "/app:1"))
                    .isEqualTo(1);
            assertThat(run(
                            docker(auths("127.0.0.1:" + server.getLocalPort())),
                            "inspect",
                            "127.0.0.1:" + server.getLocalPort() + "/app:1"))
                    .isEqualTo(1);
        }
        assertThat(first).hasSizeGreaterThan(2).containsOnly(22);
    }

    @Test
    @DisplayName("the credentials of Docker's configuration are sent to their host, and to no other")
    void credentials() throws IOException {
        registry.require("ann:secret");
        assertThat(run(Map.of(), "inspect", image())).isEqualTo(1);
        assertThat(err.toString()).contains(" asks for a user name and a password, but none are known for it\n");
        Map<String, String> environment = docker(auths(registry.host()));
        assertThat(run(environment, "inspect", image())).as(err.toString()).isZero();
        assertThat(run(environment, "pin", "--diff", pod.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run(environment, "verify", "--key", SignedRegistry.file("keys/1.pub"), image()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("it is not signed");
        assertThat(out.toString() + err).doesNotContain("secret");
    }

    @Test
    @DisplayName("credentials of another port are no credentials of this registry")
    void otherHost() throws IOException {
        registry.require("ann:secret");
        assertThat(run(docker(auths("127.0.0.1:1")), "inspect", image())).isEqualTo(1);
        assertThat(registry.gotCredentials()).isFalse();
    }

    @Test
    @DisplayName(
            "without DOCKER_CONFIG the configuration is .docker/config.json in HOME; without a file there are none")
    void home() throws IOException {
        registry.require("ann:secret");
        Files.createDirectories(folder.resolve(".docker"));
        Map<String, String> environment = Map.of("HOME", folder.toString(), "DOCKER_CONFIG", "");
        assertThat(run(environment, "inspect", image())).isEqualTo(1);
        Files.writeString(folder.resolve(".docker/config.json"), auths(registry.host()));
        assertThat(run(environment, "inspect", image())).as(err.toString()).isZero();
    }

    @Test
    @DisplayName("a helper runs only with --credential-helpers, and a command that fails names it")
    void helpers() throws IOException {
        String config =
                "{\"credHelpers\": {\"" + registry.host() + "\": \"none-of-these\"}, \"credsStore\": \"other\"}";
        Map<String, String> environment = docker(config);
        assertThat(run(environment, "inspect", image())).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
        registry.require("ann:secret");
        for (List<String> command : List.of(
                List.of("inspect", image()),
                List.of("pin", pod.toString()),
                List.of("verify", "--key", SignedRegistry.file("keys/1.pub"), image()))) {
            assertThat(run(environment, command.toArray(String[]::new))).isPositive();
            assertThat(err.toString())
                    .contains("config.json: the helper none-of-these for " + registry.host()
                            + " was not run, expected --credential-helpers to run it\n");
        }
        assertThat(run(environment, "inspect", "--credential-helpers", image())).isEqualTo(2);
        assertThat(err.toString())
                .contains("helper: no program docker-credential-none-of-these is on the PATH")
                .hasLineCount(1);
        assertThat(run(environment, "inspect", "--credential-helpers", "--registries", "r.yaml", image()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected either --registries or --credential-helpers");
    }

    @Test
    @DisplayName("a configuration that cannot be read is told")
    void malformed() throws IOException {
        Map<String, String> environment = docker("{");
        assertThat(run(environment, "inspect", image())).isEqualTo(2);
        assertThat(err.toString()).contains("config.json").hasLineCount(1);
        assertThat(run(environment, "pin", pod.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("config.json", "nothing is written");
    }
}
