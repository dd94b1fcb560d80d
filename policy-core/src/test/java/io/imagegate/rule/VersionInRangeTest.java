package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.version.VersionRange;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Versions as people tag")
class VersionInRangeTest {

    private static final String DIGEST = "@sha256:" + "a".repeat(64);
    private static final List<String> VARIANTS = List.of("", "alpine", "alpine3*", "slim*");

    private static Finding finding(Rule rule, String image) {
        ImageReview review = ImageReview.of(image);
        return rule.check(
                Candidate.of(ImageReference.parse(image), review.images().get(0), review));
    }

    private static Finding finding(String range, boolean partial, List<String> variants, String tag) {
        return finding(Rules.version(VersionRange.parse(range), partial, variants), "nginx" + tag);
    }

    private static String said(String range, boolean partial, List<String> variants, String tag) {
        return finding(range, partial, variants, tag).toString();
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "1.25, >=1.25 <2, SATISFIED",
        "v1.25, >=1.25 <2, SATISFIED",
        "1.25.3, >=1.25 <2, SATISFIED",
        "v1.25.3, >=1.25 <2, SATISFIED",
        "1.25-alpine, >=1.25 <2, SATISFIED",
        "1.25.3-alpine, >=1.25 <2, SATISFIED",
        "1.25.3-alpine3.20, >=1.25 <2, SATISFIED",
        "1.25-slim.bookworm, >=1.25 <2, SATISFIED",
        "1.25-slim-bookworm, >=1.25 <2, SATISFIED",
        "1, 1.x, SATISFIED",
        "1, >=1 <3, SATISFIED",
        "1-alpine, ^1, SATISFIED",
        "1, >=1.0 <1.5 || >=1.5 <2, SATISFIED",
        "1.25, <1.25.4 || >=1.25.4, SATISFIED",
        "1.25.0-rc.1, >=1.25.0-rc.0 <2, SATISFIED",
        "1.25.0-rc.1-alpine, >=1.25.0-rc.0 <2, SATISFIED",
        "1.25, >=1.25.0-rc.1 <2, SATISFIED",
        "1, >=1.25 <2, UNDECIDABLE",
        "1-alpine, >=1.25 <2, UNDECIDABLE",
        "1.25, >=1.25.1 <2, UNDECIDABLE",
        "1.25, <=1.25.3, UNDECIDABLE",
        "1, 1.0.0 || 1.5.x, UNDECIDABLE",
        "1, >=1.0 <1.5 || >=1.5.1 <2, UNDECIDABLE",
        "2, >=1.25 <2, VIOLATED",
        "1.24, >=1.25 <2, VIOLATED",
        "1.24-alpine, >=1.25 <2, VIOLATED",
        "1.24.9-alpine, >=1.25 <2, VIOLATED",
        "2.0.0, >=1.25 <2, VIOLATED",
        "0.9.0-rc.1, >=1.25 <2, VIOLATED",
        "1.26.0-rc.1, >=1.25 <2, UNDECIDABLE",
        "1.26.0-beta, >=1.25 <2, UNDECIDABLE",
        "1.26.0-rc.1-alpine, >=1.25 <2, UNDECIDABLE",
        "1.26-slim.rc1, >=1.25 <2, UNDECIDABLE",
        "1.26.0-slim_beta.2, >=1.25 <2, UNDECIDABLE",
        "1.26-rc1, >=1.25 <2, UNDECIDABLE",
        "1.26rc1, >=1.25 <2, UNDECIDABLE",
        "1.25.3-bullseye, >=1.25 <2, UNDECIDABLE",
        "1.25-bullseye, >=1.25 <2, UNDECIDABLE",
        "1.25.0-bullseye, >=1.25.0, UNDECIDABLE",
        "1.24.0-bullseye, >=1.25.0, VIOLATED",
        "2.5.0-bullseye, <2, VIOLATED",
        "1.25.3-alpine-perl, >=1.25 <2, UNDECIDABLE",
        "1.25.3-, >=1.25 <2, UNDECIDABLE",
        "alpine, >=1.25 <2, UNDECIDABLE",
        "latest, >=1.25 <2, UNDECIDABLE",
        "1.x, >=1 <2, UNDECIDABLE",
        "1.05, >=1.5 <2, UNDECIDABLE",
        "1.25.3.1, >=1.25 <2, UNDECIDABLE",
        "1.25.3_1, >=1.25 <2, UNDECIDABLE",
    })
    @DisplayName("partial, with the variants \"\", alpine, alpine3* and slim*")
    void examples(String tag, String range, Outcome expected) {
        Finding finding = finding(range, true, VARIANTS, ":" + tag);
        assertThat(finding.outcome()).as(finding.toString()).isEqualTo(expected);
        assertThat(finding.message(Locale.SIMPLIFIED_CHINESE)).contains(tag);
    }

    @Test
    @DisplayName("a variant that names a prerelease stands for itself, and does not let a wildcard stand for others")
    void prereleaseAmongVariants() {
        List<String> variants = List.of("*", "rc");
        assertThat(finding(">=1.25 <2", true, variants, ":1.26.0-rc").outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(finding(">=1.25 <2", true, variants, ":1.26.0-rc.1").outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
    }

    @Test
    @DisplayName("a tag is out of the range for one reason, which is said")
    void reasons() {
        String range = ">=1.25 <2";
        assertThat(said(range, true, VARIANTS, ":1.26.0-01"))
                .isEqualTo(said(range, true, VARIANTS, ":1.26.0-bullseye").replace("bullseye", "01"));
        assertThat(said(range, true, VARIANTS, ":x-y"))
                .isEqualTo(said(range, true, VARIANTS, ":latest").replace("latest", "x-y"));
        assertThat(said(range, true, VARIANTS, ":1"))
                .isEqualTo(
                        "UNDECIDABLE: the tag \"1\" stands for all versions that begin with 1, and not all of these are in the range >=1.25 <2");
        assertThat(said(range, true, VARIANTS, ":2-alpine"))
                .isEqualTo(
                        "VIOLATED: the tag \"2-alpine\" stands for all versions that begin with 2, and none of these is in the range >=1.25 <2");
        assertThat(said(range, false, VARIANTS, ":1.25"))
                .isEqualTo(
                        "UNDECIDABLE: the tag \"1.25\" has only the first numbers of a version, so it can stand for several; expected a version such as 1.2.3");
        assertThat(said(range, true, VARIANTS, ":1.24.0-alpine"))
                .isEqualTo(
                        "VIOLATED: the tag \"1.24.0-alpine\" has the version 1.24.0, which is not in the range >=1.25 <2");
        assertThat(said(range, true, VARIANTS, ":1.26.0-rc.1"))
                .isEqualTo(
                        "UNDECIDABLE: the tag \"1.26.0-rc.1\" is a prerelease, and the range >=1.25 <2 names no prerelease of that version");
        assertThat(said(range, true, VARIANTS, ":1.26.0-bullseye"))
                .isEqualTo(
                        "UNDECIDABLE: the tag \"1.26.0-bullseye\" has \"bullseye\" after the version 1.26.0, which is none of the variants \"\", alpine, alpine3*, slim*; so it is a prerelease, which is not in the range >=1.25 <2");
        assertThat(said(range, true, List.of("alpine"), ":1.26"))
                .isEqualTo("VIOLATED: the tag \"1.26\" has no variant; expected one of the variants alpine");
        assertThat(said(range, true, VARIANTS, ""))
                .isEqualTo(
                        "UNDECIDABLE: the tag \"latest\" is not a version such as 1.2.3, so it cannot be compared with the range >=1.25 <2");
        assertThat(said(range, true, VARIANTS, DIGEST))
                .isEqualTo("UNDECIDABLE: it has a digest but no tag; write a tag before the digest");
    }

    @Test
    @DisplayName("a tag beside a digest is compared")
    void besideADigest() {
        assertThat(finding(">=1.25 <2", true, VARIANTS, ":1.25-alpine" + DIGEST).outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(finding(">=1.25 <2", true, VARIANTS, ":1.24-alpine" + DIGEST).outcome())
                .isEqualTo(Outcome.VIOLATED);
    }

    @ParameterizedTest(name = "{0} with the variant {1}: {2}")
    @CsvSource({
        "1.26.0-alpine, *, SATISFIED",
        "1.26.0, *, VIOLATED",
        "1.26.0-rc.1, *, UNDECIDABLE",
        "1.26.0-RC1, *, UNDECIDABLE",
        "1.26.0-rc.1, r*, UNDECIDABLE",
        "1.26.0-rc.1, rc*, SATISFIED",
        "1.26.0-rc.1-alpine, *, UNDECIDABLE",
        "1.26.0-alpine-rc.1, alpine*, UNDECIDABLE",
        "1.26.0-rc.1-alpine, rc*alpine, SATISFIED",
        "1.26.0-0.20261128, *, UNDECIDABLE",
        "1.26.0-1, ?, UNDECIDABLE",
        "1.26.0-1, 1, SATISFIED",
        "1.26.0-debian-12-r0, *, SATISFIED",
        "1.26.0-debian-12-r0, r0, UNDECIDABLE",
        "1.26.0-dev, *, UNDECIDABLE",
        "1.26.0-dev, dev, SATISFIED",
        "1.26.0-devel, *, SATISFIED",
        "1.25-rc, *, UNDECIDABLE",
    })
    @DisplayName("wildcards do not stand for what makes a prerelease")
    void wildcards(String tag, String variant, Outcome expected) {
        Finding finding = finding(">=1.25 <2", true, List.of(variant), ":" + tag);
        assertThat(finding.outcome()).as(finding.toString()).isEqualTo(expected);
    }

    @Property
    @Label("without partial and variants, a tag satisfies it if it satisfies semver")
    void isSemver(@ForAll("tags") String tag, @ForAll("ranges") String range) {
        VersionRange in = VersionRange.parse(range);
        Outcome semver = finding(Rules.tagInRange(in), "nginx:" + tag).outcome();
        Outcome version =
                finding(Rules.version(in, false, List.of()), "nginx:" + tag).outcome();
        assertThat(version == Outcome.SATISFIED).isEqualTo(semver == Outcome.SATISFIED);
        if (version == Outcome.VIOLATED) {
            assertThat(semver).isEqualTo(Outcome.VIOLATED);
        }
    }

    @Property
    @Label("a version is in the range with a listed variant if it is without one")
    void variantsDoNotChangeTheVersion(
            @ForAll("tags") String tag, @ForAll("ranges") String range, @ForAll boolean partial) {
        assertThat(finding(range, partial, List.of("bookworm"), ":" + tag + "-bookworm")
                        .outcome())
                .isEqualTo(finding(range, partial, List.of(""), ":" + tag).outcome());
    }

    @Property
    @Label("a partial tag is in the range only if every release that begins so is, and out of it only if none is")
    void partialStandsForAll(@ForAll("partial") String tag, @ForAll("ranges") String range) {
        VersionRange in = VersionRange.parse(range);
        Outcome outcome = finding(range, true, List.of(), ":" + tag).outcome();
        List<Boolean> releases = releases(tag).stream()
                .map(release -> in.contains(release).orElseThrow())
                .toList();
        assertThat(outcome)
                .isEqualTo(
                        !releases.contains(false)
                                ? Outcome.SATISFIED
                                : releases.contains(true) ? Outcome.UNDECIDABLE : Outcome.VIOLATED);
    }

    /** Numbers of the ranges, and beyond each. */
    private static List<String> releases(String tag) {
        List<Integer> numbers = List.of(0, 1, 2, 3, 4, 5, 99);
        return tag.contains(".")
                ? numbers.stream().map(patch -> tag + "." + patch).toList()
                : numbers.stream()
                        .flatMap(minor -> numbers.stream().map(patch -> tag + "." + minor + "." + patch))
                        .toList();
    }

    @Provide
    Arbitrary<String> partial() {
        Arbitrary<String> number = Arbitraries.of("0", "1", "2", "3");
        return Arbitraries.oneOf(number, Combinators.combine(number, number).as((major, minor) -> major + "." + minor));
    }

    @Provide
    Arbitrary<String> tags() {
        Arbitrary<String> number = Arbitraries.of("0", "1", "2", "3", "x", "01");
        Arbitrary<String> suffix =
                Arbitraries.of("", "", "-alpine", "-slim-a", "-rc.1", "-rc.1-alpine", "-0", "-1-alpine", "-", "_1");
        return Combinators.combine(
                        Arbitraries.of("", "v"), number.list().ofMinSize(1).ofMaxSize(4), suffix)
                .as((v, numbers, end) -> v + String.join(".", numbers) + end);
    }

    @Provide
    Arbitrary<String> ranges() {
        Arbitrary<String> number = Arbitraries.of("0", "1", "2", "3");
        Arbitrary<String> version = Combinators.combine(
                        number.list().ofMinSize(1).ofMaxSize(3), Arbitraries.of("", "", "-rc.1", "-0"))
                .as((numbers, end) -> String.join(".", numbers) + (numbers.size() == 3 ? end : ""));
        Arbitrary<String> bound = Combinators.combine(Arbitraries.of("", ">=", "<", ">", "<=", "^", "~"), version)
                .as((operator, text) -> operator + text);
        Arbitrary<String> part = bound.list().ofMinSize(1).ofMaxSize(2).map(bounds -> String.join(" ", bounds));
        return part.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join(" || ", parts));
    }
}
