package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The JDK's immutable maps and sets take quadratic time if many elements have one hash code; {@code Copies} do not. */
class CollectionsTest {

    private static final Pattern IMMUTABLE = Pattern.compile("\\b(Map|Set)\\.copyOf\\(|\\btoUnmodifiable(Map|Set)\\(");

    @Test
    @DisplayName("no map or set is copied into an immutable one of the JDK")
    void copies() throws IOException {
        assertThat(Sources.under("")
                        .filter(file -> file.toString().contains("/src/main/"))
                        .filter(file -> !file.toString().matches(".*/(examples|benchmarks)/.*")))
                .hasSizeGreaterThan(200)
                .allSatisfy(file ->
                        assertThat(Sources.text(file)).as(file.toString()).doesNotContainPattern(IMMUTABLE));
        assertThat("Map.copyOf(all)").containsPattern(IMMUTABLE);
    }
}
