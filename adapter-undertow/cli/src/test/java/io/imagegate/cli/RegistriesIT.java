package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.command.ImagegateHere;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What asks registries is in the runnable jar, and is loaded only when it is used. */
class RegistriesIT {

    private static final List<String> OF_REGISTRIES =
            List.of("io.imagegate.registry.", "com.github.benmanes.caffeine.", "java.net.http.");

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
        Path registries = registries("{host: ghcr.io}");
        assertThat(loadedBy("check", "nginx:1.27")).doesNotContain(OF_REGISTRIES);
        assertThat(loadedBy("check", "--registries", registries.toString(), "nginx:1.27"))
                .contains(OF_REGISTRIES);
    }

    @Test
    @DisplayName("serve refuses a policy with rules on content without --registries, and says why")
    void serveRefusesRulesOnContent() throws Exception {
        Program.Result served = dryRun("--policy", contentPolicy().toString());
        assertThat(served.status()).isEqualTo(2);
        assertThat(served.err()).contains("policy.yaml:4:16: ", "this needs --registries FILE, the registries to ask");
    }

    @Test
    @DisplayName("serve loads nothing that asks registries without --registries")
    void serveLoadsNothingInVain() throws Exception {
        Program.Result served =
                dryRun(Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load"), "--policy", "builtin:fixed-tags");
        assertThat(served.status()).as(served.err()).isZero();
        assertThat(served.out())
                .contains("io.imagegate.server.serve.ReviewServer")
                .doesNotContain(OF_REGISTRIES);
    }

    @Test
    @DisplayName("serve with --registries accepts rules on content, and warns of those whose images need no digest")
    void serveAcceptsRulesOnContent() throws Exception {
        Program.Result served = dryRun(
                "--policy",
                contentPolicy().toString(),
                "--registries",
                registries("{host: ghcr.io}").toString());
        assertThat(served.status()).as(served.err()).isZero();
        assertThat(served.err()).contains("policy.yaml:4:16: ", "digest");
    }

    @Test
    @DisplayName("serve names every mistake in the file of --registries, and the variable that names the file")
    @Timeout(300)
    void serveRefusesAnInvalidFile() throws Exception {
        Path wrong = registries("{host: ghcr.io, plainHttps: true}, {host: ''}");
        Program.Result served = ImagegateHere.run(Map.of("IMAGEGATE_REGISTRIES", wrong.toString()), dryRunArguments());
        assertThat(served.status()).isEqualTo(2);
        assertThat(served.err())
                .contains("imagegate serve: ", "registries.yaml:4:", "plainHttps")
                .doesNotContain("Exception", "\tat ");

        Program.Result missing = ImagegateHere.run(
                Map.of(),
                dryRunArguments("--registries", folder.resolve("none.yaml").toString()));
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("none.yaml").doesNotContain("Exception");
    }

    @Test
    @DisplayName("serve takes the password of a proxy, unless the JVM is told to keep passwords from proxies")
    void serveTakesTheProxysPassword() throws Exception {
        Files.writeString(folder.resolve("proxy-user"), "build:s3cret");
        Path registries = registries("{host: ghcr.io}");
        Files.writeString(
                registries,
                Program.read(registries)
                        .replace("spec: {", "spec: {proxy: 'http://127.0.0.1:1', proxyCredentials: proxy-user, "));
        Program.Result ready = dryRun("--registries", registries.toString());
        assertThat(ready.status()).as(ready.err()).isZero();
        assertThat(ready.err()).doesNotContain("s3cret");

        Program.Result refused = dryRun(
                Map.of("JAVA_TOOL_OPTIONS", "-Djdk.http.auth.tunneling.disabledSchemes=Basic"),
                "--registries",
                registries.toString());
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("registries.yaml: proxyCredentials: Java sends passwords to a proxy only if")
                .doesNotContain("s3cret", "Exception");
    }

    private Path contentPolicy() throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: fresh, image: {maxAge: 180d}}]}
                """);
    }

    private Path registries(String entries) throws IOException {
        return Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: registries}
                spec: {registries: [%s]}
                """.formatted(entries));
    }

    private Program.Result dryRun(String... more) throws Exception {
        return dryRun(Map.of(), more);
    }

    private Program.Result dryRun(Map<String, String> environment, String... more) throws Exception {
        return Program.run(Program.imagegate(dryRunArguments(more)), new byte[0], environment);
    }

    private String[] dryRunArguments(String... more) throws IOException {
        Path certificates = folder.resolve("certificates");
        if (Files.notExists(certificates)) {
            Program.makeCertificates(certificates);
        }
        List<String> arguments = new ArrayList<>(List.of("serve", "--dry-run", "--host", "127.0.0.1", "--port", "0"));
        arguments.addAll(
                List.of("--tls-cert", certificates.resolve("webhook.pem").toString()));
        arguments.addAll(
                List.of("--tls-key", certificates.resolve("webhook-key.pem").toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
