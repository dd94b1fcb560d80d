package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two patterns overlap if an image is matched by both, and one covers another if it matches all of its images. */
class PatternRelationsTest {

    /** Whatever two of the patterns below have in common, one of these images is matched by both. */
    static final List<ImageReference> IMAGES = images();

    private static List<ImageReference> images() {
        List<String> paths = new ArrayList<>(List.of(""));
        List<ImageReference> images = new ArrayList<>();
        for (int length = 1; length <= 6; length++) {
            List<String> longer = new ArrayList<>();
            paths.forEach(path -> List.of("a", "b", "ab").forEach(segment -> longer.add(path + "/" + segment)));
            paths = longer;
            for (String path : paths) {
                List.of("gcr.io", "eu.gcr.io", "docker.io")
                        .forEach(registry -> images.add(ImageReference.parse(registry + path)));
            }
        }
        return images;
    }

    @Property(tries = 400)
    void patternsOverlapIfAndOnlyIfAnImageIsMatchedByBoth(
            @ForAll("patterns") ImagePattern one, @ForAll("patterns") ImagePattern other) {
        boolean expected = IMAGES.stream().anyMatch(image -> one.matches(image) && other.matches(image));
        Statistics.collect(expected);
        assertThat(one.overlaps(other)).isEqualTo(expected);
        assertThat(other.overlaps(one)).isEqualTo(expected);
    }

    @Property(tries = 400)
    void whatIsCoveredIsMatched(@ForAll("patterns") ImagePattern outer, @ForAll("patterns") ImagePattern inner) {
        boolean covers = outer.covers(inner);
        Statistics.collect(covers);
        if (covers) {
            assertThat(IMAGES).noneMatch(image -> inner.matches(image) && !outer.matches(image));
        }
        assertThat(outer.covers(outer)).isTrue();
    }

    @Property(tries = 1000)
    void setCoversWhatOneOfItsPatternsCovers(
            @ForAll("lists") List<ImagePattern> patterns, @ForAll("patterns") ImagePattern inner) {
        boolean expected = patterns.stream().anyMatch(pattern -> pattern.covers(inner));
        Statistics.collect(expected);
        assertThat(PatternSet.of(patterns).covers(inner)).isEqualTo(expected);
    }

