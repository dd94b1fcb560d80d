package io.imagegate.rule;

import io.imagegate.reference.PatternSet;
import java.util.Objects;

/** Requires that the image matches one of the patterns. */
record PatternAllowed(PatternSet patterns) implements Rule {

    PatternAllowed {
        Objects.requireNonNull(patterns, "patterns");
    }

    @Override
    public Finding check(Candidate image) {
        return image.first(patterns)
                .map(Finding::satisfied)
                .or(() -> AddressReading.of(image, patterns))
                .orElseGet(() -> image.needsNamespace(patterns)
                        ? Finding.undecidable(Message.NAMESPACE_UNKNOWN)
                        : Finding.violation(
                                Message.PATTERN_NOT_ALLOWED, new NearestPattern(patterns, image.reference())));
    }
}
