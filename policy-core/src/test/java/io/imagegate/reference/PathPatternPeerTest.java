package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Paths of patterns match as the JDK's globs over files do. */
class PathPatternPeerTest {

    @Property(tries = 5000)
    void aPathMatchesAsThatOfAFile(@ForAll("patterns") List<String> pattern, @ForAll("paths") String path) {
        boolean expected = files(glob(pattern)).matches(Path.of(path));
        Statistics.collect(expected);
        assertThat(matches("gcr.io/" + String.join("/", pattern), "gcr.io/" + path))
                .isEqualTo(expected);
        if (pattern.get(0).equals("**")) {
            assertThat(matches(String.join("/", pattern), "quay.io/" + path)).isEqualTo(expected);
        }
    }

    @Property(tries = 2000)
    void aTagMatchesAsTheNameOfAFile(@ForAll("tagPatterns") String pattern, @ForAll("tags") String tag) {
        boolean expected = files(pattern).matches(Path.of(tag));
        Statistics.collect(expected);
        assertThat(matches("gcr.io/a:" + pattern, "gcr.io/a:" + tag)).isEqualTo(expected);
        assertThat(Glob.parse(pattern).matches(tag)).isEqualTo(expected);
    }

    private static boolean matches(String pattern, String image) {
        return ImagePattern.parse(pattern).matches(ImageReference.parse(image));
    }

    private static PathMatcher files(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    /** There {@code **} takes part of a name, too, and does not take a slash away where it is nothing. */
    private static String glob(List<String> segments) {
        StringBuilder glob = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            glob.append(last ? segment : segment.equals("**") ? "{,**/}" : segment + "/");
        }
        return glob.toString();
    }

    @Provide
    Arbitrary<List<String>> patterns() {
        Arbitrary<String> made = Arbitraries.strings()
                .withChars("ab*?")
                .ofMinLength(1)
                .ofMaxLength(3)
                .filter(segment -> !segment.contains("**"));
        return Arbitraries.oneOf(made, Arbitraries.of("**", "**", "*", "a", "a*", "?"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "a", "b", "aa", "ab", "a.b")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(segments -> String.join("/", segments));
    }

    @Provide
    Arbitrary<String> tagPatterns() {
        return Combinators.combine(
                        Arbitraries.of("a", "_", "*", "?"),
                        Arbitraries.strings().withChars("a1.-*?").ofMaxLength(5))
                .as((first, rest) -> first + rest);
    }

    @Provide
    Arbitrary<String> tags() {
        return Combinators.combine(
                        Arbitraries.of("a", "_"),
                        Arbitraries.strings().withChars("a1.-").ofMaxLength(4))
                .as((first, rest) -> first + rest);
    }
}
