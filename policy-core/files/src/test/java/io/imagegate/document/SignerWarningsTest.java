package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Signers of a policy")
class SignerWarningsTest {

    private static final String KEYLESS = """
            trust:
              public: {file: root.json}
            signers:
              ci:
                keyless:
                  trust: public
                  issuer: https://token.actions.githubusercontent.com
                  identity: "https://github.com/acme/*/.github/workflows/release.yml@refs/tags/*"
            """;

    private static final String RULES = "rules: [{name: r, signature: {by: [$ci]}}]\n";

    @TempDir
    Path folder;

    @BeforeEach
    void writeRoot() throws IOException {
        Files.writeString(folder.resolve("root.json"), "{}");
    }

    private List<String> warnings(String spec) throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), PolicySamples.policy(spec));
        List<String> warnings = new ArrayList<>();
        PolicySamples.documents()
                .withSignatures(root -> {})
                .withWarnings(warning -> warnings.add(warning.toString()))
                .load(file);
        return warnings.stream().map(line -> line.replace(folder + "/", "")).toList();
    }

    @Test
    @DisplayName("warn if a forge's identity is without the repository, or an identity is everybody's")
    void warnings() throws IOException {
        assertThat(warnings(KEYLESS + RULES))
                .anyMatch(line ->
                        line.startsWith("p.yaml:10:9: spec.signers.ci.keyless: the identity is that of a workflow,"
                                + " whichever repository calls it"));
        String named = KEYLESS.replace(
                "  identity:", "  certificate: {sourceRepository: \"https://github.com/acme/*\"}\n      identity:");
        assertThat(warnings(named + RULES)).noneMatch(line -> line.contains("spec.signers"));
        assertThat(warnings(KEYLESS.replaceAll("identity: .*", "identity: '**'") + RULES))
                .anyMatch(line -> line.contains("identity ** is everybody whom the issuer knows"));
    }

    @Test
    @DisplayName("warn 90 days after somebody confirmed a trusted root")
    void confirmed() throws IOException {
        String policy = KEYLESS.replace("root.json}", "root.json, confirmed: 2026-08-26}") + RULES;
        assertThat(warnings(policy)).noneMatch(line -> line.contains("confirmed"));
        assertThat(warnings(policy.replace("08-26", "08-25")))
                .contains(
                        "p.yaml:6:13: spec.trust.public: the trusted root was confirmed on 2026-08-25, more than 90 days"
                                + " ago: compare it with its source and write today's date");
    }

    @Test
    @DisplayName("are refused by a program that cannot verify signatures")
    void withoutSignatures() throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), PolicySamples.policy(KEYLESS + """
                rules:
                  - {name: a, any: [{allow: [nginx]}, {not: {attestation: {type: vuln, by: [$ci]}}}]}
                  - {name: b, image: {exists: true}}
                """));
        assertThatThrownBy(() -> PolicySamples.documents().load(file))
                .hasMessage(
                        file + ":14:7: spec.rules[0]: rule \"a\" looks at signatures: this program cannot verify them;"
                                + " PolicyDocuments.withSignatures allows them");
        assertThatThrownBy(() -> PolicySamples.documents()
                        .withoutContent("there are no registries")
                        .load(file))
                .hasMessageContaining("rule \"a\" looks at the content of images: there are no registries")
                .hasMessageContaining("rule \"b\" looks at the content of images: there are no registries");
    }

    @Test
    @DisplayName("are read only from files")
    void withoutFolder() {
        assertThatThrownBy(() -> PolicySamples.documents()
                        .withSignatures(root -> {})
                        .read("p.yaml", PolicySamples.policy(KEYLESS + RULES)))
                .hasMessage("p.yaml:6:20: spec.trust.public.file: a file, but this was not read from a folder");
    }
}
