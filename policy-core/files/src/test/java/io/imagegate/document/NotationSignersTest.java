package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Policy;
import io.imagegate.signer.NotationSigner;
import io.imagegate.signer.NotationSigner.Revocation;
import io.imagegate.signer.SampleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Signers of Notation in a policy")
class NotationSignersTest {

    private static final String SIGNED = "rules: [{name: r, signature: {by: [$n]}}]\n";
    private static final String ACME = "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme']";

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        for (String key :
                List.of("ca.pem", "leaf.pem", "ca.crl", "ca-der.crl", "delta.crl", "idp.crl", "crit.crl", "old.crl")) {
            Files.copy(SampleKeys.path(key), folder.resolve(key));
        }
        Files.write(folder.resolve("cut.crl"), new byte[] {0x30, 0x03, 0x01});
        byte[] whole = Files.readAllBytes(folder.resolve("ca-der.crl"));
        byte[] more = java.util.Arrays.copyOf(whole, whole.length + 1);
        Files.write(folder.resolve("more.crl"), more);
        Files.writeString(
                folder.resolve("two.crl"),
                Files.readString(folder.resolve("ca.crl")) + Files.readString(folder.resolve("ca.crl")));
    }

    private Policy load(String spec) throws IOException {
        String text = PolicySamples.policy(spec);
        assertThat(PolicySchema.accepts(text)).isTrue();
        Path file = Files.writeString(folder.resolve("p.yaml"), text);
        return PolicySamples.documents()
                .withSignatures(root -> {})
                .load(file)
                .policies()
                .get(0);
    }

    private NotationSigner signer(String fields) throws IOException {
        return (NotationSigner) load("signers: {n: {notation: {" + fields + "}}}\n" + SIGNED)
                .signers()
                .get(0);
    }

    private String problem(String spec) throws IOException {
        String text = PolicySamples.policy(spec);
        Path file = Files.writeString(folder.resolve("p.yaml"), text);
        try {
            PolicySamples.documents().withSignatures(root -> {}).load(file);
            return "";
        } catch (PolicyDocumentException e) {
            String message = String.valueOf(e.getMessage()).replace(folder + "/", "");
            boolean beyond = message.lines().allMatch(line -> line.matches("[a-z0-9.-]+\\.(pem|crl): .*"))
                    || PolicySchema.isBeyond(message);
            assertThat(PolicySchema.accepts(text)).as(message).isEqualTo(beyond);
            return message;
        }
    }

    @Test
    @DisplayName("have roots, identities, timestamps, revocation lists in PEM and DER, and a demand on these")
    void signers() throws IOException {
        NotationSigner signer =
                signer(ACME + ", timestamps: [{file: ca.pem}], crls: [{file: ca.crl}, {file: ca-der.crl}],"
                        + " revocation: required");
        assertThat(signer.roots()).hasSize(1);
        assertThat(signer.timestamps()).hasSize(1);
        assertThat(signer.crls()).hasSize(2);
        assertThat(signer.crls().get(0)).isEqualTo(signer.crls().get(1));
        assertThat(signer.revocation()).isEqualTo(Revocation.REQUIRED);
        assertThat(signer.identities().get(0).byType())
                .containsEntry("ST", "BE")
                .hasSize(3);
        assertThat(signer(ACME).revocation()).isEqualTo(Revocation.GIVEN);
    }

    @Test
    @DisplayName("are other ones when anything changes that decides whose signatures count, and when no name does")
    void identity() throws IOException {
        List<String> different = List.of(
                signer(ACME).identity(),
                signer(ACME + ", timestamps: [{file: ca.pem}]").identity(),
                signer(ACME + ", crls: [{file: ca.crl}]").identity(),
                signer(ACME + ", crls: [{file: ca.crl}], revocation: required").identity(),
                signer(ACME.replace("acme", "other")).identity(),
                signer(ACME.replace("O=acme", "O=acme, OU=x")).identity(),
                signer(ACME.replace("O=acme", "O=acme\\, OU=x")).identity());
        assertThat(different).doesNotHaveDuplicates();
        assertThat(signer(ACME.replace("C=DE, ST=BE", "S=BE,c=DE")).identity())
                .isEqualTo(signer(ACME).identity());
    }

    @Test
    @DisplayName("follow the content of a revocation list")
    void followed() throws IOException {
        String before = signer(ACME + ", crls: [{file: ca.crl}]").identity();
        Files.copy(
                SampleKeys.path("other.crl"),
                folder.resolve("ca.crl"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(signer(ACME + ", crls: [{file: ca.crl}]").identity()).isNotEqualTo(before);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "roots: [{file: ca.pem}] # p.yaml:5:27: spec.signers.n.notation: missing key \"identities\"",
                "identities: ['C=DE, ST=BE, O=acme'] # spec.signers.n.notation: missing key \"roots\"",
                "roots: [{file: leaf.pem}], identities: ['C=DE, ST=BE, O=acme'] # leaf.pem: a certificate that is not that of an authority",
                "roots: [{file: ca.pem}], identities: ['C=DE, O=acme'] # the identity \"C=DE, O=acme\" names no ST, expected at least C, ST and O",
                "roots: [{file: ca.pem}], identities: ['CN=acme, ST=BE, O=acme'] # the identity \"CN=acme, ST=BE, O=acme\" names no C,",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE'] # names no O,",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme, CN=*'] # has \"*\" with the sign *, expected the exact value of one part",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme+OU=x'] # has \"acme+OU=x\" with the sign +",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme, O=other'] # has O twice, expected each type once",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, S=BE, O=acme'] # has ST twice",
                "roots: [{file: ca.pem}], identities: ['x509.subject: C=DE, ST=BE, O=acme'] # has the type \"X509.SUBJECT: C\", expected parts such as",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O='] # has a part without a value",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme,'] # has \"\", expected parts such as",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme\\'] # ends with a backslash",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=\\ff'] # has a value that is not UTF-8",
                "roots: [{file: ca.pem}], identities: ['*'] # spec.signers.n.notation.identities[0]: ",
                "roots: [{file: ca.pem}], identities: [] # an empty list",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], trust: public # unknown key \"trust\", expected one of roots",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], revocation: required # revocation is required, but there are no CRLs, expected crls",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], revocation: require # \"require\", expected one of required, given (did you mean required?)",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], crls: [{file: none.crl}] # none.crl: no such file or folder",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], crls: [{file: ca.pem}] # ca.pem: a certificate, expected one CRL: -----BEGIN X509 CRL-----, or DER",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], crls: [{file: two.crl}] # two.crl: 2 blocks of PEM, expected one CRL",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], crls: [{file: cut.crl}] # cut.crl: no CRL that Java can read, expected one in DER or in PEM",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], crls: [{file: more.crl}] # more.crl: no CRL that Java can read",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], crls: [{file: delta.crl}] # delta.crl: a delta CRL, expected the complete CRL of the authority",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], crls: [{file: idp.crl}] # idp.crl: a CRL of one distribution point (partitioned or indirect), expected the complete CRL",
                "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme'], crls: [{file: crit.crl}] # crit.crl: a CRL with the critical extension 1.2.3.4, which is not known",
            })
    @DisplayName("are refused with what was expected")
    void mistakes(String fields, String problem) throws IOException {
        assertThat(problem("signers: {n: {notation: {" + fields + "}}}\n" + SIGNED))
                .contains(problem);
    }

    @Test
    @DisplayName("warn of a revocation list that no longer counts")
    void warnings() throws IOException {
        List<String> warnings = new ArrayList<>();
        Path file = Files.writeString(
                folder.resolve("p.yaml"),
                PolicySamples.policy("signers: {n: {notation: {" + ACME
                        + ", crls: [{file: ca.crl}, {file: old.crl}]}}}\n" + SIGNED));
        PolicySamples.documents()
                .withSignatures(root -> {})
                .withWarnings(warning -> warnings.add(warning.toString()))
                .load(file);
        assertThat(warnings)
                .filteredOn(line -> line.contains("CRL"))
                .singleElement()
                .asString()
                .contains("spec.signers.n.notation.crls[1].file: the CRL counted until 2026-01-01T00:00:00Z");
    }

    @Test
    @DisplayName("have no attestations, and prove no age")
    void rules() throws IOException {
        String signers = "signers: {n: {notation: {" + ACME + "}}}\nrules: [{name: r, ";
        assertThat(problem(signers + "attestation: {type: vuln, by: [$n]}}]\n"))
                .contains(
                        "spec.rules[0].attestation.by: signatures by \"n\" have the form of Notation, which has no attestations");
        assertThat(problem(signers.replace("{n:", "{c: {certificate: {roots: [{file: ca.pem}], subject: CN=c}}, n:")
                        + "attestation: {type: vuln, by: [$c], vulnerabilities: {deny: [high], vex: [$n]}}}]\n"))
                .contains(
                        "vulnerabilities.vex: signatures by \"n\" have the form of Notation, which has no attestations");
        assertThat(problem(signers + "signature: {by: [$n], maxAge: 7d}}]\n"))
                .contains("do not prove when they were made");
    }
}
