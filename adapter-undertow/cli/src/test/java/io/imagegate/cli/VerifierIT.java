package io.imagegate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.WrittenProgram;
import io.imagegate.server.Conditions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code imagegate.jar verifier} and the script that containerd runs, as processes: they exit with 0 or 1, in time. */
class VerifierIT {

    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final int MOST_TRIES = 5;
    private static final String LATE = "no decision in time, try again when the node is less busy\n";
    private static final Path SCRIPT = Path.of("src/package/lib/verifier/imagegate");

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void policy() throws Exception {
        Files.createDirectory(folder.resolve("policies"));
        Files.writeString(folder.resolve("policies/p.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: tags, tag: {deny: [latest]}}]}
                """);
    }

    /** Runs it again while it has no time for a decision, which it may not have on a busy machine. */
    private Program.Result decide(String image, byte[] input) throws Exception {
        Program.Result result = Program.run(Program.imagegate(arguments(image)), input, Map.of());
        for (int tries = 1; tries < MOST_TRIES && result.out().equals(LATE); tries++) {
            result = Program.run(Program.imagegate(arguments(image)), input, Map.of());
        }
        return result;
    }

    private String[] arguments(String image) {
        return new String[] {"verifier", "--config", folder.toString(), "-name", image, "-digest", DIGEST};
    }

    @Test
    void readsAllOfStandardInput() throws Exception {
        Program.Result allowed = decide("ghcr.io/acme/api:1", new byte[3 << 20]);
        assertThat(allowed.status()).as(allowed.err()).isZero();
        assertThat(allowed.out()).isEqualTo("allowed ghcr.io/acme/api:1@" + DIGEST + "\n");
        Program.Result denied = decide("ghcr.io/acme/api:latest", "{}".getBytes(UTF_8));
        assertThat(denied.status()).isEqualTo(1);
        assertThat(denied.out()).contains("violates rule \"tags\"").hasLineCount(1);
    }

    @Test
    @Tag("full")
    void refusesWithOneLineWhenMemoryIsShort() throws Exception {
        List<String> limits = new ArrayList<>();
        for (int mebibytes = 2; mebibytes <= 8; mebibytes++) {
            limits.add("-Xmx" + mebibytes + "m");
            limits.add("-XX:MaxMetaspaceSize=" + mebibytes + "m");
        }
        List<String> printed = new ArrayList<>();
        for (String limit : limits) {
            Program.Result result = Program.run(Program.java(
                    List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", limit), arguments("ghcr.io/acme/api:1")));
            assertThat(result.status()).isIn(0, 1);
            assertThat(result.out().startsWith("allowed ")).isEqualTo(result.status() == 0);
            printed.add(result.out());
        }
        assertThat(printed)
                .anySatisfy(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "this is an error in imagegate, or the JVM has too little memory: standard error has more\n"));
    }

    @Test
    void aPolicyForWhichThereIsNoMemoryIsARefusal() throws Exception {
        StringBuilder policy = new StringBuilder(Files.readString(folder.resolve("policies/p.yaml")));
        for (int i = 0; i < 30_000; i++) {
            policy.append("# ").append("x".repeat(100)).append('\n');
        }
        Files.writeString(folder.resolve("policies/p.yaml"), policy);
        Program.Result result =
                Program.run(Program.java(List.of("-XX:+UseSerialGC", "-Xmx9m"), arguments("ghcr.io/acme/api:1")));
        assertThat(result.status()).isEqualTo(1);
        // On a busy machine, looking for memory takes longer than a node waits.
        assertThat(result.out())
                .isIn("this is an error in imagegate: java.lang.OutOfMemoryError: Java heap space\n", LATE);
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void refusesWithOneLineWhenItIsToldToEnd() throws Exception {
        try (TestRegistry registry = new TestRegistry()) {
            Files.move(registry.policy(folder), folder.resolve("policies/p.yaml"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(registry.file(folder), folder.resolve("registries.yaml"));
            Path out = folder.resolve("out");
            boolean late;
            do { // A busy machine may not reach the registry before the time of a decision is over.
                int asked = registry.asked("hung", DIGEST);
                Process process = new ProcessBuilder(Program.imagegate(arguments(registry.host() + "/hung:1")))
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                try {
                    Conditions.await(
                            "the registry is asked",
                            () -> registry.asked("hung", DIGEST) > asked || !process.isAlive());
                    late = !process.isAlive();
                    process.destroy();
                    assertThat(process.waitFor()).isEqualTo(1);
                } finally {
                    process.destroyForcibly();
                }
            } while (late);
            assertThat(out).hasContent("no decision, because the process was told to end");
        }
    }

    @Test
    void theScriptOfThePackageAddsWhatContainerdCannotPass() throws Exception {
        Path script = Files.createDirectories(folder.resolve("lib/verifier")).resolve("imagegate");
        WrittenProgram.write(script, Files.readString(SCRIPT));
        Path link = Files.createSymbolicLink(folder.resolve("linked"), script);
        for (Path called : List.of(script, link)) {
            Program.Result missing = Program.run(List.of(called.toString(), "-name", "n"));
            assertThat(missing.status()).isEqualTo(1);
            assertThat(missing.out())
                    .startsWith(script.getParent() + "/../../bin/imagegate is missing")
                    .hasLineCount(1);
        }
        Path program = Files.createDirectory(folder.resolve("bin")).resolve("imagegate");
        WrittenProgram.write(program, "#!/bin/sh\nprintf '<%s>' \"$IMAGEGATE_OPTS\" \"$@\"\ncat > input\n");
        for (Path called : List.of(script, link)) {
            Program.Result result = Program.run(
                    List.of(called.toString(), "-name", "a b", "-digest", "$c"),
                    folder,
                    Map.of("IMAGEGATE_OPTS", "-Xss1m"));
            assertThat(result.out())
                    .isEqualTo(
                            "<-Xmx64m -Xss1m><verifier><--config></etc/imagegate/verifier><-name><a b><-digest><$c>\n");
            assertThat(result.status()).as(result.err()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "echo allowed x | 0 | allowed x",
                "echo why; exit 1 | 1 | why",
                "echo why; exit 3 | 1 | why",
                "echo 'a%sb' '; exit 1' | 0 | a%sb ; exit 1",
                "exit 0 | 1 | imagegate ended with status 0 and without a reason",
                "exit 1 | 1 | imagegate ended with status 1 and without a reason",
                "kill -KILL $$ | 1 | imagegate ended with status 137 and without a reason",
                "kill -ABRT $$ | 1 | imagegate ended with status 134 and without a reason",
                "echo Error; echo Too little memory; exit 1 | 1 | imagegate ended with status 1 and without a reason",
                "echo allowed x; echo and more | 1 | imagegate ended with status 0 and without a reason",
                "kill -TERM $PPID; echo allowed x | 1 | no decision, because the process was told to end",
            })
    void theScriptExitsWithZeroOrOneAndOneLine(String body, int status, String line) throws Exception {
        Path script = Files.createDirectories(folder.resolve("lib/verifier")).resolve("imagegate");
        WrittenProgram.write(script, Files.readString(SCRIPT));
        Path program = Files.createDirectory(folder.resolve("bin")).resolve("imagegate");
        WrittenProgram.write(program, "#!/bin/sh\n" + body + "\n");

        Program.Result result = Program.run(List.of(script.toString(), "-name", "n"));

        assertThat(result.status()).as(result.err()).isEqualTo(status);
        assertThat(result.out()).startsWith(line).endsWith("\n").hasLineCount(1);
    }
}
