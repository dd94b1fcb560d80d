package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signer.SampleKeys;
import io.imagegate.signer.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Keys, certificates and trusted roots in a policy itself")
class KeysInPoliciesTest {

    private static final Pattern FILE = Pattern.compile("\\{file: ([a-z0-9.-]+)");

    private static final String SPEC = """
            trust:
              public: {file: root.json}
            signers:
              release: {keys: [{file: p256.pub, notAfter: 2027-06-30}, {file: ed25519.pub}, {file: pkcs1.pub}]}
              ci: {keyless: {trust: public, issuer: https://issuer.example, identity: "https://github.com/acme/**", certificate: {sourceRepository: "https://github.com/acme/*"}}}
              office: {certificate: {roots: [{file: ca.pem}], subject: "CN=release,O=acme", timestamps: [{file: ca.pem}]}}
              notary: {notation: {roots: [{file: ca.pem}], identities: ["C=DE, ST=BE, O=acme"], timestamps: [{file: ca.pem}], crls: [{file: ca.crl}]}}
            rules: [{name: r, signature: {by: [$release, $ci, $office, $notary]}}]
            """;

    @TempDir
    Path folder;

    private static String key(String file) throws IOException {
        return file.equals("root.json") ? "{}" : Files.readString(SampleKeys.path(file));
    }

    private static PolicyDocuments documents() {
        return PolicySamples.documents().withSignatures(root -> {
            if (!root.startsWith("{")) {
                throw new IllegalArgumentException("not a trusted root, expected an object");
            }
        });
    }

    /** The same with the contents of the files as texts with escapes. */
    private static String inline(String spec) throws IOException {
        Matcher file = FILE.matcher(spec);
        StringBuilder inline = new StringBuilder();
        while (file.find()) {
            String kind = file.group(1).endsWith(".json") ? "json" : "pem";
            file.appendReplacement(
                    inline,
                    Matcher.quoteReplacement("{" + kind + ": \""
                            + key(file.group(1)).replace("\n", "\\n").replace("\"", "\\\"") + "\""));
        }
        return file.appendTail(inline).toString();
    }

    private static List<String> identities(List<Signer> signers) {
        return signers.stream().map(Signer::identity).toList();
    }

    @Test
    @DisplayName("are those of files, and need none: the policy may come from anywhere")
    void needNoFiles() throws IOException {
        for (String file : List.of("p256.pub", "ed25519.pub", "pkcs1.pub", "ca.pem", "ca.crl", "root.json")) {
            Files.writeString(folder.resolve(file), key(file));
        }
        Path beside = Files.writeString(folder.resolve("p.yaml"), PolicySamples.policy(SPEC));
        String text = PolicySamples.policy(inline(SPEC));
        assertThat(text).doesNotContain("file:");
        assertThat(PolicySchema.accepts(text)).isTrue();
        List<Signer> inline = documents().read("p.yaml", text).policies().get(0).signers();
        assertThat(identities(inline))
                .hasSize(4)
                .isEqualTo(identities(documents().load(beside).policies().get(0).signers()));
    }

    @ParameterizedTest(name = "pem: {0}")
    @ValueSource(strings = {"|-", "|", "|+"})
    @DisplayName("stand in blocks of lines, several certificates in one")
    void blocks(String style) throws IOException {
        String ca = key("ca.pem").strip();
        String block = (ca + "\n# and once more\n" + ca).replaceAll("(?m)^", "            ");
        String spec = "signers:\n  s:\n    certificate:\n      subject: CN=x\n      roots:\n        - pem: " + style
                + "\n" + block + "\n" + "rules: [{name: r, signature: {by: [$s]}}]\n";
        assertThat(documents().read("p.yaml", PolicySamples.policy(spec)).policies())
                .hasSize(1);
    }

