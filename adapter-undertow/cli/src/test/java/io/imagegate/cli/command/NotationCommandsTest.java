package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about images that the real notation signed. */
class NotationCommandsTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    private final SignedRegistry signed;
    private String policy = "";
    private String registries = "";

    NotationCommandsTest() throws IOException {
        signed = new SignedRegistry(
                "notation/jws",
                "notation/cose",
                "notation/timestamped",
                "notation/stranger",
                "notation/other",
                "notation/expiring");
    }

    @BeforeEach
    void files() throws IOException {
        registries = signed.file(folder);
        Files.copy(Path.of(SignedRegistry.file("trust/notation-ca.pem")), folder.resolve("ca.pem"));
        policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  signers:
                    notary: {notation: {roots: [{file: ca.pem}], identities: ["C=DE, ST=BE, O=acme, CN=acme.example"]}}
                  rules:
                    - {name: signed, signature: {by: [$notary]}}
                """).toString();
    }

    @AfterEach
    void close() {
        signed.close();
    }

    private int check(String repository) {
        String image = signed.registry().host() + "/" + repository + ":1.0.0";
        return run("check", "-p", policy, "--registries", registries, image);
    }

    private String output() {
        return out.toString().replace(signed.registry().host(), "HOST").replace(SignedRegistry.IMAGE, "DIGEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jws", "cose", "timestamped"})
    @DisplayName("check allows what the wanted certificate signed")
    void allowed(String repository) {
        assertThat(check("notation/" + repository)).as(out + "" + err).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stranger | one signed with the certificate of \"CN=stranger.example,OU=release,O=acme,ST=BE,C=DE\", expected a certificate of \"C=DE, ST=BE, O=acme, CN=acme.example\"",
                "other | under the root \"CN=other root,O=other,ST=BE,C=DE\", which is no root of the signer",
                "expiring | one that does not count: the signature expired at 2026-11-25T17:39:58Z",
            })
    @DisplayName("check denies others, and says what was found instead")
    void denied(String repository, String reason) {
        assertThat(check("notation/" + repository)).as(out + "" + err).isEqualTo(1);
        assertThat(output()).contains("it is not signed by notary; ").contains(reason);
    }

    @Test
    @DisplayName("inspect shows signatures of Notation and who says to have made them")
    void inspect() {
        int exit = run("inspect", "--registries", registries, signed.registry().host() + "/notation/timestamped:1.0.0");
        assertThat(exit).as(out + "" + err).isZero();
        assertThat(output().split("certificate of \"CN=acme.example,OU=release,O=acme,ST=BE,C=DE\"", -1))
                .as(output())
                .hasSize(3);
        assertThat(output()).contains("at 2026-11-25T17:38:58Z").doesNotContain("unreadable");
    }

    private int verifyNotation(String repository, String identity) {
        return run(
                "verify",
                "--registries",
                registries,
                "--notation-root",
                folder.resolve("ca.pem").toString(),
                "--notation-identity",
                identity,
                signed.registry().host() + "/notation/" + repository + ":1.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jws", "cose", "timestamped"})
    @DisplayName("verify takes a root and an identity of Notation")
    void verifyWithNotation(String repository) {
        assertThat(verifyNotation(repository, "C=DE, ST=BE, O=acme, CN=acme.example"))
                .as(out + "" + err)
                .isZero();
        assertThat(output())
                .startsWith("verified: HOST/notation/" + repository
                        + ":1.0.0@DIGEST is signed by certificate of \"CN=acme.example,OU=release,O=acme,ST=BE,C=DE\"")
                .doesNotContain("--trusted-root")
                .hasLineCount(1);
        assertThat(verifyNotation(repository, "C=DE, ST=BE, O=acme, CN=other.example"))
                .isEqualTo(1);
        assertThat(output()).contains("none counts: signed with the certificate of \"CN=acme.example");
    }

    @Test
    @DisplayName(
            "verify denies what a stranger signed, or expired, and refuses incomplete options before it asks a registry")
    void verifyWithNotationNearMisses() {
        for (String repository : List.of("stranger", "other", "expiring")) {
            assertThat(verifyNotation(repository, "C=DE, ST=BE, O=acme, CN=acme.example"))
                    .isEqualTo(1);
        }
        int before = signed.registry().requests();
        String root = folder.resolve("ca.pem").toString();
        String image = signed.registry().host() + "/notation/jws:1.0.0";
        assertThat(run("verify", "--notation-root", root, image)).isEqualTo(2);
        assertThat(err.toString()).contains("expected --notation-root and --notation-identity together");
        assertThat(run("verify", "--notation-identity", "C=DE, ST=BE, O=acme", image))
                .isEqualTo(2);
        assertThat(run("verify", "--notation-root", root, "--notation-identity", "CN=acme", image))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--notation-identity: ");
        assertThat(run("verify", "--notation-root", policy, "--notation-identity", "C=DE, ST=BE, O=acme", image))
                .isEqualTo(2);
        assertThat(err.toString()).contains(policy + ": ");
        String[] both = {
            "verify", "--notation-root", root, "--notation-identity", "C=DE, ST=BE, O=a", "--key", root, image
        };
        assertThat(run(both)).isEqualTo(2);
        assertThat(run("verify", image)).isEqualTo(2);
        assertThat(err.toString()).contains("or --notation-root FILE and --notation-identity NAME");
        assertThat(run("verify-bundle", "--notation-root", root, "--bundle", root, "f"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("unknown option \"--notation-root\"");
        assertThat(signed.registry().requests()).isEqualTo(before);
    }

    @Test
    @DisplayName("verify with a key of cosign says that the image has another form of signature")
    void verify() {
        int exit = run(
                "verify",
                "--registries",
                registries,
                "--key",
                SignedRegistry.file("keys/1.pub"),
                signed.registry().host() + "/notation/jws:1.0.0");
        assertThat(exit).as(out + "" + err).isEqualTo(1);
        assertThat(output())
                .contains(
                        "signed in the form of Notation, expected a signature in the form of cosign with key sha256:");
    }
}
