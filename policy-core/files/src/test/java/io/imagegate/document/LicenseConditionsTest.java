package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.PolicySet;
import io.imagegate.signer.SampleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Conditions on licenses")
class LicenseConditionsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeKey() throws IOException {
        Files.copy(SampleKeys.path("p256.pub"), folder.resolve("p256.pub"));
    }

    private PolicySet load(String attestation) throws IOException {
        return PolicySamples.documents()
                .withSignatures(root -> {})
                .load(Files.writeString(folder.resolve("p.yaml"), text(attestation)));
    }

    private static String text(String attestation) {
        return PolicySamples.policy(
                "signers: {a: {keys: [{file: p256.pub}]}}\nrules:\n- name: r\n  digest: {required: true}\n- name: s\n  attestation: {by: [$a], "
                        + attestation + "}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: spdx, license: {deny: [AGPL-3.0-only, sspl-1.0, GPL-2.0+]}",
                "type: spdxjson, license: {allow: [MIT, 'GPL-2.0-only WITH Classpath-exception-2.0', LicenseRef-acme]}",
                "type: cyclonedx, license: {deny: [GPL-3.0], allow: [MIT]}",
                "type: 'https://spdx.dev/Document/v2.3', license: {deny: [MIT]}",
                "type: 'https://cyclonedx.org/bom/v1.6', license: {deny: [MIT]}, maxAge: 7d",
            })
    @DisplayName("have licenses of the SPDX License List")
    void good(String rule) throws IOException {
        assertThat(load(rule).policies()).hasSize(1);
        assertThat(PolicySchema.accepts(text(rule))).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "type: vuln, license: {deny: [MIT]} # license: attestations vuln have no licenses, expected type: spdx or cyclonedx beside license",
                "type: 'https://spdx.dev/Documents', license: {deny: [MIT]} # license: attestations https://spdx.dev/Documents have no licenses",
                "type: spdx, license: {} # license: no licenses, expected deny, allow or both",
                "type: spdx, license: [MIT] # license: a list, expected a mapping with keys such as deny",
                "type: spdx, license: {deny: []} # license.deny: an empty list",
                "type: spdx, license: {deny: MIT} # license.deny: the text \"MIT\", expected a list",
                "type: spdx, license: {denied: [MIT]} # license: unknown key \"denied\", expected one of deny, allow (did you mean deny?)",
                "type: spdx, license: {deny: [MIT, AGPL-3.0-onyl]} # license.deny[1]: \"AGPL-3.0-onyl\" is not in the SPDX License List (did you mean AGPL-3.0-only?)",
                "type: spdx, license: {allow: ['MIT OR ISC']} # license.allow[0]: \"MIT OR ISC\", expected one license of the SPDX License List",
                "type: spdx, license: {allow: ['MIT WITH Clasp-exception-2.0']} # license.allow[0]: \"Clasp-exception-2.0\" is not an exception in the SPDX License List",
            })
    @DisplayName("are refused with file, line, column and what was expected")
    void mistakes(String rule, String problem) throws IOException {
        String problems = "";
        try {
            load(rule);
        } catch (PolicyDocumentException e) {
            problems = String.valueOf(e.getMessage());
        }
        assertThat(problems)
                .containsPattern("p\\.yaml:\\d+:\\d+: spec\\.rules\\[1\\]\\.attestation\\.")
                .contains("attestation." + problem);
        assertThat(PolicySchema.accepts(text(rule))).as(problems).isEqualTo(PolicySchema.isBeyond(problems));
    }
}
