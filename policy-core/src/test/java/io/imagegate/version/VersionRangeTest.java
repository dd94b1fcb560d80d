package io.imagegate.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VersionRangeTest {

    private static List<String> vectors() {
        try {
            return Files.readAllLines(
                    Path.of(Objects.requireNonNull(VersionRangeTest.class.getResource("version-ranges.tsv"))
                            .toURI()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> ranges() {
        List<String> lines = vectors();
        List<String> versions = List.of(lines.get(1).split("\t", -1)[1].split(" "));
        return lines.stream()
                .skip(2)
                .map(line -> line.split("\t", -1))
                .map(row -> Arguments.of(row[0], row[1], versions));
    }

    @ParameterizedTest(name = "\"{0}\" holds {1}")
    @MethodSource("ranges")
    void holdsWhatNpmFindsInIt(String range, String expected, List<String> versions) {
        VersionRange parsed = VersionRange.parse(range.strip());
        assertThat(versions.stream().filter(v -> parsed.contains(v).orElse(false)))
                .containsExactlyElementsOf(Arrays.stream(expected.split(" "))
                        .filter(v -> !v.isEmpty())
                        .toList());
    }

    @ParameterizedTest(name = "{0}: a version: {1}")
    @CsvSource({
        "1.2.3, true",
        "v1.2.3-rc.1, true",
        "1.2.3-0, true",
        "1.2.3-00a, true",
        "1.2.3-azAZ-09, true",
        "1.2.3-a_z, false",
        "1.2.3-a@z, false",
        "1.2.3-a[z, false",
        "1.2.3-a`z, false",
        "1.2.3-a{z, false",
        "1.2, false",
        "1.2.x, false",
        "1.2.3.4, false",
        "01.2.3, false",
        "1.2.3-01, false",
        "1.2.3-, false",
        "V1.2.3, false",
        "vv1.2.3, false",
        "latest, false",
        "9007199254740992.0.0, false",
    })
    void onlyFullVersionsAreVersions(String text, boolean version) {
        assertThat(VersionRange.parse("*").contains(text).isPresent()).isEqualTo(version);
    }

    @ParameterizedTest(name = "\"{0}\": {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "``# version range \"\": at the end: expected a number or x for any",
                "latest# version range \"latest\": character 1 'l': expected a number or x for any",
                "># version range \">\": at the end: expected a number or x for any",
                "1..2# version range \"1..2\": character 3 '.': expected a number or x for any",
                "==1# version range \"==1\": character 2 '=': expected a number or x for any",
                "1.2.3 ||# version range \"1.2.3 ||\": at the end: expected a number or x for any",
                "1.2.3.4# version range \"1.2.3.4\": character 6 '.': expected a space and another version or ||",
                ">=1<2# version range \">=1<2\": character 4 '<': expected a space and another version or ||",
                "1.x.x.x# version range \"1.x.x.x\": character 6 '.': expected a space and another version or ||",
                "1.2-rc# version range \"1.2-rc\": character 4 '-': expected a space and another version or ||",
                "1.2.3 - 2 <3# version range \"1.2.3 - 2 <3\": character 11 '<': expected a space and another version or ||",
                "1.x.3# version range \"1.x.3\": character 5 '3': expected x because the number before it is x, too",
                "^1.02# version range \"^1.02\": character 4 '0': expected a number without a leading zero",
                "1.2.3-a.01# version range \"1.2.3-a.01\": character 9 '0': expected a number without a leading zero",
                "1.2.3-# version range \"1.2.3-\": at the end: expected letters, digits or '-'",
                "\u22651# version range \"\\u22651\": character 1 '\\u2265': expected a number or x for any",
                "9007199254740992# version range \"9007199254740992\": character 1 '9': expected a number of at most 9007199254740991",
            })
    void saysWhereARangeIsWrong(String range, String message) {
        assertThatThrownBy(() -> VersionRange.parse(range))
                .isInstanceOf(VersionRangeSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void theOffsetCountsFromZero() {
        assertThatThrownBy(() -> VersionRange.parse("1..2"))
                .isInstanceOfSatisfying(
                        VersionRangeSyntaxException.class,
                        e -> assertThat(e.offset()).isEqualTo(2));
    }

    @Test
    void longTextIsRefusedBeforeItIsRead() {
        assertThat(VersionRange.parse("1 " + " ".repeat(509) + "1")).isNotNull();
        assertThatThrownBy(() -> VersionRange.parse("1".repeat(1_000_000)))
                .hasMessageEndingWith("... (1000000 characters): character 513 '1': expected at most 512 characters");
        assertThat(VersionRange.parse("*").contains("1".repeat(1_000_000))).isEmpty();
    }

    @Property
    void anyTextIsARangeOrSaysWhereItIsNot(
            @ForAll
                    @StringLength(max = 30)
                    @Chars({'x', '*', '.', '-', '|', ' ', '<', '>', '=', '^', '~', 'v', '+'})
                    @CharRange(from = '0', to = '3')
                    String text) {
        try {
            assertThat(VersionRange.parse(text)).hasToString(text);
        } catch (VersionRangeSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "app:2.3.0 | SATISFIED: 2.3.0",
                "app:v3.9.9 | SATISFIED: v3.9.9",
                "app:2.2.9 | VIOLATED: the tag \"2.2.9\" is not in the range >=2.3 <4",
                "app:4.0.0 | VIOLATED: the tag \"4.0.0\" is not in the range >=2.3 <4",
                "app:3.0.0-rc.1 | UNDECIDABLE: the tag \"3.0.0-rc.1\" is a prerelease, and the range >=2.3 <4 names no prerelease of that version",
                "app:3 | UNDECIDABLE: the tag \"3\" is not a version such as 1.2.3, so it cannot be compared with the range >=2.3 <4",
                "app | UNDECIDABLE: the tag \"latest\" is not a version such as 1.2.3, so it cannot be compared with the range >=2.3 <4",
                "app@ | UNDECIDABLE: it has a digest but no tag; write a tag before the digest",
                "app:2.3.1@ | SATISFIED: 2.3.1",
            })
    void theRuleSaysWhy(String image, String finding) {
        Rule rule = Rules.tagInRange(VersionRange.parse(">=2.3 <4"));
        assertThat(check(rule, image)).hasToString(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "2.3.1-rc.1, true",
        "3.0.0-rc.1, true",
        "4.0.0-rc.1, false",
        "2.3.0-rc.1, false",
        "2.3.0-alpha, false",
        "4.0.1-rc.1, false",
        "3.0.0, false",
        "4.0.0, false",
        "3, false"
    })
    void leavesOutPrereleasesOfVersionsThatItDoesNotName(String version, boolean leftOut) {
        assertThat(VersionRange.parse(">=2.3.0-beta <4").leavesOutPrerelease(version))
                .isEqualTo(leftOut);
    }

    @Test
    void theRuleSpeaksChinese() {
        Rule rule = Rules.tagInRange(VersionRange.parse("^1"));
        assertThat(check(rule, "app:2.0.0").message(Locale.SIMPLIFIED_CHINESE)).isEqualTo("标签“2.0.0”不在版本范围 ^1 内");
        assertThat(check(rule, "app:2").message(Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("标签“2”不是形如 1.2.3 的版本号,因此无法与版本范围 ^1 比较");
    }

    private static Finding check(Rule rule, String image) {
        String text = image.replace("@", "@sha256:" + "a".repeat(64));
        ImageReview review = ImageReview.of(text).inNamespace("default");
        return rule.check(
                Candidate.of(ImageReference.parse(text), review.images().get(0), review));
    }

    @Test
    void rangesAreEqualWhenWrittenAlike() {
        assertThat(VersionRange.parse(">=1.2"))
                .isEqualTo(VersionRange.parse(">=1.2"))
                .hasSameHashCodeAs(VersionRange.parse(">=1.2"))
                .isNotEqualTo(VersionRange.parse(">=1.2.0"));
    }
}