    private static String problem(String signer) throws IOException {
        String text = PolicySamples.policy("signers:\n  s: " + inline(signer) + "\n"
                + "rules: [{name: r, signature: {by: [$s]}}]\ntrust: {t: {json: '{}'}}\n");
        try {
            documents().read("p.yaml", text);
            return "";
        } catch (PolicyDocumentException e) {
            String message = String.valueOf(e.getMessage());
            boolean beyond = message.matches("p\\.yaml:.*\\.pem: (an? |PEM in one line).*");
            assertThat(PolicySchema.accepts(text)).as(message).isEqualTo(beyond || PolicySchema.isBeyond(message));
            return message;
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{keys: [{pem: x, file: y}]} # p.yaml:6:16: spec.signers.s.keys[0]: file and pem, expected exactly one of them",
                "{keys: [{}]} # p.yaml:6:16: spec.signers.s.keys[0]: neither file nor pem, expected exactly one of them",
                "{keys: [{notAfter: 2027-06-30}]} # p.yaml:6:16: spec.signers.s.keys[0]: neither file nor pem, expected exactly one of them",
                "{keys: [{pen: x}]} # p.yaml:6:17: spec.signers.s.keys[0]: unknown key \"pen\", expected one of file, pem, notAfter (did you mean pem?)",
                "{keys: [{pem: 7}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: the number 7, expected text: put it in quotes",
                "{keys: [{pem: ''}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: no key in PEM, expected one public key: -----BEGIN PUBLIC KEY-----",
                "{keys: [{pem: cosign.pub}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: text that is not PEM, expected one public key",
                "{keys: ['-----BEGIN PUBLIC KEY-----']} # p.yaml:6:16: spec.signers.s.keys[0]: PEM without a key, expected a mapping with the key pem, such as {pem: …}",
                "{keys: [{pem: '-----BEGIN PUBLIC KEY----- MFkw -----END PUBLIC KEY-----'}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: PEM in one line, expected its lines as they are: pem: |-",
                "{keys: [{pem: \"-----BEGIN PUBLIC KEY-----\\nAAAA\"}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: a block of PEM without its end, expected one public key",
                "{keys: [{pem: \"-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----\"}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: a public key that Java cannot read",
                "{keys: [{pem: \"-----BEGIN EC PRIVATE KEY-----\\nAAAA\\n-----END EC PRIVATE KEY-----\"}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: a private key, expected one public key: -----BEGIN PUBLIC KEY-----; cosign public-key --key FILE prints it",
                "{keys: [{pem: \"-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\\nAAAA\\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\"}]} # spec.signers.s.keys[0].pem: a private key",
                "{keys: [{pem: \"-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----\\n-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----\"}]} # spec.signers.s.keys[0].pem: a private key, expected one public key",
                "{keys: [{file: ca.pem}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: a certificate, expected one public key: -----BEGIN PUBLIC KEY-----; signers with certificates have certificate: {roots: …}",
                "{keys: [{file: rsa-1024.pub}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: an RSA key of 1024 bits, expected 2048 to 16384",
                "{keys: [{pem: 'awskms:///alias/release'}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: \"awskms:///alias/release\" names a key in another system, which is not contacted; expected its public key as pem or in a file: cosign public-key --key \"awskms:///alias/release\" prints it",
                "{keys: ['gcpkms://projects/p']} # p.yaml:6:16: spec.signers.s.keys[0]: \"gcpkms://projects/p\" names a key in another system",
                "{keys: [{file: 'azurekms://v/k'}]} # p.yaml:6:23: spec.signers.s.keys[0].file: \"azurekms://v/k\" names a key in another system",
                "{keys: [{file: 'hashivault://k'}]} # p.yaml:6:23: spec.signers.s.keys[0].file: \"hashivault://k\" names a key in another system",
                "{keys: [{pem: 'k8s://ns/s'}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: \"k8s://ns/s\" names a key in another system",
                "{keys: [{pem: 'pkcs11:token=t'}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: \"pkcs11:token=t\" names a key in another system",
                "{keys: [{pem: 'kms:release'}]} # p.yaml:6:22: spec.signers.s.keys[0].pem: \"kms:release\" names a key in another system",
                "{keys: [{kms: 'awskms:///alias/release'}]} # p.yaml:6:22: spec.signers.s.keys[0].kms: \"awskms:///alias/release\" names a key in another system, which is not contacted; expected its public key as pem or in a file: cosign public-key --key \"awskms:///alias/release\" prints it",
                "{keys: [{kms: {}}]} # p.yaml:6:22: spec.signers.s.keys[0].kms: KEY names a key in another system",
                "{certificate: {roots: [{pem: 'awskms://x'}], subject: CN=x}} # p.yaml:6:37: spec.signers.s.certificate.roots[0].pem: \"awskms://x\" names a key",
                "{certificate: {roots: [{pem: \"-----BEGIN RSA PRIVATE KEY-----\\nAAAA\\n-----END RSA PRIVATE KEY-----\"}], subject: CN=x}} # spec.signers.s.certificate.roots[0].pem: a private key, expected certificates",
                "{certificate: {roots: [{file: p256.pub}], subject: CN=x}} # p.yaml:6:37: spec.signers.s.certificate.roots[0].pem: a public key, expected certificates",
                "{certificate: {roots: [{file: leaf.pem}], subject: CN=x}} # spec.signers.s.certificate.roots[0].pem: a certificate that is not that of an authority, expected one with CA:TRUE",
                "{notation: {roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], timestamps: [{pem: x}]}} # spec.signers.s.notation.timestamps[0].pem: text that is not PEM, expected certificates",
                "{notation: {roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], crls: [{file: delta.crl}]}} # spec.signers.s.notation.crls[0].pem: a",
                "{notation: {roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], crls: [{file: ca.pem}]}} # spec.signers.s.notation.crls[0].pem: a certificate, expected one CRL",
            })
    @DisplayName("are refused with line, column and what was expected")
    void mistakes(String signer, String expected) throws IOException {
        assertThat(problem(signer)).contains(expected);
    }

    @Test
    @DisplayName("are named by files only beside a policy in a file")
    void files() {
        String spec = "signers: {s: {keys: [{file: cosign.pub}]}}\nrules: [{name: r, signature: {by: [$s]}}]\n";
        assertThat(PolicySamples.problems(PolicySamples.policy(spec)))
                .contains("a file, but this was not read from a folder");
    }

    @ParameterizedTest(name = "trust {0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "{json: '[]'} # spec.trust.t.json: not a trusted root, expected an object",
                "{json: {}} # spec.trust.t.json: a mapping, expected text",
                "{file: x, json: '{}'} # spec.trust.t: file and json, expected exactly one of them",
                "{} # spec.trust.t: neither file nor json, expected exactly one of them",
            })
    @DisplayName("are trusted roots, too")
    void trust(String trust, String expected) {
        String text = PolicySamples.policy("trust:\n  t: " + trust + "\nrules: [{name: r, allow: [nginx]}]\n");
        try {
            documents().read("p.yaml", text);
            assertThat(expected).isEmpty();
        } catch (PolicyDocumentException e) {
            assertThat(e).hasMessageContaining(expected);
        }
    }
}
