package io.imagegate.rule;

import io.imagegate.reference.PatternSet;
import java.util.Objects;

/** Requires that the image matches none of the patterns. */
record PatternDenied(PatternSet patterns) implements Rule {

    PatternDenied {
        Objects.requireNonNull(patterns, "patterns");
    }

    @Override
    public Finding check(Candidate image) {
        return image.first(patterns)
                .map(pattern -> Finding.violation(Message.PATTERN_DENIED, pattern))
                .or(() -> AddressReading.of(image, patterns))
                .orElseGet(() -> image.needsNamespace(patterns)
                        ? Finding.undecidable(Message.NAMESPACE_UNKNOWN)
                        : Finding.satisfied());
    }
}
