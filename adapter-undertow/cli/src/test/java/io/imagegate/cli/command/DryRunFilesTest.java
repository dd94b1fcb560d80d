package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --dry-run} without a certificate reads what a start reads, as the chart does before an upgrade. */
class DryRunFilesTest extends CommandTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec: {rules: [{name: r, %s}]}
            """;
    private static final String REGISTRIES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImageRegistries
            metadata: {name: registries}
            spec: {registries: [{host: "127.0.0.1:1", %s}]}
            """;
    private static final String CONTENT = "image: {maxAge: 30d}";

    @TempDir
    Path folder = Path.of("");

    private int dryRun(String... more) {
        return run(Stream.concat(
                        Stream.of(
                                "serve",
                                "--dry-run",
                                "-p",
                                folder.resolve("policy").toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private void writePolicy(String rule) throws IOException {
        Files.createDirectories(folder.resolve("policy"));
        Files.writeString(folder.resolve("policy/p.yaml"), POLICY.formatted(rule));
    }

    private String registries(String fields) throws IOException {
        return Files.writeString(folder.resolve("registries.yaml"), REGISTRIES.formatted(fields))
                .toString();
    }

    @Test
    void namesTheMistakeInOneLine() throws IOException {
        writePolicy("tagg: {required: true}");
        assertThat(dryRun()).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "imagegate serve: " + folder.resolve("policy/p.yaml:4:26: spec.rules[0]: unknown key \"tagg\""))
                .hasLineCount(1);
    }

    @Test
    void asksNoRegistryForRulesOnContent() throws IOException {
        writePolicy(CONTENT);
        assertThat(dryRun("--registries", registries("plainHttp: true"))).isZero();
        assertThat(err.toString()).isEmpty();

        assertThat(dryRun()).isEqualTo(2);
        assertThat(err.toString()).contains("this needs --registries FILE").hasLineCount(1);
    }

    @Test
    void readsWhatTheFilesName() throws IOException {
        writePolicy(CONTENT);
        String registries = registries("ca: ca.pem");
        assertThat(dryRun("--registries", registries)).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate serve: " + registries + ":4:")
                .contains("ca.pem")
                .hasLineCount(1);
    }

    @Test
    void needsAKeyBesideACertificate() throws IOException {
        writePolicy("tag: {required: true}");
        assertThat(dryRun("--tls-cert", "a.pem")).isEqualTo(2);
        assertThat(err.toString()).startsWith("imagegate serve: expected --tls-key FILE (see imagegate certs");
    }

    @Test
    void checksNothingUntilAVolumeHasFiles() throws IOException {
        writePolicy("tagg: {required: true}");
        Path volume = folder.resolve("volume");
        String[] unless = {"--unless-empty", folder.toString(), "--unless-empty", volume.toString()};
        assertThat(dryRun(unless)).isZero();

        // As the kubelet mounts an optional ConfigMap that does not exist.
        Files.createDirectories(volume.resolve("..2026_12_01"));
        Files.createSymbolicLink(volume.resolve("..data"), Path.of("..2026_12_01"));
        assertThat(dryRun(unless)).isZero();

        Files.writeString(volume.resolve("key.pub"), "x");
        assertThat(dryRun(unless)).isEqualTo(2);
        assertThat(err.toString()).contains("unknown key \"tagg\"");
    }

    @Test
    void aServerThatStartsWaitsForNoVolume() {
        assertThat(run("serve", "--unless-empty", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--unless-empty: expected --dry-run beside it");
    }
}
