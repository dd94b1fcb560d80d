package io.imagegate.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page about CI")
class CiPageTest {

    @Test
    @DisplayName("has a block for each system, all on its first screen, and README leads to it")
    void blocks() throws IOException {
        assertThat(CiPage.blocks()).containsOnlyKeys("First", "GitHub", "GitLab", "pre-commit", "git", "Maven");
        List<String> lines = Files.readAllLines(CiPage.PLACE);
        assertThat(lines.indexOf("mvn verify")).isBetween(1, 50);
        assertThat(Path.of("../../README.md")).content().contains("| CI | [one page](examples/ci): ");
    }

    @Test
    @DisplayName("has for Maven the command that runs the plugin of the example in its phase")
    void maven() throws IOException {
        assertThat(CiPage.blocks()).containsEntry("Maven", "mvn verify\n");
        assertThat(Path.of("../maven/pom.xml")).content().contains("<phase>verify</phase>", "exec-maven-plugin");
    }
}
