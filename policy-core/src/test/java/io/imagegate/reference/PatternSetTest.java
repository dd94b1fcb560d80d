package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:*/**",
                "evil.example:5000/*",
                "evil:*/a*/**",
                "*.evil.example/**",
                "*.evil.example:*/**",
                "*.docker.io/a/**",
                "127.*/**",
                "10.1.2.*:*/**",
                "[::1]:*/**",
                "**/a",
            })
    @DisplayName(
            "whether a pattern is covered is looked up by an image that it matches, so that thousands take no time")
    void isCoveredByIndex(String pattern) {
        ImagePattern inner = ImagePattern.parse(pattern);
        assertThat(inner.sample()).isPresent();
        assertThat(PatternSet.of(List.of(ImagePattern.parse("a.example/**"), inner))
                        .covers(inner))
                .isTrue();
        assertThat(PatternSet.of("a.example/**").covers(inner)).isFalse();
    }

    @Test
    void matchingPatternsComeInTheOrderTheyWereGiven() {
        PatternSet set = patterns("gcr.io/**", "nginx:1", "**", "docker.io/library/*", "nginx", "nginx");
        assertThat(set.matching(image("nginx:1")))
                .extracting(ImagePattern::toString)
                .containsExactly("nginx:1", "**", "docker.io/library/*", "nginx", "nginx");
        assertThat(set.first(image("nginx:1"))).contains(ImagePattern.parse("nginx:1"));
        assertThat(set.first(image("gcr.io/x"))).contains(ImagePattern.parse("gcr.io/**"));
        assertThat(set.size()).isEqualTo(6);
        assertThat(set).hasToString("[gcr.io/**, nginx:1, **, docker.io/library/*, nginx, nginx]");
    }

    @Test
    void anEmptySetMatchesNothing() {
        PatternSet empty = PatternSet.of();
        assertThat(empty.matches(image("nginx"))).isFalse();
        assertThat(empty.first(image("nginx"))).isEmpty();
        assertThat(empty.matching(image("a.b.c/nginx"))).isEmpty();
        assertThat(empty.size()).isZero();
    }

    @Test
    void parsesTexts() {
        assertThat(PatternSet.of("nginx", "ghcr.io/acme/**")).hasToString("[nginx, ghcr.io/acme/**]");
        assertThatThrownBy(() -> PatternSet.of("nginx", "ghcr.io/Acme")).isInstanceOf(ReferenceSyntaxException.class);
    }

    @Test
    void laterChangesOfTheListDoNotMatter() {
        List<ImagePattern> list = new ArrayList<>(List.of(ImagePattern.parse("nginx")));
        PatternSet set = PatternSet.of(list);
        list.add(ImagePattern.parse("**"));
        assertThat(set.matches(image("gcr.io/x"))).isFalse();
    }

    @Test
    void eachOfManyPatternsIsFound() {
        List<ImagePattern> many = IntStream.range(0, 10_000)
                .mapToObj(i -> switch (i % 5) {
                    case 0 -> "registry.example/team-" + i + "/**";
                    case 1 -> "registry.example/app-" + i + "-*";
                    case 2 -> "host" + i + ".example/*/x";
                    case 3 -> "registry.example/one:" + i;
                    default -> "registry.example/one@sha256:" + "0".repeat(59) + (10_000 + i);
                })
                .map(ImagePattern::parse)
                .toList();
        PatternSet set = PatternSet.of(many);
        for (int i = 0; i < many.size(); i++) {
            String image = many.get(i)
                    .toString()
                    .replace("**", "a/b")
                    .replace("-*", "-z")
                    .replace("*", "c");
            assertThat(set.matching(image(image))).containsExactly(many.get(i));
        }
        assertThat(set.matches(image("registry.example/team-10005/x"))).isFalse();
    }

    /** Backtracking over each star separately would try more ways than there are atoms. */
    @Test
    @Timeout(120)
    void wildcardsThatFollowEachOtherCostNoMoreThanTheyAreLong() {
        String path = String.join("/", Collections.nCopies(127, "a"));
        ImagePattern deep = ImagePattern.parse("gcr.io/" + "**/a/".repeat(100) + "b");
        ImagePattern stars = ImagePattern.parse("gcr.io/" + "*a".repeat(100) + "*b");
        PatternSet set = PatternSet.of(List.of(deep, stars));
        for (ImageReference image : List.of(image("gcr.io/" + path), image("gcr.io/" + "a".repeat(255)))) {
            assertThat(deep.matches(image)).isFalse();
            assertThat(stars.matches(image)).isFalse();
            assertThat(set.matches(image)).isFalse();
        }
        assertThat(set.matching(image("gcr.io/" + path + "/b"))).containsExactly(deep);
        assertThat(set.matching(image("gcr.io/" + "a".repeat(200) + "b"))).containsExactly(stars);
    }

    @Property(tries = 3000)
    void answersAsEachPatternWould(
            @ForAll("patterns") @Size(max = 12) List<String> patterns, @ForAll("alikeImages") String text) {
        List<ImagePattern> parsed = patterns.stream().map(ImagePattern::parse).toList();
        PatternSet set = PatternSet.of(parsed);
        ImageReference image = image(text);
        List<ImagePattern> expected =
                parsed.stream().filter(pattern -> pattern.matches(image)).toList();
        Statistics.label("matching").collect(Math.min(expected.size(), 3));
        assertThat(set.matching(image)).isEqualTo(expected);
        assertThat(set.first(image)).isEqualTo(expected.stream().findFirst());
        assertThat(set.matches(image)).isEqualTo(!expected.isEmpty());
    }

    @Property
    void aReferenceMatchesItselfAsAPattern(@ForAll("images") String text) {
        ImageReference image = image(text);
        if (image.hasRegistry()) {
            assertThat(ImagePattern.parse(image.canonical()).matches(image)).isTrue();
        }
    }

    @Property
    void allFormsOfAReferenceMatchAlike(@ForAll("pattern") String pattern, @ForAll("images") String text) {
        ImageReference image = image(text);
        boolean matches = ImagePattern.parse(pattern).matches(image);
        assertThat(ImagePattern.parse(pattern).matches(image(image.canonical())))
                .isEqualTo(matches);
    }

    @Provide
    Arbitrary<String> images() {
        return ReferenceArbitraries.wellFormed();
    }

    /** Few enough that many of the patterns below match some of them. */
    @Provide
    Arbitrary<String> alikeImages() {
        Arbitrary<String> hosts = Arbitraries.of(
                "",
                "docker.io/",
                "registry-1.docker.io/",
                "gcr.io/",
                "a.gcr.io:443/",
                "a.gcr.io:50/",
                "127.0.0.1:50/",
                "[::ffff:7f00:1]/");
        Arbitrary<String> paths = Arbitraries.of("a", "b", "ab", "aab", "library", "team-evil")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(segments -> String.join("/", segments));
        Arbitrary<String> versions = Arbitraries.of("", ":latest", ":1.0", ":3.18", "@sha256:" + "0".repeat(64));
        return Combinators.combine(hosts, paths, versions).as((host, path, version) -> host + path + version);
    }

    @Provide
    Arbitrary<List<String>> patterns() {
        return pattern().list();
    }

    @Provide
    Arbitrary<String> pattern() {
        Arbitrary<String> hosts = Arbitraries.of(
                "docker.io/",
                "index.docker.io/",
                "*.docker.io/",
                "*.io/",
                "*.io:*/",
                "gcr.io/",
                "*.gcr.io/",
                "*.gcr.io:*/",
                "a.gcr.io:*/",
                "127.*/",
                "127.*:*/",
                "127.0.*:50/",
                "127.0.0.1:50/",
                "**/",
                "**/");
        Arbitrary<String> paths = Arbitraries.of(
                        "**", "**", "**", "*", "*", "a", "b", "ab", "library", "a*", "*b", "?", "a?", "*a*", "team*",
                        "*-evil")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(segments -> String.join("/", segments));
        Arbitrary<String> tags = Arbitraries.of("", "", "", ":latest", ":1*", ":*", ":3.1?", ":*0", ":1.0");
        Arbitrary<String> digests = Arbitraries.of("", "", "", "@*", "@sha256:*", "@sha256:" + "0".repeat(64));
        return Combinators.combine(hosts, paths, tags, digests)
                .as((host, path, tag, digest) -> host + path + tag + digest)
                .filter(pattern -> !pattern.matches(
                        "(index\\.|\\*\\.)?docker\\.io/\\*([:@].*)?|\\*\\.io(:\\*)?/\\*([:@].*)?")); // has two readings
    }

    private static PatternSet patterns(String... patterns) {
        return PatternSet.of(Stream.of(patterns).map(ImagePattern::parse).toList());
    }

    private static ImageReference image(String text) {
        return ImageReference.parse(text);
    }
}
