package io.imagegate.examples.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentGateTest {

    private record Run(int status, String output) {}

    @TempDir
    private Path folder;

    @Test
    void needsNothingBesidePoliciesInFilesAndTheirLibraries() throws IOException {
        List<String> dependencies = Files.readAllLines(Path.of("target/runtime-tree.txt")).stream()
                .skip(1)
                .map(line -> line.replaceFirst("^[ |+\\\\-]*", ""))
                .map(line -> line.split(":", -1)[1])
                .toList();
        assertThat(dependencies)
                .containsExactlyInAnyOrder("policy-files", "policy-core", "snakeyaml-engine", "jspecify");
    }

    @Test
    void tellsWhatMayNotBeDeployed() throws Exception {
        Run run = check("deployments.txt");
        assertThat(run.output().lines().map(line -> line.replaceFirst(" \\(containers.*", "")))
                .containsExactly(
                        "dev nginx:1.27: allowed",
                        "dev ghcr.io/acme/api: denied: image \"ghcr.io/acme/api\"",
                        "prod-eu ghcr.io/acme/api:2.3.1: denied: image \"ghcr.io/acme/api:2.3.1\"",
                        "prod-eu ghcr.io/acme/api:2.3.1@sha256:" + "a1b2c3d4e5f60718293a4b5c6d7e8f90".repeat(2)
                                + ": allowed");
        assertThat(run.output()).contains("violates rule \"fixed-tag\"", "violates rule \"pinned\"");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void endsWithSuccessWhenAllMay() throws Exception {
        Path list = Files.writeString(folder.resolve("list"), "dev nginx:1.27\nprod nginx:1.27\n");
        assertThat(check(list.toString()).status()).isZero();
    }

    @Test
    void saysWhatIsWrongWithAList() throws Exception {
        Path list = Files.writeString(folder.resolve("list"), "dev nginx:1.27\nnginx:1.27\n");
        Run run = check(list.toString());
        assertThat(run.output()).endsWith("list: line 2: expected a namespace and an image\n");
        assertThat(run.status()).isEqualTo(2);
        assertThat(check("absent").output()).isEqualTo("deployment list absent: there is no such file\n");
        assertThat(run().output()).isEqualTo("usage: DeploymentGate POLICIES LIST\n");
    }

    @Test
    void saysWhatIsWrongWithAPolicy() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "kind: [");
        assertThat(run(policy.toString(), "deployments.txt").output()).startsWith(policy + ":");
        assertThat(run(policy.toString(), "deployments.txt").status()).isEqualTo(2);
    }

    private static Run check(String list) throws IOException, InterruptedException {
        return run("policy.yaml", list);
    }

    /** With the jars of the run-time scope and no others. */
    private static Run run(String... arguments) throws IOException, InterruptedException {
        String path = "target/classes" + File.pathSeparator
                + Files.readString(Path.of("target/runtime-path.txt")).strip();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                path,
                DeploymentGate.class.getName());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Run(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
