package io.imagegate.rule;

import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import java.util.List;
import java.util.Locale;

/** What is said of the pattern that an image nearly matches. It is looked for when the sentence is read. */
record NearestPattern(PatternSet patterns, ImageReference image) {

    String text(Locale locale) {
        return patterns.nearest(image)
                .map(nearest -> Message.PATTERN_NEAREST.format(locale, List.of(nearest)))
                .orElse("");
    }
}
