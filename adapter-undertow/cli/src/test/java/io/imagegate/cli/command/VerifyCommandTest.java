package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code verify} and {@code inspect} print about the signatures of images in a registry. */
@Tag("slow")
class VerifyCommandTest {

    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final String ISSUER = "http://127.0.0.1:5070";

    @TempDir
    Path folder = Path.of("");

    private final SignedRegistry signed;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String registries = "";

    VerifyCommandTest() throws IOException {
        signed = new SignedRegistry("acme/key", "acme/keyless", "acme/attested", "acme/none", "acme/old");
    }

    @BeforeEach
    void file() throws IOException {
        registries = signed.file(folder);
    }

    @AfterEach
    void close() {
        signed.close();
    }

    private int run(String command, String image, String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of(command, "--registries", registries));
        line.addAll(Arrays.asList(more));
        line.add(signed.registry().host() + "/" + image);
        return ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
    }

    private int withKey(String command, String image, String key) {
        return run(command, image, SignedRegistry.key(key).toArray(String[]::new));
    }

    private String output() {
        return out.toString().replace(signed.registry().host(), "HOST").replace(SignedRegistry.IMAGE, "DIGEST");
    }

    @ParameterizedTest
    @CsvSource({"acme/key:1.0.0, HOST/acme/key:1.0.0@DIGEST", "acme/old:1.0.0, HOST/acme/old:1.0.0@DIGEST"})
    @DisplayName("a key verifies a bundle of cosign 3 and a tag .sig, and the line has the digest")
    void key(String image, String shown) {
        assertThat(withKey("verify", image, "1")).as(out + "" + err).isZero();
        assertThat(output())
                .matches("verified: " + shown + " is signed by key sha256:[0-9a-f]{64}, no time is proven, log entries "
                        + "were not verified, because no --trusted-root is given\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acme/key | 2 | of 1 signature or attestation none counts: signed with another key or over other bytes,",
                "acme/none | 1 | it is not signed, expected a signature by key sha256:",
                "acme/attested | 1 | of 5 signatures and attestations none counts: signed as an attestation of type",
                "acme/gone | 1 | absent: ",
            })
    @DisplayName("another key, no signature, attestations alone, or no image are exit 1, and the line says which")
    void notVerified(String image, String key, String reason) {
        assertThat(withKey("verify", image + ":1.0.0", key)).as(err.toString()).isEqualTo(1);
        String name = image.equals("acme/gone") ? "" : "@DIGEST";
        assertThat(output())
                .startsWith("not verified: HOST/" + image + ":1.0.0" + name + ": " + reason)
                .hasLineCount(1);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    @DisplayName("a keyless identity verifies with the root, and the line has time and log; another identity does not")
    void keyless() {
        String[] options = {
            "--certificate-identity",
            "https://github.com/acme/*/.github/workflows/*@refs/tags/*",
            "--certificate-oidc-issuer",
            ISSUER,
            "--trusted-root",
            SignedRegistry.file("trust/trusted-root.json")
        };
        assertThat(run("verify", "acme/keyless:1.0.0", options))
                .as(out + "" + err)
                .isZero();
        assertThat(output())
                .startsWith("verified: HOST/acme/keyless:1.0.0@DIGEST is signed by identity \"https://github.com/acme/")
                .containsPattern("of issuer \"" + ISSUER + "\", at 2026-11-25T\\S+, entry \\d+ of the log \\S+\n$");
        options[1] = "https://github.com/evil/**";
        assertThat(run("verify", "acme/keyless:1.0.0", options)).isEqualTo(1);
        assertThat(output())
                .contains(
                        "signed by identity \"https://github.com/acme/",
                        "expected identity \"https://github.com/evil/**");
    }

    @Test
    @DisplayName("nobody named is exit 2, before the registry is asked")
    void nobody() {
        assertThat(run("verify", "acme/key:1.0.0")).isEqualTo(2);
        assertThat(err.toString()).contains("nobody is named").hasLineCount(1);
        assertThat(signed.registry().requests()).isZero();
    }

    @Test
    @DisplayName("inspect shows a signature as it says of itself, not verified without a key, and verified with it")
    void inspectSignature() {
        assertThat(run("inspect", "acme/key:1.0.0")).as(out + "" + err).isZero();
        assertThat(output()).containsPattern("""
                        signatures and attestations
                          signature
                            in          sha256:[0-9a-f]{64}, layer 0
                            says        made by a key with the hint sha256:[0-9a-f]{64}
                            not verified: no key given
                        $""");
        assertThat(withKey("inspect", "acme/key:1.0.0", "1")).isZero();
        assertThat(output())
                .containsPattern("  signature\n    in .*\n    verified    key sha256:[0-9a-f]{64}, no time");
        assertThat(withKey("inspect", "acme/key:1.0.0", "2")).isZero();
        assertThat(output()).contains("    not verified: signed with another key or over other bytes, expected key ");
    }

    @Test
    @DisplayName("inspect lists the type of each attestation, as JSON, too")
    void inspectAttestations() {
        assertThat(withKey("inspect", "acme/attested:1.0.0", "1")).isZero();
        assertThat(output()).contains("\n  attestation https://cosign.sigstore.dev/attestation/vuln/v1\n");
        List<String> line = new ArrayList<>(SignedRegistry.key("1"));
        line.addAll(List.of("-o", "json"));
        assertThat(run("inspect", "acme/attested:1.0.0", line.toArray(String[]::new)))
                .isZero();
        assertThat(output())
                .containsPattern(
                        "\"signatures\":\\[\\{\"kind\":\"attestation\",\"predicateType\":\"https://[^\"]+\","
                                + "\"manifest\":\"sha256:[0-9a-f]{64}\",\"layer\":0,\"verified\":true,\"signatory\":\"key sha256:")
                .doesNotContain("signaturesProblem");
    }

    @Test
    @DisplayName("hostile text in a signature moves no cursor, forges no line, and counts for nothing")
    void hostile() {
        byte[] bundle = ("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"x\\n  signature\\u001b[2J"
                        + "\\u202e\":1}")
                .getBytes(UTF_8);
        signed.registry().addBlob("acme/none", bundle);
        signed.registry()
                .addManifest("acme/none", SignedRegistry.IMAGE.replace(':', '-') + ".sig", MANIFEST_TYPE, """
                        {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"text/plain","digest":"sha256:%s","size":2},
                         "layers":[{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","digest":"%s","size":%d}]}""".formatted(
                                MANIFEST_TYPE, "0".repeat(64), SmallRegistry.digest(bundle), bundle.length)
                        .getBytes(UTF_8));
        assertThat(run("inspect", "acme/none:1.0.0")).isZero();
        assertThat(output())
                .contains("  unreadable\n", "    not verified: the bundle")
                .matches("[\\x20-\\x7e\\n]+");
        assertThat(withKey("verify", "acme/none:1.0.0", "1")).isEqualTo(1);
        assertThat(output()).startsWith("not verified: ").hasLineCount(1).matches("[\\x20-\\x7e\\n]+");
    }

    @Test
    @DisplayName("a digest that the registry does not have is missing there, not unsigned")
    void missing() {
        String digest = "sha256:" + "e".repeat(64);
        assertThat(withKey("verify", "acme/none@" + digest, "1")).isEqualTo(1);
        assertThat(output())
                .startsWith("not verified: HOST/acme/none@" + digest + ": absent: acme/none@" + digest
                        + " does not exist at HOST; wanted is key sha256:");
    }

    @Test
    @DisplayName("a registry that is down is no unsigned image: the line says that it is unknown")
    void down() {
        signed.close();
        assertThat(withKey("verify", "acme/key@" + SignedRegistry.IMAGE, "1")).isEqualTo(1);
        assertThat(output())
                .contains("unavailable: ")
                .doesNotContain("it is not signed")
                .hasLineCount(1);
    }
}
