package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with a policy that rewrites and pins images. */
class MutatingCommandsTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    private final SmallRegistry registry;
    private String policy = "";
    private String registries = "";

    MutatingCommandsTest() throws IOException {
        registry = new SmallRegistry();
    }

    @BeforeEach
    void files() throws IOException {
        policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  rules: [{name: pinned, digest: {required: true}}, {name: mirror, allow: ["%1$s/**"]}]
                  mutate: {rewrite: [{from: "old.example/**", to: "%1$s/**"}], pin: ["%1$s/**"]}
                """.formatted(registry.host()))
                .toString();
        registries = registry.configuration(folder);
        registry.add("1", Instant.now());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    @DisplayName("explain shows the written, the rewritten and the pinned name, and checks the last")
    void explain() {
        assertThat(run("explain", "-p", policy, "--registries", registries, "old.example/app:1"))
                .as("%s%s", out, err)
                .isZero();
        assertThat(out.toString())
                .containsPattern("canonical +old.example/app:1\n")
                .containsPattern("rewritten +" + registry.host() + "/app:1\n")
                .containsPattern("pinned +" + registry.host() + "/app:1@sha256:[0-9a-f]{64}\n")
                .containsPattern("mirror +deny +satisfied")
                .containsPattern("pinned +deny +satisfied");
        assertThat(run("explain", "-p", policy, "--registries", registries, "old.example/app:2"))
                .isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("rewritten +" + registry.host() + "/app:2\n")
                .contains("it must get a digest and has none")
                .containsPattern("pinned +deny +violated");
    }

    @Test
    @DisplayName("check decides on images and manifests as their pods will be, and names the line")
    void check() throws IOException {
        assertThat(run("check", "-p", policy, "--registries", registries, "old.example/app:1"))
                .isZero();
        Path file = Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: j}
                spec:
                  template:
                    spec:
                      containers:
                        - {name: a, image: "old.example/app:1"}
                        - {name: b, image: "old.example/app:2"}
                """);
        assertThat(run("check", "-p", policy, "--registries", registries, file.toString()))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("job.yaml:9:28  " + registry.host() + "/app:2\n", "  written as old.example/app:2\n")
                .doesNotContain("job.yaml:8");
        assertThat(run("check", "-p", policy, "--registries", registries, "-o", "json", file.toString()))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("\"image\":\"" + registry.host() + "/app:2\",\"written\":\"old.example/app:2\"");
    }

    @Test
    @DisplayName("without registries, a policy that pins is refused")
    void refused() {
        for (String command : new String[] {"check", "explain"}) {
            assertThat(run(command, "-p", policy, "old.example/app:1")).isEqualTo(2);
            assertThat(err.toString()).contains("policy.yaml:6:", "pin looks up digests: this needs --registries FILE");
        }
    }
}
