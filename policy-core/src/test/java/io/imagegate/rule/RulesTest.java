package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated("It sets the locale.")
class RulesTest {

    private static final String SHA256 = "@sha256:" + "a".repeat(64);
    private static final String SHA512 = "@sha512:" + "a".repeat(128);
    private static final Rule YES = image -> Finding.satisfied("evidence");
    private static final Rule NO = image -> Finding.violation("no");
    private static final Rule NOT_HERE = image -> Finding.notApplicable();

    private static Finding check(Rule rule, String image) {
        ImageReview review = ImageReview.of(image).inNamespace("default");
        return rule.check(
                Candidate.of(ImageReference.parse(image), review.images().get(0), review));
    }

    private static Outcome outcome(Rule rule, String image) {
        return check(rule, image.replace("@sha256", SHA256).replace("@sha512", SHA512))
                .outcome();
    }

    @ParameterizedTest(name = "{0}: required {1}, only v*: {2}, never latest or *-SNAPSHOT: {3}")
    @CsvSource({
        "nginx, VIOLATED, VIOLATED, VIOLATED",
        "nginx:latest, SATISFIED, VIOLATED, VIOLATED",
        "nginx:latest-alpine, SATISFIED, VIOLATED, SATISFIED",
        "nginx:v1, SATISFIED, SATISFIED, SATISFIED",
        "nginx:1-SNAPSHOT, SATISFIED, VIOLATED, VIOLATED",
        "nginx:1-SNAPSHOTS, SATISFIED, VIOLATED, SATISFIED",
        "registry:5000/app, VIOLATED, VIOLATED, VIOLATED",
        "nginx@sha256, SATISFIED, UNDECIDABLE, SATISFIED",
        "nginx:latest@sha256, SATISFIED, VIOLATED, VIOLATED",
    })
    void tags(String image, Outcome required, Outcome allowed, Outcome denied) {
        assertThat(outcome(Rules.tagRequired(), image)).isEqualTo(required);
        assertThat(outcome(Rules.tagAllowed(GlobSet.of("v*")), image)).isEqualTo(allowed);
        assertThat(outcome(Rules.tagDenied(GlobSet.of("latest", "*-SNAPSHOT")), image))
                .isEqualTo(denied);
    }

    @ParameterizedTest(name = "{0}: any digest {1}, sha512 {2}, a tag unless there is a digest {3}")
    @CsvSource({
        "nginx, VIOLATED, VIOLATED, VIOLATED",
        "nginx:1, VIOLATED, VIOLATED, SATISFIED",
        "nginx@sha256, SATISFIED, VIOLATED, SATISFIED",
        "nginx:1@sha512, SATISFIED, SATISFIED, SATISFIED",
    })
    void digests(String image, Outcome any, Outcome strong, Outcome unlessDigest) {
        assertThat(outcome(Rules.digestRequired(), image)).isEqualTo(any);
        assertThat(outcome(Rules.digestRequired("sha512"), image)).isEqualTo(strong);
        assertThat(outcome(Rules.unlessDigest(Rules.tagRequired()), image)).isEqualTo(unlessDigest);
    }

    @Test
    void combinators() {
        assertThat(outcome(Rules.allOf(YES, NOT_HERE), "a")).isEqualTo(Outcome.SATISFIED);
        assertThat(outcome(Rules.allOf(YES, NO, YES), "a")).isEqualTo(Outcome.VIOLATED);
        assertThat(outcome(Rules.anyOf(NO, YES), "a")).isEqualTo(Outcome.SATISFIED);
        assertThat(outcome(Rules.anyOf(NO, NO), "a")).isEqualTo(Outcome.VIOLATED);
        assertThat(outcome(Rules.anyOf(NO, NOT_HERE), "a")).isEqualTo(Outcome.VIOLATED);
        assertThat(outcome(Rules.anyOf(NOT_HERE, YES), "a")).isEqualTo(Outcome.SATISFIED);
        assertThat(outcome(Rules.anyOf(NOT_HERE, NOT_HERE), "a")).isEqualTo(Outcome.NOT_APPLICABLE);
        assertThat(outcome(Rules.not(YES), "a")).isEqualTo(Outcome.VIOLATED);
        assertThat(outcome(Rules.not(NO), "a")).isEqualTo(Outcome.SATISFIED);
        assertThat(outcome(Rules.not(NOT_HERE), "a")).isEqualTo(Outcome.NOT_APPLICABLE);
        assertThat(outcome(Rules.inNamespaces(List.of("def*"), NO), "a")).isEqualTo(Outcome.VIOLATED);
        assertThat(outcome(Rules.inNamespaces(List.of("def"), NO), "a")).isEqualTo(Outcome.NOT_APPLICABLE);
        assertThatThrownBy(Rules::allOf).hasMessageContaining("at least one rule");
        assertThatThrownBy(Rules::anyOf).hasMessageContaining("at least one rule");
    }

