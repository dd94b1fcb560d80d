package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.SignatureRule;
import io.imagegate.rule.ValueCondition;
import io.imagegate.rule.Where;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.CertificateField;
import io.imagegate.signer.CertificateSigner;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.SampleKeys;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Signers of a policy")
class SignersTest {

    private static final List<String> KEYS = List.of(
            "p256.pub",
            "p384.pub",
            "p521.pub",
            "ed25519.pub",
            "rsa-2048.pub",
            "rsa-1024.pub",
            "secp256k1.pub",
            "ed448.pub",
            "pkcs1.pub",
            "p256-compressed.pub",
            "ca.pem",
            "leaf.pem",
            "version-1.pem");

    @TempDir
    Path folder;

    @BeforeEach
    void writeKeys() throws IOException {
        for (String key : KEYS) {
            Files.copy(SampleKeys.path(key), folder.resolve(key));
        }
        Files.writeString(folder.resolve("root.json"), "{}");
        Files.writeString(folder.resolve("bad.json"), "[]");
        Files.writeString(
                folder.resolve("private.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        Files.writeString(folder.resolve("open.pub"), "-----BEGIN PUBLIC KEY-----\nAAAA\n");
        Files.writeString(folder.resolve("empty.pub"), "\n");
        Files.writeString(
                folder.resolve("two.pub"),
                Files.readString(folder.resolve("p256.pub")) + Files.readString(folder.resolve("p384.pub")));
    }

    private static PolicyDocuments documents() {
        return PolicySamples.documents().withSignatures(root -> {
            if (!root.startsWith("{")) {
                throw new IllegalArgumentException("not a trusted root, expected an object");
            }
        });
    }

    private Policy load(String spec) throws IOException {
        String text = PolicySamples.policy(spec);
        assertThat(PolicySchema.accepts(text)).isTrue();
        Path file = Files.writeString(folder.resolve("p.yaml"), text);
        return documents().load(file).policies().get(0);
    }

    private String problem(String spec) throws IOException {
        String text = PolicySamples.policy(spec);
        Path file = Files.writeString(folder.resolve("p.yaml"), text);
        try {
            documents().load(file);
            return "";
        } catch (PolicyDocumentException e) {
            String message = String.valueOf(e.getMessage()).replace(folder + "/", "");
            boolean beyond = message.lines().allMatch(line -> line.matches("[a-z0-9.-]+\\.(pub|pem|json): .*"))
                    || PolicySchema.isBeyond(message);
            assertThat(PolicySchema.accepts(text)).as(message).isEqualTo(beyond);
            return message;
        }
    }

    @Test
    @DisplayName("a key of RSA counts in both of its forms")
    void pkcs1() throws IOException {
        SigningKey key = SigningKey.read(Files.readString(folder.resolve("pkcs1.pub")));
        assertThat(key.publicKey().getAlgorithm()).isEqualTo("RSA");
        assertThat(problem(
                        "signers: {old: {keys: [{file: pkcs1.pub}]}}\nrules: [{name: r, signature: {by: [$old]}}]\n"))
                .isEmpty();
    }

    @Test
    @DisplayName("are keys, identities and certificates")
    void signers() throws IOException {
        Policy policy = load("""
                trust:
                  public: {file: root.json, confirmed: 2026-11-01}
                  github: {file: root.json, require: {log: 0, timestamp: 1, sct: 0}}
                signers:
                  release:
                    keys:
                      - {file: p256.pub, notAfter: 2027-06-30}
                      - {file: ed25519.pub, notAfter: "2027-06-30T12:00:00Z"}
                      - {file: ./rsa-2048.pub}
                    trust: github
                  ci:
                    keyless:
                      trust: public
                      issuer: https://issuer.example
                      identity: "https://github.com/acme/**"
                      certificate: {sourceRepository: "https://github.com/acme/*", trigger: push}
                  office: {certificate: {roots: [{file: ca.pem}], subject: "CN=release*,O=acme", trust: github}}
                  desk: {certificate: {roots: [{file: ca.pem}], identity: "*@acme.example", timestamps: [{file: ca.pem}]}}
                rules:
                  - name: signed
                    signature: {by: [$release, $ci], atLeast: 2, annotations: {team: payments}}
                  - name: built
                    attestation:
                      type: slsaprovenance1
                      by: [$ci]
                      maxAge: 7d
                      where:
                        /builder/id: "https://builder.example/*"
                        /a~1b: [x, "{repository}:*", 1.20]
                        /n: {atLeast: 1, atMost: 2.5}
                        /d: {maxAge: 7d}
                        /l: {has: SLSA_BUILD_LEVEL_3}
                """);
        assertThat(policy.signers()).extracting(Signer::name).containsExactly("release", "ci", "office", "desk");
        KeySigner release = (KeySigner) policy.signers().get(0);
        assertThat(release.keys())
                .extracting(key -> key.notAfter())
                .containsExactly(
                        Optional.of(Instant.parse("2027-06-30T23:59:59.999999999Z")),
                        Optional.of(Instant.parse("2027-06-30T12:00:00Z")),
                        Optional.empty());
        assertThat(release.keys().get(0).fingerprint())
                .isEqualTo("sha256:7a561c1c7733c9743b9a0bbb688d92d355c6d94784c8abe576211aff312d983e");
        assertThat(release.trust())
                .hasValueSatisfying(trust -> assertThat(List.of(trust.log(), trust.timestamp(), trust.sct()))
                        .containsExactly(0, 1, 0));
        KeylessSigner ci = (KeylessSigner) policy.signers().get(1);
        assertThat(ci.certificate()).containsOnlyKeys(CertificateField.SOURCE_REPOSITORY, CertificateField.TRIGGER);
        assertThat(ci.root().confirmed()).isPresent();
        assertThat(policy.signers().subList(2, 4))
                .allSatisfy(signer ->
                        assertThat(((CertificateSigner) signer).roots()).hasSize(1));
        assertThat(policy.rules().stream().map(NamedRule::rule))
                .containsExactly(
                        SignatureRule.by(release, ci).withAtLeast(2).withAnnotations(Map.of("team", "payments")),
                        AttestationRule.of(AttestationType.parse("slsaprovenance1"), ci)
                                .withMaxAge(Duration.ofDays(7))
                                .with(new Where(
                                        new JsonPointer("/builder/id"),
                                        ValueCondition.matches("https://builder.example/*")))
                                .with(new Where(
                                        new JsonPointer("/a~1b"),
                                        ValueCondition.matches("x", "{repository}:*", "1.20")))
                                .with(new Where(
                                        new JsonPointer("/n"),
                                        ValueCondition.between(
                                                Optional.of(new BigDecimal("1")), Optional.of(new BigDecimal("2.5")))))
                                .with(new Where(new JsonPointer("/d"), ValueCondition.maxAge(Duration.ofDays(7))))
                                .with(new Where(new JsonPointer("/l"), ValueCondition.has("SLSA_BUILD_LEVEL_3"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{keys: []} # p.yaml:6:16: spec.signers.ci.keys: an empty list",
                "{keys: [p256.pub]} # p.yaml:6:17: spec.signers.ci.keys[0]: the text \"p256.pub\", expected a mapping with the key file, such as {file: NAME}",
                "{keys: [{notAfter: 2027-06-30}]} # p.yaml:6:17: spec.signers.ci.keys[0]: neither file nor pem, expected exactly one of them",
                "{keys: [{file: p256.pub, notAfter: 2027-06-31}]} # p.yaml:6:44: spec.signers.ci.keys[0].notAfter: the text \"2027-06-31\", expected a date",
                "{keys: [{file: p256.pub, notAfter: 2027-06-30T25:00:00Z}]} # p.yaml:6:44: spec.signers.ci.keys[0].notAfter: the text \"2027-06-30T25:00:00Z\", expected an instant",
                "{keys: [{file: none.pub}]} # none.pub: no such file or folder",
                "{keys: [{file: none.pub}]} # p.yaml:6:24: spec.signers.ci.keys[0].file: ",
                "{keyless: {trust: public, issuer: 'https://x', identity: x, certificate: {sourceRepo: y}}} # (did you mean sourceRepository?)",
                "{keys: [{file: 'awskms:///alias/release'}]} # p.yaml:6:24: spec.signers.ci.keys[0].file: \"awskms:///alias/release\" names a key in another system, which is not contacted; expected its public key as pem or in a file: cosign public-key --key \"awskms:///alias/release\" prints it",
                "{keys: [{file: 'kms://x'}]} # p.yaml:6:24: spec.signers.ci.keys[0].file: \"kms://x\" names a key in another system",
                "{keys: [{file: private.pem}]} # private.pem: a private key, expected one public key: -----BEGIN PUBLIC KEY-----; cosign public-key --key FILE prints it",
                "{keys: [{file: ca.pem}]} # ca.pem: a certificate, expected one public key: -----BEGIN PUBLIC KEY-----; signers with certificates have certificate: {roots: …}",
                "{keys: [{file: two.pub}]} # two.pub: 2 blocks of PEM, expected one public key",
                "{keys: [{file: open.pub}]} # open.pub: a block of PEM without its end, expected one public key",
                "{keys: [{file: empty.pub}]} # empty.pub: no key in PEM, expected one public key",
                "{keys: [{file: root.json}]} # root.json: text that is not PEM, expected one public key",
                "{keys: [{file: rsa-1024.pub}]} # rsa-1024.pub: an RSA key of 1024 bits, expected 2048 to 16384",
                "{keys: [{file: secp256k1.pub}]} # secp256k1.pub: a",
                "{keys: [{file: ed448.pub}]} # ed448.pub: a",
                "{keys: [{file: p256-compressed.pub}]} # p256-compressed.pub: a public key that Java cannot read",
                "{keys: [{file: p256.pub}], trust: publik} # p.yaml:6:43: spec.signers.ci.trust: unknown trust \"publik\", expected one of public, lax, strict, bad (did you mean public?)",
                "{keys: [{file: p256.pub}], trust: strict} # p.yaml:6:43: spec.signers.ci.trust: trust \"strict\" requires sct, which only keyless certificates have; expected a trust without it",
                "{} # p.yaml:6:9: spec.signers.ci: no signer, expected exactly one of keys, keyless, certificate and notation",
                "{keys: [{file: p256.pub}], certificate: {roots: [{file: ca.pem}], subject: CN=x}} # p.yaml:6:9: spec.signers.ci: several signers in one, expected exactly one of keys, keyless, certificate and notation",
                "{key: x} # p.yaml:6:10: spec.signers.ci: unknown key \"key\", expected one of keys",
                "{keyless: {trust: public, issuer: 'https://x'}} # p.yaml:6:19: spec.signers.ci.keyless: missing key \"identity\"",
                "{keyless: {trust: lax, issuer: 'https://x', identity: x}} # p.yaml:6:27: spec.signers.ci.keyless.trust: keyless certificates live for minutes, and trust \"lax\" demands neither a log nor a timestamp",
                "{keyless: {trust: public, issuer: 'https://*', identity: x}} # p.yaml:6:43: spec.signers.ci.keyless.issuer: \"https://*\", expected the exact URL of an issuer, without wildcards",
                "{keyless: {trust: public, issuer: 'https://x', identity: ' '}} # p.yaml:6:66: spec.signers.ci.keyless.identity: a blank glob, expected text",
                "{keyless: {trust: public, issuer: 'https://x', identity: x, certificate: {}}} # p.yaml:6:82: spec.signers.ci.keyless.certificate: empty, expected at least one of buildSigner",
                "{keyless: {trust: public, issuer: 'https://x', identity: x, certificate: {sourceRepositry: y}}} # p.yaml:6:100: spec.signers.ci.keyless.certificate.sourceRepositry: unknown field \"sourceRepositry\" of a certificate, expected one of buildSigner",
                "{keyless: {trust: bad, issuer: 'https://x', identity: x}} # bad.json: not a trusted root, expected an object",
                "{certificate: {roots: [{file: ca.pem}]}} # p.yaml:6:23: spec.signers.ci.certificate: every certificate of the authority would count, expected subject or identity",
                "{certificate: {roots: [{file: leaf.pem}], subject: CN=x}} # leaf.pem: a certificate that is not that of an authority, expected one with CA:TRUE",
                "{certificate: {roots: [{file: version-1.pem}], subject: CN=x}} # version-1.pem: a certificate that is not that of an authority, expected one with CA:TRUE",
                "{certificate: {roots: [{file: p256.pub}], subject: CN=x}} # p256.pub: a public key, expected certificates",
                "{certificate: {roots: [{file: ca.pem}], subject: release}} # p.yaml:6:58: spec.signers.ci.certificate.subject: \"release\", expected a subject as RFC 4514 writes it, such as CN=release,O=acme",
                "{certificate: {roots: [{file: ca.pem}], subject: 'CN=\\2A.x'}} # p.yaml:6:58: spec.signers.ci.certificate.subject: \"CN=",
                "{certificate: {roots: [{file: ca.pem}], subject: 'CN=a;O=b'}} # p.yaml:6:58: spec.signers.ci.certificate.subject: \"CN=a;O=b\" has \"a;O=b\" with the sign ;, expected a comma between parts, or a backslash before the sign",
                "{certificate: {roots: [{file: ca.pem}], subject: 'O=\"acme\"'}} # p.yaml:6:58: spec.signers.ci.certificate.subject: \"O=\\\"acme\\\"\" has quotes around \"acme\", expected the value without them, or a backslash before a quote that belongs to it",
                "{certificate: {roots: [{file: ca.pem}], subject: 'CN=a,CN=b'}} # p.yaml:6:58: spec.signers.ci.certificate.subject: \"CN=a,CN=b\" has CN twice",
                "{certificate: {roots: [{file: ca.pem}], subject: 'TITLE=x'}} # p.yaml:6:58: spec.signers.ci.certificate.subject: \"TITLE=x\" has the type \"TITLE\", expected",
                "{certificate: {roots: [{file: ca.pem}], subject: CN=x, trust: public, timestamps: [{file: ca.pem}]}} # p.yaml:6:23: spec.signers.ci.certificate: timestamps beside trust, expected only one of them",
                "{certificate: {roots: [{file: ca.pem}], subject: CN=x}, trust: public} # p.yaml:6:72: spec.signers.ci.trust: beside certificate, expected it inside",
            })
    @DisplayName("are refused with file, line, column and what was expected")
    void mistakes(String signer, String problem) throws IOException {
        assertThat(problem("signers:\n  ci: " + signer + "\n" + "rules: [{name: r, signature: {by: [$ci]}}]\n" + """
                trust:
                  public: {file: root.json}
                  lax: {file: root.json, require: {log: 0}}
                  strict: {file: root.json, require: {sct: 1}}
                """
                        + (signer.contains("bad") || signer.contains("publik") ? "  bad: {file: bad.json}\n" : "")))
                .contains(problem);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{} # neither file nor json, expected exactly one of them",
                "{file: root.json, require: {}} # spec.trust.t.require: empty, expected at least one of log, timestamp, sct",
                "{file: root.json, require: {log: -1}} # spec.trust.t.require.log: the number -1, expected a number from 0 to 16",
                "{file: root.json, require: {log: 17}} # spec.trust.t.require.log: the number 17, expected a number from 0 to 16",
                "{file: root.json, require: {logs: 1}} # unknown key \"logs\", expected one of log, timestamp, sct (did you mean log?)",
                "{file: root.json, confirmed: yesterday} # spec.trust.t.confirmed: the text \"yesterday\", expected a date",
                "root.json # spec.trust.t: the text \"root.json\", expected a mapping with the key file, such as {file: NAME}",
            })
    @DisplayName("need trusts that can be read")
    void mistakesInTrust(String trust, String problem) throws IOException {
        assertThat(problem("trust:\n  t: " + trust + "\nrules: [{name: r, allow: [nginx]}]\n"))
                .contains(problem);
    }

    @Test
    @DisplayName("change with the content of each file, and with no name")
    void identity() throws IOException {
        String spec =
                "signers: {release: {keys: [{file: p256.pub}]}}\nrules: [{name: r, signature: {by: [$release]}}]\n";
        String identity = load(spec).signers().get(0).identity();
        Files.move(folder.resolve("p256.pub"), folder.resolve("moved.pub"));
        assertThat(load(spec.replace("p256.pub", "moved.pub").replace("release", "other"))
                        .signers()
                        .get(0)
                        .identity())
                .isEqualTo(identity);
        Files.copy(folder.resolve("p384.pub"), folder.resolve("p256.pub"));
        assertThat(load(spec).signers().get(0).identity()).isNotEqualTo(identity);
    }
}
