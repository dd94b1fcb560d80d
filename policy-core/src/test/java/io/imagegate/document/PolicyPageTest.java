package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("POLICY.md")
class PolicyPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("```(?:yaml|json)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static String page() throws IOException {
        return Files.readString(Path.of("POLICY.md"));
    }

    static Stream<String> examples() throws IOException {
        return Stream.of(page(), Files.readString(Path.of("REVOCATION.md")))
                .flatMap(page -> EXAMPLE.matcher(page).results())
                .map(match -> match.group(1));
    }

    @Test
    @DisplayName("has the tables of the schema; if not, target/tables.md has what belongs there")
    void hasTheTablesOfTheSchema() throws IOException {
        String tables = new SchemaTables(PolicySchema.tree()).markdown();
        Files.writeString(Path.of("target/tables.md"), tables);
        assertThat(page()).contains(tables);
    }

    @ParameterizedTest
    @MethodSource("examples")
    @DisplayName("has examples that work, and so has REVOCATION.md")
    void hasExamplesThatWork(String example) throws IOException {
        Files.writeString(folder.resolve("partners.txt"), "quay.io/partner/**\n");
        Files.writeString(folder.resolve("revoked.txt"), "sha256:" + "a".repeat(64) + "\n");
        for (String root : List.of("trusted_root.json", "own-root.json", "github-root.json")) {
            Files.writeString(folder.resolve(root), "{}");
        }
        Files.writeString(folder.resolve("vuln.json"), """
                {"scanner": {"uri": "pkg:github/aquasecurity/trivy@0.50"}, "metadata": {"scanFinishedOn": "2026-11-20T00:00:00Z"}}
                """);
        Files.copy(PolicySamples.path("keys/p256.pub"), folder.resolve("cosign.pub"));
        Files.copy(PolicySamples.path("keys/p384.pub"), folder.resolve("next.pub"));
        Files.copy(PolicySamples.path("keys/ca.pem"), folder.resolve("ca.pem"));
        Files.copy(PolicySamples.path("keys/ca.pem"), folder.resolve("tsa-root.pem"));
        Files.copy(PolicySamples.path("keys/ca.crl"), folder.resolve("ca.crl"));
        Path file = Files.writeString(folder.resolve("production.yaml"), example);
        assertThat(PolicySchema.accepts(example)).isTrue();
        if (example.contains(PolicyTestReader.KIND)) {
            assertThat(PolicySamples.documents().loadTests(file.toString()))
                    .allSatisfy(test -> assertThat(test.run())
                            .allSatisfy(r -> assertThat(r.failures()).isEmpty()));
        } else {
            assertThat(PolicySamples.documents()
                            .withSignatures(root -> {})
                            .load(file)
                            .policies())
                    .isNotEmpty();
        }
    }

    @Test
    @DisplayName("shows messages as they are")
    void showsMessagesAsTheyAre() throws IOException {
        String mistakes = String.join(
                "\n",
                PolicySamples.problems(PolicySamples.text("bad/eight-mistakes.yaml"))
                        .lines()
                        .map(line -> line.replaceFirst("p\\.yaml", "production.yaml"))
                        .toList());
        assertThat(page()).contains("```text\n" + mistakes + "\n```");
    }
}
