package io.imagegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar has what asks registries, and loads it when it is used. */
class RegistriesIT {

    private static final List<String> OF_REGISTRIES =
            List.of("io.imagegate.registry.", "com.github.benmanes.caffeine.", "dev.failsafe.", "java.net.http.");

    @TempDir
    Path folder = Path.of("");

    private static String loadedBy(String... arguments) throws Exception {
        Program.Result checked =
                Program.run(Program.imagegate(arguments), new byte[0], Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load"));
        assertThat(checked.status()).as(checked.err()).isZero();
        return checked.out();
    }

    @Test
    @DisplayName("classes that ask registries are loaded with --registries and not without")
    void nothingIsLoadedInVain() throws Exception {
        Path registries = Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: registries}
                spec: {registries: [{host: ghcr.io}]}
                """);
        assertThat(loadedBy("check", "nginx:1.27")).doesNotContain(OF_REGISTRIES);
        assertThat(loadedBy("check", "--registries", registries.toString(), "nginx:1.27"))
                .contains(OF_REGISTRIES);
    }
}
