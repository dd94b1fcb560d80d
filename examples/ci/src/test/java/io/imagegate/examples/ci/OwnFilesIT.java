package io.imagegate.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.examples.ci.TeamRepository.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("check on files of this project")
class OwnFilesIT {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("allows the images that its workflows and examples for CI name")
    void allowed() throws Exception {
        TeamRepository repository = TeamRepository.in(folder);
        Result result = repository.run(
                "sh",
                "-c",
                "imagegate check -p \"$0\" \"$@\"",
                Path.of("imagegate/policy.yaml").toRealPath().toString(),
                Path.of(".").toRealPath().toString(),
                Path.of("../../.github").toRealPath().toString());
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("allowed: ");
    }
}
