package io.imagegate.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("TESTKIT.md")
class PageTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    @DisplayName("has the recipes for JUnit that are compiled and run")
    void hasTheRecipes() throws IOException {
        String page = Files.readString(Repository.core("TESTKIT.md"));
        String recipes = unspaced(Files.readString(Path.of("src/test/java/io/imagegate/junit/JUnitRecipesTest.java")));
        assertThat(EXAMPLE.matcher(page.substring(page.indexOf("\n## JUnit\n")))
                        .results()
                        .map(match -> unspaced(match.group(1))))
                .hasSizeGreaterThan(2)
                .allMatch(recipes::contains);
    }

    private static String unspaced(String text) {
        return text.replaceAll("\\s+", "");
    }
}
