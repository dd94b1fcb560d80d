package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rewrites give images another name, and find what a list of patterns lacks because of that. */
class ImageRewriteTest {

    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @ParameterizedTest
    @CsvSource(textBlock = """
            docker.io/**,          mirror.internal/hub/**,   nginx,                       mirror.internal/hub/library/nginx
            docker.io/**,          mirror.internal/hub/**,   registry-1.docker.io/a/b:1,  mirror.internal/hub/a/b:1
            docker.io/**,          mirror.internal/hub/**,   quay.io/a/b:1,
            docker.io/library/*,   m.io:5000/*,              nginx:1.27,                  m.io:5000/nginx:1.27
            docker.io/library/*,   m.io:5000/*,              acme/nginx,
            gcr.io/**/app,         m.io/**/app,              gcr.io/app,                  m.io/app
            gcr.io/**/app,         m.io/**/app,              gcr.io/a/app/b/app,          m.io/a/app/b/app
            gcr.io/**/app,         m.io/**/app,              gcr.io/a/app/b,
            gcr.io/*/*,            m.io/x-*-*,               gcr.io/a/b,                  m.io/x-a-b
            gcr.io/*-*/**,         m.io/*/*/**,              gcr.io/a-b-c/d/e,            m.io/a/b-c/d/e
            gcr.io/app,            Mirror/app,               GCR.io:443/app:1,            Mirror/app:1
            gcr.io/a,              acme/a,                   gcr.io/a,                    docker.io/acme/a
            """)
    void newNameTakesWhatTheWildcardsMatched(String from, String to, String image, String expected) {
        Optional<String> rewritten = ImageRewrite.of(from, to).apply(ImageReference.parse(image));
        assertThat(rewritten).isEqualTo(Optional.ofNullable(expected));
        rewritten.ifPresent(text -> assertThat(ImagePattern.parse(to).matches(ImageReference.parse(text)))
                .isTrue());
    }

