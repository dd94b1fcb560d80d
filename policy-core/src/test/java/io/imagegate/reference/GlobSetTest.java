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

class GlobSetTest {

    @Property(tries = 3000)
    void answersAsEachGlobWould(@ForAll("globs") @NotEmpty List<String> globs, @ForAll("texts") String text) {
        boolean expected = globs.stream().anyMatch(glob -> Glob.parse(glob).matches(text));
        assertThat(GlobSet.of(globs).matches(text)).isEqualTo(expected);
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
}
