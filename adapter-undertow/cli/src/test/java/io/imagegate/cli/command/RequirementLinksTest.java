package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings of requirements lead to the page that says what to do. */
class RequirementLinksTest extends CommandTest {

    private static final Path PAGE = Path.of("../../policy-core/REQUIREMENTS.md");

    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("a.yaml"), """
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: w}
                spec: {image: nginx}
                """).toString();
    }

    @Test
    @DisplayName("the page has a section for each requirement, and links that tell where it is")
    void page() throws IOException {
        assertThat(Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3)))
                .containsExactlyElementsOf(Arrays.stream(Requirement.values())
                        .map(Requirement::code)
                        .toList());
        for (Requirement requirement : Requirement.values()) {
            assertThat(requirement.page())
                    .hasScheme("https")
                    .hasFragment(requirement.code())
                    .extracting(page -> page.getPath().endsWith("/policy-core/REQUIREMENTS.md"))
                    .isEqualTo(true);
        }
    }

    @Test
    @DisplayName("text, JSON and SARIF have the link")
    void links() {
        String page = Requirement.KNOWN_KIND.page().toString();
        assertThat(run("check", file)).isEqualTo(1);
        assertThat(out.toString()).contains("rule unknown-kind: 1 denied. See " + page);
        assertThat(run("check", "--group-by", "rule", file)).isEqualTo(1);
        assertThat(out.toString()).containsPattern("(?m)^  unknown-kind +1 denied +0 +1 +1  See \\Q" + page + "\\E$");
        assertThat(run("check", "-o", "json", file)).isEqualTo(1);
        assertThat(out.toString()).contains("\"link\":\"" + page + "\"");
        assertThat(run("check", "-o", "sarif", file)).isEqualTo(1);
        assertThat(out.toString()).contains("\"helpUri\":\"" + page + "\"");
    }
}
