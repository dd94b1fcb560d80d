package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Patterns and hosts that a client may read as another address")
class AddressReadingTest {

    private static Finding finding(Rule rule, String image) {
        ImageReview review = ImageReview.of(image);
        return rule.check(
                Candidate.of(ImageReference.parse(image), review.images().get(0), review));
    }

    @ParameterizedTest(name = "{0}: denied {1}, allowed {2}")
    @CsvSource({
        "127.0.0.1:5000/a, VIOLATED, SATISFIED",
        "2130706433:5000/a, UNDECIDABLE, UNDECIDABLE",
        "0x7f.1:5000/a, UNDECIDABLE, UNDECIDABLE",
        "017700000001:5000/a, UNDECIDABLE, UNDECIDABLE",
        "0127.0.0.1:5000/a, UNDECIDABLE, UNDECIDABLE",
        "127.1:5000/a, VIOLATED, SATISFIED",
        "2130706433/a, SATISFIED, VIOLATED",
        "2147483649:5000/a, SATISFIED, VIOLATED",
        "0x7f.1:5000/b, SATISFIED, VIOLATED",
        "ghcr.io/a, SATISFIED, VIOLATED",
    })
    @DisplayName("neither deny nor allow it")
    void unknown(String image, Outcome denied, Outcome allowed) {
        String pattern = "127.*:*/a";
        assertThat(finding(Rules.deny(pattern), image).outcome()).isEqualTo(denied);
        assertThat(finding(Rules.allow(pattern), image).outcome()).isEqualTo(allowed);
    }

    @Test
    @DisplayName("say which address")
    void message() {
        Finding finding = finding(Rules.deny("127.0.0.1:*/**"), "0x7F.1:5000/a");
        assertThat(finding.message(Locale.ENGLISH))
                .isEqualTo(
                        "its registry \"0x7F.1:5000\" may be read as 127.0.0.1:5000, which the pattern \"127.0.0.1:*/**\" matches; write the address with four numbers");
        assertThat(finding.message(Locale.SIMPLIFIED_CHINESE)).contains("0x7F.1:5000", "127.0.0.1:5000");
    }

    private static Coverage coverage(Scope scope, String image) {
        ImageReview review = ImageReview.of(image);
        return scope.coverage(
                Candidate.of(ImageReference.parse(image), review.images().get(0), review));
    }

    @ParameterizedTest(name = "{0}: in images {1}, in exceptImages {2}")
    @CsvSource({
        "127.0.0.1:5000/a, COVERED, NOT_COVERED",
        "2130706433:5000/a, UNKNOWN, UNKNOWN",
        "0x7f.1:5000/a, UNKNOWN, UNKNOWN",
        "2147483649:5000/a, NOT_COVERED, COVERED",
        "0x7f.1:5000/b, NOT_COVERED, COVERED",
        "ghcr.io/a, NOT_COVERED, COVERED",
    })
    @DisplayName("leave it open whether it is in scope")
    void scopes(String image, Coverage images, Coverage exceptImages) {
        PatternSet patterns = PatternSet.of("127.*:*/a");
        assertThat(coverage(Scope.ofImages(patterns), image)).isEqualTo(images);
        assertThat(coverage(Scope.EVERYTHING.withExceptImages(patterns), image)).isEqualTo(exceptImages);
    }

    @Test
    @DisplayName("match it as it is written, too")
    void asWritten() {
        PatternSet written = PatternSet.of("2130706433:5000/**");
        assertThat(coverage(Scope.ofImages(written), "2130706433:5000/a")).isEqualTo(Coverage.COVERED);
        assertThat(coverage(Scope.ofImages(written), "127.0.0.1:5000/a")).isEqualTo(Coverage.NOT_COVERED);
        assertThat(coverage(Scope.EVERYTHING.withExceptImages(PatternSet.of("**/a")), "0x7f.1:5000/a"))
                .isEqualTo(Coverage.NOT_COVERED);
    }

    private static boolean isAllowed(String spec, String image) {
        return new PolicyDocuments()
                .withClock(InstantSource.fixed(Instant.parse("2026-11-28T12:00:00Z")))
                .read("p.yaml", """
                        apiVersion: imagegate.io/v1alpha1
                        kind: ImagePolicy
                        metadata: {name: p}
                        spec: {%s}
                        """.formatted(spec))
                .decide(ImageReview.of(image))
                .allowed();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rules: [{name: r, match: {images: ["127.*:*/**"]}, deny: ["**"]}]                            | the match of a rule
            rules: [{name: r, match: {exceptImages: ["127.*:*/**"]}, tag: {deny: ["1"]}}]                | an exclusion of a rule
            rules: [{name: r, any: [{match: {images: ["127.*:*/**"]}, digest: {required: true}}]}]       | a condition
            rules: [{name: r, not: {match: {images: ["127.*:*/**"]}, tag: {required: true}}}]            | under not
            rules: [{name: r, deny: ["**"]}], exceptions: [{rules: [r], images: ["127.*:*/**"], reason: x, expires: 2027-01-31}] | an exception
            """)
    @DisplayName("relax no policy")
    void policies(String spec, String where) {
        assertThat(isAllowed(spec, "2130706433:5000/x:1")).as(where).isFalse();
        boolean exempt = spec.contains("exception") || spec.contains("exceptImages");
        assertThat(isAllowed(spec, "127.0.0.1:5000/x:1")).as(where).isEqualTo(exempt);
    }

    @Test
    @DisplayName("that a match names are said in the reason")
    void reasonOfMatch() {
        Rule nested = Rules.anyOf(Rules.within(Scope.ofImages(PatternSet.of("127.0.0.1:*/**")), Rules.tagRequired()));
        assertThat(finding(nested, "0x7F.1:5000/a").message(Locale.ENGLISH))
                .contains("its registry \"0x7F.1:5000\" may be read as 127.0.0.1:5000, which the pattern");
        assertThat(finding(nested, "ghcr.io/a").outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
    }
}
