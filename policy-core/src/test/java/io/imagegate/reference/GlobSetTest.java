package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobSetTest {

    @Property(tries = 3000)
    void answersAsEachGlobWould(@ForAll("globs") @NotEmpty List<String> globs, @ForAll("texts") String text) {
        boolean expected = globs.stream().anyMatch(glob -> Glob.parse(glob).matches(text));
        assertThat(GlobSet.of(globs).matches(text)).isEqualTo(expected);
    }

    @Property(tries = 1000)
    void overlapsWhereBothMatch(
            @ForAll("globs") @NotEmpty List<String> one,
            @ForAll("globs") @NotEmpty List<String> other,
            @ForAll("texts") String text) {
        boolean both = GlobSet.of(one).matches(text) && GlobSet.of(other).matches(text);
        assertThat(!both || GlobSet.of(one).overlaps(GlobSet.of(other))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "prod-*, *-dev, true",
        "prod-*, dev-*, false",
        "prod, prod?, false",
        "prod?, prod-*, true",
        "a?b, a\uD83D\uDE00*, true",
        "a?b, a\uD83D\uDE00, false",
    })
    void overlaps(String one, String other, boolean expected) {
        assertThat(GlobSet.of("x", one).overlaps(GlobSet.of(other, "y"))).isEqualTo(expected);
        assertThat(GlobSet.of(other).overlaps(GlobSet.of(one))).isEqualTo(expected);
    }

    @Test
    void keepsItsGlobsInOrder() {
        assertThat(GlobSet.of("latest", "*-SNAPSHOT")).hasToString("latest, *-SNAPSHOT");
        assertThat(GlobSet.of("a", "b")).isEqualTo(GlobSet.of("a", "b")).isNotEqualTo(GlobSet.of("b", "a"));
        assertThat(GlobSet.of("b", "a").globs()).containsExactly("b", "a");
    }

    @Test
    void anEmptySetIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> GlobSet.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> GlobSet.of("a", ""));
    }

    @Provide
    Arbitrary<List<String>> globs() {
        return Arbitraries.strings()
                .withChars("ab*?")
                .ofMinLength(1)
                .ofMaxLength(5)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab").ofMaxLength(6);
    }

    @Test
    void globsTooLongToBeComparedCoverNothing() {
        String one = "a*".repeat(49_000);
        assertThat(GlobSet.of(one).covers(GlobSet.of("*a".repeat(49_000)))).isFalse();
        assertThat(GlobSet.of("a*".repeat(400)).covers(GlobSet.of("a*".repeat(400))))
                .isTrue();
        assertThat(GlobSet.of(one).covers(GlobSet.of("a".repeat(49_000)))).isTrue();
    }
}
