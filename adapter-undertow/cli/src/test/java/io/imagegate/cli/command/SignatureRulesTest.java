package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with a policy that looks at signatures and attestations. */
class SignatureRulesTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    private final SignedRegistry signed;
    private String policy = "";
    private String registries = "";

    SignatureRulesTest() throws IOException {
        signed = new SignedRegistry("acme/key", "acme/none", "acme/attested");
    }

    @BeforeEach
    void files() throws IOException {
        registries = signed.file(folder);
        Files.copy(Path.of(SignedRegistry.file("keys/1.pub")), folder.resolve("release.pub"));
        policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  signers: {release: {keys: [{file: release.pub}]}}
                  rules:
                    - {name: signed, match: {exceptImages: ["%1$s/acme/attested"]}, signature: {by: [$release]}}
                    - name: scanned
                      match: {images: ["%1$s/acme/attested"]}
                      attestation: {type: vuln, by: [$release]}
                """.formatted(
                                signed.registry().host()))
                .toString();
    }

    @AfterEach
    void close() {
        signed.close();
    }

    private int check(String command, String repository) {
        String image = signed.registry().host() + "/" + repository + ":1.0.0";
        return run(command, "-p", policy, "--registries", registries, image);
    }

    private String output() {
        return out.toString().replace(signed.registry().host(), "HOST").replace(SignedRegistry.IMAGE, "DIGEST");
    }

    @Test
    @DisplayName("explain shows that a signature satisfies its rule, who made it, and what was looked up")
    void explainSigned() {
        assertThat(check("explain", "acme/key")).as(out + "" + err).isZero();
        assertThat(output())
                .containsPattern("signed +deny +satisfied")
                .containsPattern("scanned +deny +not applicable")
                .containsPattern("digest +known +DIGEST \\(\\d+ ms\\)")
                .containsPattern("signatures by release +known +.*\\(\\d+ ms\\)")
                .doesNotContain("attestations");
    }

    @Test
    @DisplayName("explain and check say of an unsigned image who had to sign it")
    void unsigned() {
        for (String command : List.of("explain", "check")) {
            assertThat(check(command, "acme/none")).as(out + "" + err).isEqualTo(1);
            assertThat(output()).contains("signed", "is not signed by release");
        }
    }

    @Test
    @DisplayName("an attestation satisfies a rule on attestations, and no rule on signatures")
    void attested() throws IOException {
        assertThat(check("explain", "acme/attested")).as(out + "" + err).isZero();
        assertThat(output())
                .containsPattern("scanned +deny +satisfied")
                .containsPattern("attestations.* by release +known");
        Path file = Path.of(policy);
        Files.writeString(file, Files.readString(file).replace("exceptImages", "images"));
        assertThat(check("explain", "acme/attested")).isEqualTo(1);
        assertThat(output()).containsPattern("scanned +deny +satisfied").containsPattern("signed +deny +violated");
    }

    @Test
    @DisplayName("another key signs for nobody")
    void anotherKey() throws IOException {
        Files.copy(
                Path.of(SignedRegistry.file("keys/2.pub")),
                folder.resolve("release.pub"),
                StandardCopyOption.REPLACE_EXISTING);
        for (String command : List.of("explain", "check")) {
            assertThat(check(command, "acme/key")).isEqualTo(1);
            assertThat(output()).contains("not signed by release", "one signed with another key");
        }
    }
}
