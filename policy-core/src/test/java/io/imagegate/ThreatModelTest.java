package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The threat model")
class ThreatModelTest {

    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))`");
    private static final String NOTHING = "nothing is guaranteed";

    /** Sections that promise nothing: they say what an operator has to do, and what is not checked. */
    private static final Set<String> WITHOUT = Set.of("Denial of service", "What Imagegate does not check");

    private static String model = "";
    private static Set<String> tests = Set.of();

    @BeforeAll
    static void read() throws IOException {
        String page = Sources.text(Repository.path("SECURITY.md"));
        model = page.substring(page.indexOf("## Threat model"), page.indexOf("## Dependencies"));
        tests = Sources.under("")
                .map(Sources::className)
                .filter(name -> name.endsWith("Test") || name.endsWith("IT"))
                .collect(Collectors.toSet());
    }

    private static List<String> named(String text) {
        return TEST.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    @DisplayName("names tests that there are")
    void there() {
        assertThat(named(model)).hasSizeGreaterThan(50).isSubsetOf(tests);
        assertThat(tests).doesNotContain("NoSuchTest");
    }

    @Test
    @DisplayName("names a test for each row that guarantees something")
    void rows() {
        List<String> rows = model.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Who "))
                .toList();
        assertThat(rows).hasSizeGreaterThan(10).allSatisfy(row -> {
            String shown = row.split("\\|", -1)[4].strip();
            assertThat(named(shown).isEmpty()).as(row).isEqualTo(shown.equals(NOTHING));
        });
    }

    @Test
    @DisplayName("names a test for each section that guarantees something")
    void sections() {
        Stream<String> sections =
                Pattern.compile("(?m)^\\*\\*").splitAsStream(model).skip(1);
        assertThat(sections.toList()).hasSizeGreaterThan(10).allSatisfy(section -> {
            String name = section.substring(0, section.indexOf(".**"));
            assertThat(named(section).isEmpty()).as(name).isEqualTo(WITHOUT.contains(name));
        });
    }
}
