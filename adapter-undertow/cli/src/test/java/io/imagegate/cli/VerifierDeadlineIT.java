package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code imagegate.jar verifier} answers before containerd ends it after 10 seconds, start and end of its JVM included. */
@Isolated("It measures time.")
@Tag("full")
class VerifierDeadlineIT {

    @Test
    void refusesBeforeContainerdLosesPatience(@TempDir Path folder) throws Exception {
        try (TestRegistry registry = new TestRegistry()) {
            Files.move(
                    registry.policy(folder),
                    Files.createDirectory(folder.resolve("policies")).resolve("p.yaml"));
            Files.move(registry.file(folder), folder.resolve("registries.yaml"));
            // The first command of a test makes an archive of classes, which may take seconds.
            List<String> command = Program.imagegate(
                    "verifier",
                    "--config",
                    folder.toString(),
                    "-name",
                    registry.host() + "/hung:1",
                    "-digest",
                    "sha256:" + "a".repeat(64));
            long start = System.nanoTime();
            Program.Result result = Program.run(command);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.out())
                    .contains(registry.host() + "\" did not answer within")
                    .hasLineCount(1);
            assertThat(taken).isLessThan(Duration.ofSeconds(10));
        }
    }
}