    @Test
    void sentencesDoNotDependOnTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            for (String machine : List.of("zh-CN", "tr", "ar", "en")) {
                Locale.setDefault(Locale.forLanguageTag(machine));
                Finding finding = check(Rules.tagDenied(GlobSet.of("latest")), "nginx");
                assertThat(finding.message(Locale.ENGLISH)).isEqualTo("the tag \"latest\" is not allowed");
                assertThat(finding.message(Locale.SIMPLIFIED_CHINESE)).isEqualTo("不允许使用标签“latest”");
                assertThat(finding.message(Locale.FRENCH)).isEqualTo("the tag \"latest\" is not allowed");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everySentenceStandsInBothLanguages() {
        for (Message message : Message.values()) {
            List<String> arguments = List.of("A", "B");
            assertThat(message.format(Locale.ENGLISH, arguments)).isNotBlank();
            if (message != Message.TEXT) {
                assertThat(message.format(Locale.SIMPLIFIED_CHINESE, arguments))
                        .isNotEqualTo(message.format(Locale.ENGLISH, arguments));
            }
        }
    }

    @Test
    void anAlternativeSaysWhyEachFailed() {
        Finding finding = check(Rules.anyOf(Rules.digestRequired(), Rules.tagRequired()), "nginx");
        assertThat(finding.message(Locale.ENGLISH))
                .startsWith("none of the alternatives holds: it is not pinned by a digest")
                .contains("it has no tag");
    }

    @ParameterizedTest(name = "{0}: allowed {1}, denied {2}, in scope {3}")
    @CsvSource({
        "ghcr.io/acme/api:1, SATISFIED, VIOLATED, true",
        "ghcr.io/acme/evil/x:1, SATISFIED, SATISFIED, false",
        "ghcr.io/acme-evil/api:1, VIOLATED, SATISFIED, false",
        "ghcr.io.evil.example/acme/api:1, VIOLATED, SATISFIED, false",
        "GHCR.io/acme/api:1, SATISFIED, VIOLATED, true",
    })
    void patterns(String image, Outcome allowed, Outcome denied, boolean inScope) {
        PatternSet all = PatternSet.of("ghcr.io/acme/**");
        PatternSet one = PatternSet.of("quay.io/x", "ghcr.io/acme/api");
        PatternSet evil = PatternSet.of("ghcr.io/acme/evil/**");
        assertThat(outcome(Rules.allow(all), image)).isEqualTo(allowed);
        assertThat(outcome(Rules.deny(one), image)).isEqualTo(denied);
        Rule scoped = Rules.within(Scope.ofImages(all).withExceptImages(evil), YES);
        assertThat(outcome(scoped, image)).isEqualTo(inScope ? Outcome.SATISFIED : Outcome.NOT_APPLICABLE);
    }

    @Test
    void patternsMayBeGivenAsTexts() {
        assertThat(outcome(Rules.allow("quay.io/**", "ghcr.io/acme/*"), "ghcr.io/acme/api"))
                .isEqualTo(Outcome.SATISFIED);
        assertThat(outcome(Rules.allow("quay.io/**"), "ghcr.io/acme/api")).isEqualTo(Outcome.VIOLATED);
        assertThat(outcome(Rules.deny("quay.io/**", "ghcr.io/acme/*"), "ghcr.io/acme/api"))
                .isEqualTo(Outcome.VIOLATED);
        assertThat(outcome(Rules.deny("quay.io/**"), "ghcr.io/acme/api")).isEqualTo(Outcome.SATISFIED);
    }

    @Test
    void patternsSayWhichOneMatched() {
        PatternSet patterns = PatternSet.of("alpine:3.1?");
        assertThat(check(Rules.allow(patterns), "alpine:3.18")).hasToString("SATISFIED: alpine:3.1?");
        assertThat(check(Rules.deny(patterns), "alpine:3.18"))
                .hasToString("VIOLATED: it matches the denied pattern \"alpine:3.1?\"");
        assertThat(check(Rules.allow(patterns), "alpine:3.2"))
                .hasToString("VIOLATED: it matches none of the allowed patterns; the nearest is \"alpine:3.1?\"");
        assertThat(check(Rules.allow(patterns), "alpine:3.2").message(Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("镜像不匹配任何允许的模式;最接近的是“alpine:3.1?”");
        assertThat(check(Rules.allow(patterns), "quay.io/other:3.2"))
                .hasToString("VIOLATED: it matches none of the allowed patterns");
    }

    @Test
    void digestAlgorithmsAreChecked() {
        assertThat(outcome(Rules.digestRequired("sha512", "sha512"), "nginx@sha512"))
                .isEqualTo(Outcome.SATISFIED);
        for (String unknown : List.of("md5", "SHA256", "sha256 ", "")) {
            assertThatThrownBy(() -> Rules.digestRequired("sha256", unknown))
                    .hasMessage("digest algorithm \"" + unknown + "\": expected sha256, sha384 or sha512");
        }
    }

    @Test
    void aTagThatIsMissingBesideADigestIsNotCalledLatest() {
        assertThat(check(Rules.tagAllowed(GlobSet.of("*")), "nginx" + SHA256).message(Locale.ENGLISH))
                .isEqualTo("it has a digest but no tag; write a tag before the digest");
        assertThat(check(Rules.tagRequired(), "nginx").message(Locale.ENGLISH)).contains("means \"latest\"");
    }

    @Test
    void everySentenceIsTranslated() {
        for (Message message : Message.values()) {
            List<String> arguments = List.of("a", "b", "c");
            String english = message.format(Locale.ENGLISH, arguments);
            String chinese = message.format(Locale.SIMPLIFIED_CHINESE, arguments);
            assertThat(chinese.equals(english)).as(message.name()).isEqualTo(message == Message.TEXT);
        }
    }

    @Test
    void whatWasNegatedIsTold() {
        Finding bare = check(Rules.not(image -> Finding.satisfied()), "nginx");
        Finding told = check(Rules.not(YES), "nginx");
        assertThat(bare.message(Locale.ENGLISH)).isNotEmpty().isNotEqualTo(told.message(Locale.ENGLISH));
        assertThat(told.message(Locale.ENGLISH)).contains("evidence");
    }

    @Test
    void aScopeOfExceptionsAloneLeavesThoseOut() {
        Scope scope = Scope.EVERYTHING.withExceptNamespaces(GlobSet.of("kube-*"));
        assertThat(scope.coversNamespace("kube-system")).isFalse();
        assertThat(scope.coversNamespace("kubernetes")).isTrue();
    }
}
