package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code verify-bundle} prints and how it exits. */
class VerifyBundleCommandTest {

    private static final Path COSIGN2 = Path.of("../../policy-core/signature/src/test/resources/recorded/cosign2");
    private static final Path FACTS = Machine.shared("supply-chain/facts");
    private static final Path CASES = Machine.shared("supply-chain/sigstore-conformance");
    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final String BEACON =
            "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/"
                    + ".github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";
    private static final String RELEASE = "https://github.com/acme/api/.github/workflows/release.yml@refs/tags/v1.0.0";
    private static final String IMAGE = "sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5";
    private static final String OTHER = "sha256:b926ecc4d275ccc87fc3a39b818ee545101dfd8654ea3a8da69ff6e359678a8c";

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        List<String> line = new ArrayList<>(List.of("verify-bundle"));
        line.addAll(Arrays.asList(arguments));
        return ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
    }

    private static String cosign2(String name) {
        return COSIGN2.resolve(name).toString();
    }

    private int keyless(String bundle, String identity, String issuer, String artifact) {
        return run(
                "--bundle",
                bundle,
                "--certificate-identity",
                identity,
                "--certificate-oidc-issuer",
                issuer,
                "--trusted-root",
                cosign2("trusted-root.json"),
                artifact);
    }

    @Test
    @DisplayName("a key verifies without a root, and the line says that log entries were not")
    void key() {
        assertThat(run("--bundle", cosign2("key.sigstore.json"), "--key", cosign2("key1.pub"), IMAGE))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .matches("verified: " + IMAGE + " has an attestation of the type https://slsa.dev/provenance/v1 by key "
                        + "sha256:[0-9a-f]{64}, no time is proven, log entries were not verified, because no "
                        + "--trusted-root is given\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    @DisplayName("with a root the log entries of a key must verify, and there is none here")
    void keyWithRoot() {
        assertThat(run(
                        "--bundle",
                        cosign2("key.sigstore.json"),
                        "--key",
                        cosign2("key1.pub"),
                        "--trusted-root",
                        cosign2("trusted-root.json"),
                        IMAGE))
                .isEqualTo(1);
        assertThat(out.toString())
                .isEqualTo(
                        "not verified: " + IMAGE + ": no entry of any log that the trusted root knows, expected 1\n");
    }

    @Test
    @DisplayName("a keyless line says who signed, when, and which log has it")
    void keylessSigner() {
        assertThat(keyless(cosign2("keyless-1.sigstore.json"), RELEASE, ISSUER, IMAGE))
                .as(out + "" + err)
                .isZero();
        assertThat(out.toString())
                .startsWith("verified: " + IMAGE + " has an attestation of the type ")
                .contains(" by identity \"" + RELEASE + "\" of issuer \"" + ISSUER + "\", at 2026-", ", entry ")
                .contains(" of the log ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "keyless-1.sigstore.json, https://github.com/acme/web/**, " + ISSUER + ", " + IMAGE + ", signed by identity",
        "keyless-1.sigstore.json, **, https://gitlab.example, " + IMAGE + ", signed by identity",
        "keyless-1.sigstore.json, **, " + ISSUER + ", " + OTHER + ", the statement is about",
        "key.sigstore.json, **, " + ISSUER + ", " + IMAGE + ", 'signed with a key, expected a signature by identity'"
    })
    @DisplayName("another identity, issuer or digest is not verified, and the line says what was found and wanted")
    void nearMisses(String bundle, String identity, String issuer, String artifact, String reason) {
        assertThat(keyless(cosign2(bundle), identity, issuer, artifact)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("not verified: " + artifact + ": " + reason)
                .contains("expected")
                .hasLineCount(1);
    }

    @Test
    @DisplayName("another key is not verified")
    void otherKey() {
        assertThat(run("--bundle", cosign2("key.sigstore.json"), "--key", cosign2("key2.pub"), IMAGE))
                .isEqualTo(1);
        assertThat(out.toString()).contains("signed with another key or over other bytes, expected key sha256:");
    }

    @Test
    @DisplayName("a bundle of anything else is not verified, and its text cannot forge a line")
    void hostileBundle() throws IOException {
        Path bundle = Files.writeString(folder.resolve("b.json"), "{\"mediaType\": \"x\\nverified: y\\u001b[2J\"}");
        assertThat(run("--bundle", bundle.toString(), "--key", cosign2("key1.pub"), IMAGE))
                .isEqualTo(1);
        assertThat(out.toString())
                .startsWith("not verified: " + IMAGE + ": the bundle")
                .doesNotContain("\u001b")
                .hasLineCount(1);
    }

    @Test
    @DisplayName("a trusted root that is no UTF-8 is refused, not read with other characters")
    void binaryRoot() throws IOException {
        Path root = Files.write(folder.resolve("root.json"), new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        String bundle = cosign2("key.sigstore.json");
        assertThat(run("--bundle", bundle, "--key", cosign2("key1.pub"), "--trusted-root", root.toString(), IMAGE))
                .isEqualTo(2);
        assertThat(err.toString()).contains("root.json: expected text in UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D | nobody is named whose signature counts, expected --key FILE, or --certificate-identity ID and"
                        + " --certificate-oidc-issuer URL",
                "--key K --certificate-identity i --certificate-oidc-issuer u --trusted-root R D | expected either --key"
                        + " or --certificate-identity, got both",
                "--certificate-identity i --trusted-root R D | expected --certificate-identity and"
                        + " --certificate-oidc-issuer together",
                "--certificate-identity i --certificate-oidc-issuer u D | --certificate-identity needs --trusted-root"
                        + " FILE, the trusted_root.json of the sigstore that issued the certificate",
                "--trusted-root R D | --trusted-root says whose logs count, but not whose signature: expected --key or"
                        + " --certificate-identity beside it",
                "--key none.pub D | none.pub: no such file",
                "--key R D | R: text that is not PEM, expected one public key",
                "--key K --trusted-root K D | K: the trusted root is not a JSON object in UTF-8",
                "--key K none.txt | none.txt: no such file; a digest is written as sha256:HEX",
                "--key K sha256:12 | sha256:12: no such file; and no digest: ",
                "--key K . | .: expected a regular file; a digest is written as sha256:HEX",
            })
    @DisplayName("unusable input is exit 2, with one line that says what was expected")
    void unusable(String arguments, String message) {
        String filled = arguments
                .replace("K", cosign2("key1.pub"))
                .replace("R", cosign2("trusted-root.json"))
                .replace("D", IMAGE);
        List<String> line = new ArrayList<>(List.of("--bundle", cosign2("key.sigstore.json")));
        line.addAll(Arrays.asList(filled.split(" ", -1)));
        assertThat(run(line.toArray(String[]::new))).as(out.toString()).isEqualTo(2);
        String expected = message.replaceFirst("^K:", cosign2("key1.pub") + ":")
                .replaceFirst("^R:", cosign2("trusted-root.json") + ":");
        assertThat(err.toString())
                .startsWith("imagegate verify-bundle: " + expected)
                .hasLineCount(1);
    }

    @Test
    @DisplayName("a release of Maven Central verifies by its digest, with the log and the time")
    void publicGood() {
        Machine.needsShared("supply-chain/facts");
        String jar = "sha256:f338c08740cdb2e663737abaf372fc3c442210ab7291c991e180797bd886cd61";
        assertThat(run(
                        "--bundle",
                        FACTS.resolve("12-public-good.sigstore.json").toString(),
                        "--certificate-identity",
                        "https://github.com/sigstore/sigstore-java/.github/workflows/*@refs/tags/v2.*",
                        "--certificate-oidc-issuer",
                        ISSUER,
                        "--trusted-root",
                        FACTS.resolve("trust/public-good-trusted_root.json").toString(),
                        jar))
                .as(out + "" + err)
                .isZero();
        assertThat(out.toString())
                .startsWith("verified: " + jar + " is signed by identity \"https://github.com/sigstore/sigstore-java/")
                .contains(" of the log https://rekor.sigstore.dev")
                .hasLineCount(1);
    }

    static Stream<Path> cases() throws IOException {
        Machine.needsShared("supply-chain/sigstore-conformance");
        try (Stream<Path> found = Files.list(CASES)) {
            return found.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("the cases of sigstore's conformance suite: 0 for what must verify, else 1, or 2 for a broken key")
    void conforms(Path test) {
        Path root = test.resolve("trusted_root.json");
        Path key = test.resolve("key.pub");
        Path artifact = test.resolve("artifact");
        List<String> line = new ArrayList<>(List.of(
                "--bundle",
                test.resolve("bundle.sigstore.json").toString(),
                "--trusted-root",
                (Files.exists(root) ? root : FACTS.resolve("trust/public-good-trusted_root.json")).toString()));
        line.addAll(
                Files.exists(key)
                        ? List.of("--key", key.toString())
                        : List.of("--certificate-identity", BEACON, "--certificate-oidc-issuer", ISSUER));
        line.add((Files.exists(artifact) ? artifact : CASES.resolve("a.txt")).toString());
        String name = test.getFileName().toString();
        int expected = !name.endsWith("_fail") ? 0 : name.equals("managed-key-wrong-key_fail") ? 2 : 1;
        assertThat(run(line.toArray(String[]::new))).as(out + "" + err).isEqualTo(expected);
        assertThat(out + "" + err).hasLineCount(1);
    }
}
