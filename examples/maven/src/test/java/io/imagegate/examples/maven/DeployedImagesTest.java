package io.imagegate.examples.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeployedImagesTest {

    private static final Path MANIFESTS = Path.of("src/main/kubernetes");

    static List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(MANIFESTS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    @DisplayName("images of the manifests may run")
    void allowed(Path manifest) throws Exception {
        assertThat(DeployedImages.denied(manifest)).isEmpty();
    }

    @Test
    @DisplayName("an image without a tag, and one of another registry, may not")
    void denied(@TempDir Path folder) throws Exception {
        String text = Files.readString(MANIFESTS.resolve("web.yaml"));
        Path changed = Files.writeString(
                folder.resolve("web.yaml"),
                text.replace("ghcr.io/acme/migrate:2.3.0", "ghcr.io/acme/migrate")
                        .replace("ghcr.io/acme/web:2.3.0", "nginx:1.29"));
        assertThat(DeployedImages.denied(changed))
                .singleElement()
                .asString()
                .startsWith("Deployment shop/web: ")
                .contains("\"ghcr.io/acme/migrate\"", "\"fixed-tag\"", "\"nginx:1.29\"", "\"trusted-registry\"");
    }
}
