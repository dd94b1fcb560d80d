package io.imagegate.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("README.md, TESTKIT.md and JAVA.md")
class PagesTest {

    private static final Pattern EXAMPLE = Pattern.compile("```(?:java|yaml)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ARTIFACT =
            Pattern.compile("`((?:policy|adapter|imagegate)-[a-z-]+)`(?:, (\\w+) `([\\w-]+)`)?");

    private static final Path FOLDER = Path.of("src/test/java/io/imagegate/recipes");

    static List<String> readme() throws IOException {
        return examples(page("README.md"));
    }

    static List<String> testKit() throws IOException {
        return examples(page("TESTKIT.md").split("\n## JUnit\n", 2)[0]);
    }

    @ParameterizedTest
    @MethodSource("readme")
    @DisplayName("README.md has snippets that are compiled and run, of five lines at most")
    void theReadmeHasSnippetsThatRun(String example) throws IOException {
        assertThat(unspaced(Files.readString(FOLDER.resolve("DoorsTest.java")))).contains(unspaced(example));
        assertThat(example.lines()).hasSizeLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("testKit")
    @DisplayName("TESTKIT.md has the recipes that are compiled and run")
    void theTestKitHasTheRecipesThatRun(String example) throws IOException {
        assertThat(unspaced(Files.readString(FOLDER.resolve("RecipesTest.java"))))
                .contains(unspaced(example));
    }

    @Test
    @DisplayName("JAVA.md names artifacts that are published, with the classifier that they have")
    void theGuideNamesArtifactsThatExist() throws IOException {
        String bom = Files.readString(Repository.core("bom/pom.xml")).replaceAll("\\s+", "");
        String table = Files.readString(Repository.core("JAVA.md"))
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|", -1)[2])
                .collect(Collectors.joining("\n"));
        List<MatchResult> artifacts = ARTIFACT.matcher(table).results().toList();
        assertThat(artifacts).hasSizeGreaterThan(7);
        assertThat(artifacts).allSatisfy(artifact -> {
            String version = "<artifactId>" + artifact.group(1) + "</artifactId><version>${project.version}</version>";
            String more = artifact.group(2) == null
                    ? ""
                    : "<%1$s>%2$s</%1$s>".formatted(artifact.group(2), artifact.group(3));
            assertThat(bom).contains(version + more + "</dependency>");
        });
    }

    private static String page(String name) throws IOException {
        return Files.readString(Repository.core(name));
    }

    private static List<String> examples(String page) {
        return EXAMPLE.matcher(page).results().map(match -> match.group(1)).toList();
    }

    /** A page is narrower than code, so its lines may end elsewhere; a closing brace may come later. */
    private static String unspaced(String text) {
        return text.replaceAll("\\s+", "").replaceAll("\\}$", "");
    }
}