    @Test
    void tagAndDigestStay() {
        ImageRewrite rewrite = ImageRewrite.of("docker.io/**", "m.io/**");
        assertThat(rewrite.apply(ImageReference.parse("nginx:1@" + DIGEST))).contains("m.io/library/nginx:1@" + DIGEST);
        assertThat(rewrite.apply(ImageReference.parse("nginx@" + DIGEST))).contains("m.io/library/nginx@" + DIGEST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            **                | m.io/**      | expected one registry at the start
            *.gcr.io/**       | m.io/**      | expected one registry at the start
            gcr.io/**         | *.m.io/**    | expected one registry at the start
            gcr.io/a:1        | m.io/a       | expected neither tag nor digest
            gcr.io/a          | m.io/a:1     | expected neither tag nor digest
            gcr.io/a?         | m.io/a?      | expected '*' and '**' as the only wildcards
            gcr.io/*/**       | m.io/**/*    | expected the wildcards of "gcr.io/*/**" in the same order, * **
            gcr.io/a          | m.io/*       | expected the wildcards of "gcr.io/a" in the same order, none
            gcr.io/**/a       | m.io/**      | '**' at the end needs one segment at least
            gcr.io/**         | docker.io/** | expected two segments at least after Docker Hub
            gcr.io/*          | docker.io    | looks like a registry without a repository
            """)
    void otherPatternsAreRefused(String from, String to, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageRewrite.of(from, to))
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            docker.io/**        | m.io/hub/**  | docker.io/evil/**        |                    | m.io/hub/evil/**
            docker.io/**        | m.io/hub/**  | docker.io/evil/**        | m.io/hub/evil/**   |
            docker.io/**        | m.io/hub/**  | docker.io/evil/**        | m.io/hub/evil/*    | m.io/hub/evil/**
            docker.io/**        | m.io/hub/**  | docker.io/evil/**        | m.io/**            |
            docker.io/**        | m.io/hub/**  | quay.io/evil/**          |                    |
            docker.io/**        | m.io/hub/**  | nginx:1.*                | m.io/hub/library/nginx:1.2  | m.io/hub/library/nginx:1.*
            docker.io/**        | m.io/hub/**  | **                       |                    |
            docker.io/**        | m.io/hub/**  | **/nginx                 |                    |
            docker.io/library/* | m.io/*       | docker.io/**             |                    | m.io/*
            docker.io/a-*       | m.io/b-*     | docker.io/library/a-x*   |                    | m.io/b-*
            """)
    void listNamesTheNewPlaceToo(String from, String to, String pattern, String other, String missing) {
        ImagePattern first = ImagePattern.parse(pattern);
        PatternSet list = other == null ? PatternSet.of(pattern) : PatternSet.of(pattern, other);
        assertThat(ImageRewrite.of(from, to).missing(first, list)).isEqualTo(Optional.ofNullable(missing));
    }

    @Test
    void longListsAreComparedQuickly() {
        List<ImagePattern> list = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            list.add(ImagePattern.parse("docker.io/evil/app-" + i + ":1.*"));
            list.add(ImagePattern.parse("m.io/hub/evil/app-" + i + ":1.*"));
        }
        PatternSet set = PatternSet.of(list);
        ImageRewrite rewrite = ImageRewrite.of("docker.io/**", "m.io/hub/**");
        assertThat(list)
                .allSatisfy(pattern -> assertThat(rewrite.missing(pattern, set)).isEmpty());
        assertThat(rewrite.missing(ImagePattern.parse("docker.io/evil/app-x"), set))
                .contains("m.io/hub/evil/app-x");
    }

    @Property(tries = 400)
    void listThatLacksNothingMatchesTheNewNames(
            @ForAll("rewrites") ImageRewrite rewrite, @ForAll("patterns") ImagePattern pattern) {
        List<ImagePattern> list = new ArrayList<>(List.of(pattern));
        Optional<String> missing = rewrite.missing(pattern, PatternSet.of(list));
        while (missing.isPresent()) {
            list.add(ImagePattern.parse(missing.get()));
            assertThat(list).as("%s %s", rewrite, pattern).hasSizeLessThan(200);
            missing = rewrite.missing(pattern, PatternSet.of(list));
        }
        PatternSet complete = PatternSet.of(list);
        long renamed = PatternRelationsTest.IMAGES.stream()
                .filter(pattern::matches)
                .flatMap(image -> rewrite.apply(image).stream())
                .peek(name -> assertThat(complete.matches(ImageReference.parse(name)))
                        .as("%s %s %s", rewrite, complete, name)
                        .isTrue())
                .count();
        Statistics.collect(renamed > 0, list.size() > 1);
    }

    @Property(tries = 1000)
    void newNamesAreInTheNewPlace(@ForAll("rewrites") ImageRewrite rewrite, @ForAll("paths") String path) {
        ImageReference image = ImageReference.parse("gcr.io/" + path + ":1");
        Optional<String> renamed = rewrite.apply(image);
        Statistics.collect(renamed.isPresent());
        assertThat(renamed.isPresent()).isEqualTo(rewrite.from().matches(image));
        renamed.ifPresent(name -> {
            assertThat(rewrite.to().matches(ImageReference.parse(name))).isTrue();
            boolean again = rewrite.from().overlaps(rewrite.to());
            assertThat(again || rewrite.apply(ImageReference.parse(name)).isEmpty())
                    .isTrue();
        });
    }

    @Provide
    Arbitrary<ImageRewrite> rewrites() {
        Arbitrary<List<String>> segments = Arbitraries.of("a", "ab", "*", "a*", "*b", "**")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        return Combinators.combine(segments, Arbitraries.of("m.io/hub/", "m.io/", "gcr.io/x/", "gcr.io/"))
                .as((path, registry) ->
                        ImageRewrite.of("gcr.io/" + String.join("/", path), registry + String.join("/", path)));
    }

    @Provide
    Arbitrary<ImagePattern> patterns() {
        return PatternRelationsTest.somePatterns();
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "ab", "aab", "x")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(segments -> String.join("/", segments));
    }
}
