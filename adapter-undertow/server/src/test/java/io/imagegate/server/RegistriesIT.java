package io.imagegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What asks registries is in the runnable jar, and is loaded only when it is used. */
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

    @Test
    @DisplayName("serve refuses a policy with rules on content, and says why")
    void serveRefusesRulesOnContent() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: fresh, image: {maxAge: 180d}}]}
                """);
        Program.makeCertificates(folder);
        Program.Result served = Program.run(Program.imagegate(
                "serve",
                "--dry-run",
                "--policy",
                policy.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--management-port",
                "0",
                "--tls-cert",
                folder.resolve("webhook.pem").toString(),
                "--tls-key",
                folder.resolve("webhook-key.pem").toString()));
        assertThat(served.status()).isEqualTo(2);
        assertThat(served.err()).contains("policy.yaml:4:16: ", "serve cannot look up content yet");
    }
}
