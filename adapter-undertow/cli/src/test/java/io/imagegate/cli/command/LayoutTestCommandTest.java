package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code test} with facts from a layout, made of what a registry returned. */
class LayoutTestCommandTest {

    private static final Path RECORDED =
            Path.of("../../policy-core/registry/src/test/resources/recorded/zot/blobs/sha256");
    private static final String IMAGE = "fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5";
    private static final String CONFIG = "ff912c0d97bd6057ea2711294df1660db0ec01ae16fbb3e11c29926abb84435c";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int test() throws IOException {
        Path file = Files.writeString(folder.resolve("t.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: fresh}
                spec: {rules: [{name: fresh, image: {maxAge: 180d, platforms: [linux/amd64]}}]}
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: fresh}
                spec:
                  cases:
                    - name: new
                      image: ghcr.io/acme/api:1.0.0
                      at: 2026-11-25T12:00:00Z
                      facts: {"ghcr.io/acme/api:1.0.0": {layout: image}}
                      expect: {decision: allowed}
                    - name: old
                      image: ghcr.io/acme/api:1.0.0
                      at: 2027-11-25T12:00:00Z
                      facts: {"ghcr.io/acme/api:1.0.0": {layout: image}}
                      expect: {decision: denied, reason: "2026-11-01"}
                """);
        return ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("test", file.toString());
    }

    @Test
    @DisplayName("facts come from the layout, and its content is hashed")
    void layout() throws IOException {
        assertThat(test()).isEqualTo(2);
        assertThat(err.toString()).contains("facts.ghcr.io/acme/api:1.0.0.layout: no OCI layout: ");
        Path blobs = Files.createDirectories(folder.resolve("image/blobs/sha256"));
        Files.copy(RECORDED.resolve(IMAGE), blobs.resolve(IMAGE));
        Files.copy(RECORDED.resolve(CONFIG), blobs.resolve(CONFIG));
        Files.writeString(folder.resolve("image/oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(folder.resolve("image/index.json"), """
                {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "digest":"sha256:%s","size":401}]}""".formatted(IMAGE));
        assertThat(test()).as(out.toString() + err).isZero();
        Files.writeString(blobs.resolve(CONFIG), "{}");
        assertThat(test()).isEqualTo(1);
        assertThat(out.toString()).contains("the content of sha256:" + CONFIG);
    }
}
