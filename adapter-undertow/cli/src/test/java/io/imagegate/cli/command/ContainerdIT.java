package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.SharedPrograms;
import io.imagegate.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A real containerd asks {@code verifier} through the script of the package before it pulls images. */
@Isolated("A call of the verifier has 8 seconds.")
@Tag("full")
@DisplayName("containerd")
class ContainerdIT {

    private static final Path SCRIPT = Path.of("src/package/lib/verifier/imagegate");
    private static final Path PAGE = Path.of("VERIFIER.md");
    private static final Path LAYER =
            Path.of("../../policy-core/registry/src/test/resources/recorded/docker-registry/blobs/sha256/"
                    + "c748116dab3c99d11100941d79e57f34f7af7329e89be17b7b32368f0bee0d6b");
    private static final int START_SECONDS = 120;

    @TempDir
    Path folder = Path.of("");

    private final SignedRegistry signed;
    private Path lab = Path.of("");
    private Path containerd = Path.of("");
    private Path ctr = Path.of("");

    ContainerdIT() throws IOException {
        signed = new SignedRegistry("acme/key", "acme/none");
    }

    @BeforeEach
    void prepare() throws Exception {
        Machine.needsRoot();
        lab = Machine.needsShared("supply-chain/lab/containerd.sh");
        containerd = SharedPrograms.get("containerd");
        ctr = SharedPrograms.get("ctr");
        for (String repository : List.of("acme/key", "acme/none")) {
            signed.registry().addBlob(repository, Files.readAllBytes(LAYER));
        }
        Path config = folder.resolve("config");
        Files.createDirectories(config.resolve("policies"));
        signed.file(config);
        Files.copy(Path.of(SignedRegistry.file("keys/1.pub")), config.resolve("policies/release.pub"));
        Files.writeString(config.resolve("policies/policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: node}
                spec:
                  signers: {release: {keys: [{file: release.pub}]}}
                  rules: [{name: signed, signature: {by: [$release]}}]
                """);
        script(config);
    }

    /** The package as it is installed, but for the place of its configuration. */
    private void script(Path config) throws IOException {
        Path script =
                Files.createDirectories(folder.resolve("package/lib/verifier")).resolve("imagegate");
        Files.writeString(script, Files.readString(SCRIPT).replace("/etc/imagegate/verifier", config.toString()));
        Path program = Files.createDirectories(folder.resolve("package/bin")).resolve("imagegate");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -jar '%s' \"$@\"\n"
                        .formatted(System.getProperty("java.home"), Program.setting("imagegate.jar")));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void close() {
        signed.close();
    }

    /** A containerd that asks the programs of a folder. */
    private final class Running implements AutoCloseable {

        private final Process process;
        private final Path socket;

        Running(String name, Path verifiers, int seconds) throws Exception {
            Path state = folder.resolve(name);
            ProcessBuilder builder = new ProcessBuilder(
                            "bash", lab.toString(), state.toString(), verifiers.toString(), String.valueOf(seconds))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".log").toFile());
            builder.environment().put("PATH", Machine.pathAfter(containerd.resolveSibling("")));
            process = builder.start();
            socket = state.resolve("containerd.sock");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (ctr("version").status() != 0) {
                assertThat(process.isAlive() && System.nanoTime() < end)
                        .as(Program.read(folder.resolve(name + ".log")))
                        .isTrue();
                Thread.sleep(50);
            }
        }

        private Program.Result ctr(String... arguments) throws Exception {
            List<String> command = new ArrayList<>(List.of(ctr.toString(), "--address", socket.toString()));
            command.addAll(List.of(arguments));
            return Program.run(command, new byte[0], Map.of());
        }

        Program.Result pull(String image) throws Exception {
            return ctr(
                    "images",
                    "pull",
                    "--local=false",
                    "--plain-http",
                    "--snapshotter",
                    "native",
                    signed.registry().host() + "/" + image);
        }

        String images() throws Exception {
            return ctr("images", "ls", "-q").out();
        }

        @Override
        public void close() {
            try {
                process.destroy();
                process.onExit().orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    @DisplayName("pulls an image that is signed, and refuses another with the reason")
    void allowedAndDenied() throws Exception {
        try (Running running = new Running("asking", folder.resolve("package/lib/verifier"), 10)) {
            Program.Result allowed = running.pull("acme/key:1.0.0");
            assertThat(allowed.status()).as(allowed.err()).isZero();

            Program.Result denied = running.pull("acme/none:1.0.0");
            assertThat(denied.status()).isEqualTo(1);
            assertThat(denied.err())
                    .contains("image verifier bindir blocked pull of "
                            + signed.registry().host() + "/acme/none:1.0.0 with digest " + SignedRegistry.IMAGE
                            + " for reason: verifier imagegate rejected image (exit code 1): image \"")
                    .contains(" violates rule \"signed\": ");
            Program.Result byDigest = running.pull("acme/key@" + SignedRegistry.IMAGE);
            assertThat(byDigest.status()).as(byDigest.err()).isZero();
            assertThat(running.images()).contains("acme/key:1.0.0").doesNotContain("acme/none");
            System.out.println(denied.err());

            Files.delete(folder.resolve("package/lib/verifier/imagegate"));
            assertThat(running.pull("acme/none:1.0.0").status())
                    .as("it fails open without a program, as the page says")
                    .isZero();
        }
    }

    @Test
    @DisplayName("refuses everything while the configuration is broken, or the verifier takes too long")
    void fails() throws Exception {
        Path verifiers = folder.resolve("package/lib/verifier");
        Path policy = folder.resolve("config/policies/policy.yaml");
        Files.writeString(policy, Files.readString(policy).replace("rules:", "rulez:"));
        try (Running running = new Running("asking", verifiers, 10)) {
            Program.Result denied = running.pull("acme/key:1.0.0");
            assertThat(denied.status()).isEqualTo(1);
            assertThat(denied.err()).contains("(exit code 1): ", "policy.yaml:6:3: ", "did you mean rules?");
        }
        Path program = folder.resolve("package/bin/imagegate");
        Files.writeString(program, "#!/bin/sh\nexec sleep 20\n");
        try (Running running = new Running("impatient", verifiers, 1)) {
            Program.Result late = running.pull("acme/key:1.0.0");
            assertThat(late.status()).isEqualTo(1);
            assertThat(late.err()).contains("image verifier bindir returned error: failed to call verifier imagegate");
            System.out.println(late.err());
            Files.delete(program);
            assertThat(running.pull("acme/key:1.0.0").err()).contains("bin/imagegate is missing or cannot be run");
            assertThat(running.images()).isEmpty();
        }
    }

    @Test
    @DisplayName("reads the configuration of the page, which names the folder of the package")
    void page() throws Exception {
        Matcher toml = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(toml.find()).isTrue();
        Path file = Files.writeString(folder.resolve("page.toml"), toml.group(1));
        Program.Result dump = Program.run(List.of(containerd.toString(), "-c", file.toString(), "config", "dump"));
        assertThat(dump.status()).as(dump.err()).isZero();
        assertThat(dump.out())
                .contains("/lib/imagegate/lib/verifier'", "max_verifiers = 10", "per_verifier_timeout = '10s'");
    }
}
