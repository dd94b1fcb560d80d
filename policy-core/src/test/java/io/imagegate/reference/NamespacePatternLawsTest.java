package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A pattern with {namespace} is, in each namespace, the pattern with its name. */
class NamespacePatternLawsTest {

    private static boolean matches(String pattern, String namespace, ImageReference image) {
        return PatternSet.of(pattern).inNamespace(namespace).orElseThrow().matches(image);
    }

    private static String under(List<String> path) {
        return "r.internal/" + String.join("/", path);
    }

    @Property(tries = 2_000)
    void matchesWhatThePatternWithTheNameMatches(
            @ForAll("paths") List<String> path,
            @ForAll("names") List<String> image,
            @ForAll("namespaces") String namespace) {
        String pattern = under(path);
        ImageReference reference = ImageReference.parse(under(image));
        PatternSet named = PatternSet.of(pattern.replace("{namespace}", namespace));
        PatternSet inserted = PatternSet.of(pattern).inNamespace(namespace).orElseThrow();
        assertThat(inserted.matches(reference)).isEqualTo(named.matches(reference));
        if (named.matches(reference)) {
            assertThat(PatternSet.of(pattern).inAnyNamespace().matches(reference))
                    .isTrue();
        }
    }

    @Property(tries = 2_000)
    void coversAndOverlapsAreNeverWrong(
            @ForAll("paths") List<String> one,
            @ForAll("paths") List<String> other,
            @ForAll("names") List<String> image,
            @ForAll("namespaces") String namespace) {
        String outer = under(one);
        String inner = under(other);
        boolean inOuter = matches(outer, namespace, ImageReference.parse(under(image)));
        boolean inInner = matches(inner, namespace, ImageReference.parse(under(image)));
        if (inInner && ImagePattern.parse(outer).covers(ImagePattern.parse(inner))) {
            assertThat(inOuter).as(outer + " " + inner).isTrue();
        }
        if (inInner && inOuter) {
            assertThat(ImagePattern.parse(outer).overlaps(ImagePattern.parse(inner)))
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<List<String>> paths() {
        return Arbitraries.of("{namespace}", "a-{namespace}", "{namespace}b", "{namespace}*", "*", "a", "b*", "**", "?")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.of("a", "b", "ab", "a-a", "a-b", "bb", "abc")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> namespaces() {
        return Arbitraries.of("a", "b", "ab", "a-a");
    }
}
