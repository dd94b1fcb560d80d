package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest(name = "{0} matches {1}, not {2}")
    @CsvSource(delimiter = '|', textBlock = """
            latest      | latest        | Latest
            latest      | latest        | latest-alpine
            latest      | latest        | xlatest
            *-SNAPSHOT  | 1.0-SNAPSHOT  | 1.0-SNAPSHOT.1
            *-SNAPSHOT  | -SNAPSHOT     | SNAPSHOT
            prod-*      | prod-         | production
            3.1?        | 3.18          | 3.1
            3.1?        | 3.1x          | 3.180
            3.1?        | 3.10          | 3x10
            v*.*        | v1.2          | v1
            *a*b        | xaxb          | xbxa
            *aab        | aaaab         | aaaabb
            INC-*       | INC-1         | inc-1
            ?           | x             | xy
            *?          | x             | ''
            *           | ''            |
            ??          | 文字           | 字
            """)
    void hitAndNearMiss(String glob, String hit, String nearMiss) {
        assertThat(Glob.parse(glob).matches(hit)).isTrue();
        if (nearMiss != null) {
            assertThat(Glob.parse(glob).matches(nearMiss)).isFalse();
        }
    }

    @Test
    void aSurrogatePairIsOneCharacter() {
        assertThat(Glob.parse("a?b").matches("a\ud83d\ude00b")).isTrue();
        assertThat(Glob.parse("a??b").matches("a\ud83d\ude00b")).isFalse();
        assertThat(Glob.parse("*??").matches("\ud83d\ude00")).isFalse();
        assertThat(Glob.parse("*?").matches("\ud83d\ude00")).isTrue();
    }

    @Test
    void anEmptyGlobIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Glob.parse("")).withMessageContaining("write *");
    }

    @Test
    void globsAreEqualWhenWrittenAlike() {
        assertThat(Glob.parse("a*"))
                .isEqualTo(Glob.parse("a*"))
                .hasSameHashCodeAs(Glob.parse("a*"))
                .hasToString("a*");
        assertThat(Glob.parse("a*")).isNotEqualTo(Glob.parse("a?"));
        assertThat(Glob.parse("a").isLiteral()).isTrue();
        assertThat(Glob.parse("a?").isLiteral()).isFalse();
    }

    @Property(tries = 5000)
    void agreesWithAnExhaustiveMatcher(@ForAll("globs") String glob, @ForAll("texts") String text) {
        assertThat(Glob.parse(glob).matches(text)).isEqualTo(matches(glob, text));
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.strings().withChars("ab*?").ofMinLength(1).ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab").ofMaxLength(8);
    }

    @Property(tries = 20_000)
    void agreesWithARegularExpression(@ForAll("globsOfPeople") String glob, @ForAll("textsOfPeople") String text) {
        String expression = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        assertThat(Glob.parse(glob).matches(text))
                .isEqualTo(Pattern.compile(expression, Pattern.DOTALL)
                        .matcher(text)
                        .matches());
    }

    @Provide
    Arbitrary<String> globsOfPeople() {
        return joined("*", "?", "a", "-", ".", "\n", "\u5b57", "\ud83d\ude00").filter(glob -> !glob.isEmpty());
    }

    @Provide
    Arbitrary<String> textsOfPeople() {
        return joined("a", "-", ".", "\n", "\u5b57", "\ud83d\ude00");
    }

    private static Arbitrary<String> joined(String... characters) {
        return Arbitraries.of(characters).list().ofMaxSize(10).map(list -> String.join("", list));
    }

    /** Tries everything a star could take. */
    private static boolean matches(String glob, String text) {
        if (glob.isEmpty()) {
            return text.isEmpty();
        }
        String rest = glob.substring(1);
        if (glob.charAt(0) == '*') {
            return matches(rest, text) || (!text.isEmpty() && matches(glob, text.substring(1)));
        }
        return !text.isEmpty()
                && (glob.charAt(0) == '?' || glob.charAt(0) == text.charAt(0))
                && matches(rest, text.substring(1));
    }
}
