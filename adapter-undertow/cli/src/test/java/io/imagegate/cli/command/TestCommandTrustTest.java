package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code test} refuses a trusted root that {@code check --registries} refuses. */
class TestCommandTrustTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    private int test(String root) throws IOException {
        Files.writeString(folder.resolve("root.json"), root);
        Path file = Files.writeString(folder.resolve("t.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  trust: {lab: {file: root.json}}
                  signers: {ci: {keyless: {trust: lab, issuer: "https://issuer.example", identity: "https://ci.example/release"}}}
                  rules: [{name: signed, signature: {by: [$ci]}}]
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: p}
                spec: {cases: [{name: not signed, image: "acme/api:1", expect: {decision: denied}}]}
                """);
        return run("test", file.toString());
    }

    @Test
    @DisplayName("of a sigstore that can be read, cases are decided")
    void good() throws IOException {
        assertThat(test(Files.readString(
                        Path.of("../../policy-core/signature/src/test/resources/recorded/trust/trusted-root.json"))))
                .isZero();
    }

    @Test
    @DisplayName("that is none is refused, and not decided as if it were one")
    void garbage() throws IOException {
        assertThat(test("{\"garbage\": true}")).isEqualTo(2);
        assertThat(err.toString()).contains(folder.resolve("root.json") + ": ");
    }
}
