package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ImagePatternTest {

    /** Each line holds an image that a pattern matches beside one that it nearly matches. */
    @ParameterizedTest(name = "{0} matches {1}, not {2}: {3}")
    @CsvFileSource(resources = "pattern-near-misses.csv", delimiter = '|', numLinesToSkip = 1)
    void hitAndNearMiss(String pattern, String hit, String nearMiss, String why) {
        PatternSet alone = PatternSet.of(List.of(ImagePattern.parse(pattern)));
        assertThat(ImagePattern.parse(pattern).matches(image(hit))).as(hit).isTrue();
        assertThat(ImagePattern.parse(pattern).matches(image(nearMiss)))
                .as(nearMiss)
                .isFalse();
        assertThat(alone.matches(image(hit))).as(hit).isTrue();
        assertThat(alone.matches(image(nearMiss))).as(nearMiss).isFalse();
    }

    @Test
    void patternsAreEqualWhenWrittenAlike() {
        ImagePattern pattern = ImagePattern.parse("gcr.io/**");
        assertThat(pattern).isEqualTo(ImagePattern.parse("gcr.io/**")).hasToString("gcr.io/**");
        assertThat(pattern).hasSameHashCodeAs(ImagePattern.parse("gcr.io/**"));
        assertThat(pattern).isNotEqualTo(ImagePattern.parse("gcr.io/*"));
    }

    /** In the file, {@code <a>} and {@code <b>} stand for two digests, too long to read. */
    private static ImageReference image(String text) {
        return ImageReference.parse(
                text.replace("<a>", "sha256:" + "a".repeat(64)).replace("<b>", "sha512:" + "b".repeat(128)));
    }
}
