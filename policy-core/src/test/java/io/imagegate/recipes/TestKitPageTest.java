package io.imagegate.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("TESTKIT.md")
class TestKitPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("```(?:java|yaml)\n(.*?)```", Pattern.DOTALL);
    private static final Path RECIPES = Path.of("src/test/java/io/imagegate/recipes/RecipesTest.java");

    static Stream<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of("TESTKIT.md")))
                .results()
                .map(match -> match.group(1));
    }

    @ParameterizedTest
    @MethodSource("examples")
    @DisplayName("has the recipes that are compiled and run")
    void hasTheRecipesThatRun(String example) throws IOException {
        assertThat(unspaced(Files.readString(RECIPES))).contains(unspaced(example));
    }

    /** A page is narrower than code, so its lines may end elsewhere. */
    private static String unspaced(String text) {
        return text.replaceAll("\\s+", "");
    }
}
