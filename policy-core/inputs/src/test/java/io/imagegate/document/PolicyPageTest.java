package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Repository;
import io.imagegate.document.policy.Documents;
import io.imagegate.policytest.PolicyTests;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ImageReference;
import io.imagegate.signer.SampleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The pages on policies")
class PolicyPageTest {

    private static final List<String> PAGES = List.of(
            "POLICY.md",
            "CONTENT.md",
            "SIGNATURES.md",
            "VULNERABILITIES.md",
            "LICENSES.md",
            "REWRITE.md",
            "POLICY-TESTS.md",
            "POLICY-REFERENCE.md",
            "REVOCATION.md");

    private static final Pattern EXAMPLE = Pattern.compile("```(?:yaml|json)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static String page(String name) throws IOException {
        return Files.readString(Repository.core(name));
    }

    static List<Arguments> examples() throws IOException {
        List<Arguments> examples = new ArrayList<>();
        for (String page : PAGES) {
            EXAMPLE.matcher(page(page)).results().forEach(match -> examples.add(Arguments.of(page, match.group(1))));
        }
        return examples;
    }

    @Test
    @DisplayName("POLICY-REFERENCE.md has the tables of the schema; if not, target/tables.md has what belongs there")
    void hasTheTablesOfTheSchema() throws IOException {
        String tables = new SchemaTables(PolicySchema.tree()).markdown();
        Files.writeString(Path.of("target/tables.md"), tables);
        assertThat(page("POLICY-REFERENCE.md")).endsWith(tables + "\n");
    }

    @ParameterizedTest
    @MethodSource("examples")
    @DisplayName("have examples that work")
    void haveExamplesThatWork(String page, String example) throws IOException {
        Files.writeString(folder.resolve("partners.txt"), "quay.io/partner/**\n");
        Files.writeString(folder.resolve("revoked.txt"), "sha256:" + "a".repeat(64) + "\n");
        for (String root : List.of("trusted_root.json", "own-root.json", "github-root.json")) {
            Files.writeString(folder.resolve(root), "{}");
        }
        Files.writeString(folder.resolve("vuln.json"), """
                {"scanner": {"uri": "pkg:github/aquasecurity/trivy@0.50"}, "metadata": {"scanFinishedOn": "2026-11-20T00:00:00Z"}}
                """);
        Files.copy(SampleKeys.path("p256.pub"), folder.resolve("cosign.pub"));
        Files.copy(SampleKeys.path("p384.pub"), folder.resolve("next.pub"));
        Files.copy(SampleKeys.path("ca.pem"), folder.resolve("ca.pem"));
        Files.copy(SampleKeys.path("ca.pem"), folder.resolve("tsa-root.pem"));
        Files.copy(SampleKeys.path("ca.crl"), folder.resolve("ca.crl"));
        Path file = Files.writeString(folder.resolve("production.yaml"), example);
        assertThat(PolicySchema.accepts(example)).isTrue();
        if (example.contains(Documents.POLICY_TEST)) {
            assertThat(new PolicyTests(PolicySamples.documents()).run(file.toString()))
                    .allSatisfy(result -> assertThat(result.failures()).isEmpty());
        } else {
            assertThat(PolicySamples.documents()
                            .withSignatures(root -> {})
                            .load(file)
                            .policies())
                    .isNotEmpty();
        }
    }

    @Test
    @DisplayName("show messages as they are")
    void showMessagesAsTheyAre() throws IOException {
        String mistakes = String.join(
                "\n",
                PolicySamples.problems(PolicySamples.text("bad/eight-mistakes.yaml"))
                        .lines()
                        .map(line -> line.replaceFirst("p\\.yaml", "production.yaml"))
                        .toList());
        assertThat(page("POLICY.md")).contains("```text\n" + mistakes + "\n```");
    }

    @Test
    @DisplayName("POLICY.md shows what patterns match and do not match")
    void showsWhatPatternsMatch() throws IOException {
        String page = page("POLICY.md");
        String section = page.substring(page.indexOf("## Patterns\n"), page.indexOf("## Sets\n"));
        Matcher row = Pattern.compile("(?m)^\\| `([^`]+)` \\|(.*)\\|(.*)\\|$").matcher(section);
        int rows = 0;
        for (; row.find(); rows++) {
            ImagePattern pattern = ImagePattern.parse(row.group(1));
            assertThat(images(row.group(2))).isNotEmpty().allMatch(pattern::matches);
            assertThat(images(row.group(3))).noneMatch(pattern::matches);
        }
        assertThat(rows).isGreaterThan(8);
    }

    private static List<ImageReference> images(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(match -> match.group(1).replace("sha256:…", "sha256:" + "a".repeat(64)))
                .map(ImageReference::parse)
                .toList();
    }
}
