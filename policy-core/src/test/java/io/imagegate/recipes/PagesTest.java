package io.imagegate.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("README.md and TESTKIT.md")
class PagesTest {

    private static final Pattern EXAMPLE = Pattern.compile("```(?:java|yaml)\n(.*?)```", Pattern.DOTALL);
    private static final Path FOLDER = Path.of("src/test/java/io/imagegate/recipes");

    static List<String> readme() throws IOException {
        return examples("README.md");
    }

    static List<String> testKit() throws IOException {
        return examples("TESTKIT.md");
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

    private static List<String> examples(String page) throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of(page)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** A page is narrower than code, so its lines may end elsewhere; a closing brace may come later. */
    private static String unspaced(String text) {
        return text.replaceAll("\\s+", "").replaceAll("\\}$", "");
    }
}