    @Property(tries = 2000)
    void tagsAndDigestsOverlapIfAnImageIsMatchedByBoth(
            @ForAll("versions") String one, @ForAll("versions") String other, @ForAll("imageVersions") String image) {
        ImagePattern first = ImagePattern.parse("gcr.io/a" + one);
        ImagePattern second = ImagePattern.parse("gcr.io/a" + other);
        ImageReference reference = ImageReference.parse("gcr.io/a" + image);
        boolean both = first.matches(reference) && second.matches(reference);
        Statistics.collect(both);
        assertThat(!both || first.overlaps(second)).isTrue();
        assertThat(!first.covers(second) || !second.matches(reference) || first.matches(reference))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "127.*:*/**, 2130706433:5000/**, true",
        "127.0.0.1/a, *.2/**, true",
        "0x7f.1/**, 10.*:*/**, true",
        "2130706433:5000/a, 127.*:*/b, false",
        "10.*/**, 11.*/**, false",
        "ghcr.io/**, 127.0.0.1/**, false",
        "*.example.com/**, 127.0.0.1/**, false",
    })
    void hostsThatAreReadAsAddressesMayMeet(String one, String other, boolean expected) {
        ImagePattern first = ImagePattern.parse(one);
        ImagePattern second = ImagePattern.parse(other);
        assertThat(first.mayMeet(second)).isEqualTo(expected);
        assertThat(second.mayMeet(first)).isEqualTo(expected);
        assertThat(first.mayMeet(first)).isTrue();
        assertThat(first.overlaps(second)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gcr.io/a*, gcr.io/*b, true",
        "gcr.io/a*, gcr.io/b*, false",
        "gcr.io/a?, gcr.io/?b, true",
        "gcr.io/a?, gcr.io/a, false",
        "gcr.io/**, gcr.io/a/**/b, true",
        "gcr.io/a/**, gcr.io/a, false",
        "**, *.gcr.io/x, true",
        "*.gcr.io/**, gcr.io/**, false",
        "*.gcr.io/**, *.eu.gcr.io/**, true",
        "*.gcr.io/**, *.quay.io/**, false",
        "*.docker.io/**, *.docker.com/**, true",
        "*.docker.io/nginx, nginx, true",
        "*.docker.io/nginx, docker.io/acme/nginx, false",
        "*.docker.io/nginx, *.com/nginx, true",
        "*.docker.io:5000/nginx, nginx, false",
        "localhost:*/a, localhost:5000/a, true",
        "localhost:*/a, localhost/a, true",
        "localhost:*/a, localhost.a:5000/a, false",
        "*.a.io:*/a, b.a.io:1/a, true",
        "*.a.io:*/a, *.b.a.io:1/a, true",
        "*.a.io:2/a, *.b.a.io:1/a, false",
        "127.*/a, 127.0.0.1/a, true",
        "127.*/a, 127.0.0.1:5000/a, false",
        "127.*:*/a, 127.0.*:5000/a, true",
        "127.*/a, 128.*/a, false",
        "127.*/a, *.0.1/a, true",
        "127.*/a, *.example/a, false",
        "'[::1]/a', '[0::0:1]/a', true",
        "nginx, docker.io/**, true",
        "acme/nginx, docker.io/library/*, false",
        "gcr.io/a:1.*, gcr.io/a:*.2, true",
        "gcr.io/a:1.*, gcr.io/a:2.*, false",
        "gcr.io/a@sha256:*, gcr.io/a@sha512:*, false"
    })
    void examplesOfOverlap(String one, String other, boolean expected) {
        assertThat(ImagePattern.parse(one).overlaps(ImagePattern.parse(other))).isEqualTo(expected);
        assertThat(ImagePattern.parse(other).overlaps(ImagePattern.parse(one))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "gcr.io/**, gcr.io/a*/b, true",
        "gcr.io/*, gcr.io/a/b, false",
        "gcr.io/*, gcr.io/**, false",
        "gcr.io/**/b, gcr.io/a/**/b, true",
        "gcr.io/a/**/b, gcr.io/**/b, false",
        "gcr.io/*a*, gcr.io/?a, true",
        "gcr.io/?a, gcr.io/*a, false",
        "**, *.gcr.io/x:1, true",
        "*.io/**, *.gcr.io/x, true",
        "*.gcr.io/**, *.io/x, false",
        "gcr.io/a, gcr.io/a:1, true",
        "*.docker.io/nginx, nginx, true",
        "*.docker.io/n*, registry-1.docker.io/nginx, true",
        "docker.io/library/*, *.docker.io/nginx, false",
        "*.io/a, *.docker.io/a, true",
        "**/a, *.docker.io/a, true",
        "**/*, **, true",
        "gcr.io/a?*, gcr.io/a*?, true",
        "gcr.io/?*, gcr.io/*, true",
        "gcr.io/a?*, gcr.io/a*, false",
        "localhost:*/**, localhost:5000/a, true",
        "localhost:*/**, localhost/a, true",
        "localhost:5000/**, localhost:*/a, false",
        "127.*:*/**, 127.0.0.2:5000/a, true",
        "127.*:*/**, 127.0.*/a, true",
        "127.0.*:*/**, 127.*:*/a, false",
        "127.*/**, 127.0.0.1:5000/a, false",
        "127.*/**, 127.0.0.1.example/a, false",
        "gcr.io/a:1, gcr.io/a, false",
        "gcr.io/a:1.*, gcr.io/a:1.2*, true",
        "gcr.io/a@*, gcr.io/a@sha256:*, true"
    })
    void examplesOfCover(String outer, String inner, boolean expected) {
        assertThat(ImagePattern.parse(outer).covers(ImagePattern.parse(inner))).isEqualTo(expected);
    }

    @Provide
    Arbitrary<ImagePattern> patterns() {
        return somePatterns();
    }

    @Provide
    Arbitrary<List<ImagePattern>> lists() {
        return somePatterns().list().ofMaxSize(6);
    }

    static Arbitrary<ImagePattern> somePatterns() {
        Arbitrary<String> paths = Arbitraries.of("a", "b", "ab", "*", "a*", "*b", "**", "**")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(segments -> String.join("/", segments));
        return Combinators.combine(Arbitraries.of("gcr.io/", "*.gcr.io/", "docker.io/a/", "**/"), paths)
                .as((registry, path) -> ImagePattern.parse(registry + path));
    }

    @Provide
    Arbitrary<String> versions() {
        return Arbitraries.of("", ":1", ":*", ":1*", ":?", ":*2", ":12", "@*", "@sha256:*", ":1@*");
    }

    @Provide
    Arbitrary<String> imageVersions() {
        String digest = "@sha256:" + "0".repeat(64);
        return Arbitraries.of("", ":1", ":2", ":12", ":102", digest, ":1" + digest, ":12" + digest);
    }
}
