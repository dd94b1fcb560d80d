package io.imagegate.rule;

import io.imagegate.predicate.PredicateValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The value must match one of these globs. */
record TextMatches(List<ImageGlob> globs) implements ValueCondition {

    TextMatches {
        if (globs.isEmpty()) {
            throw new IllegalArgumentException("expected at least one glob, got none");
        }
        globs = List.copyOf(globs);
    }

    @Override
    public Finding check(PredicateValue value, Candidate image) {
        if (value.kind() == PredicateValue.Kind.TOO_LARGE) {
            return Finding.undecidable(Message.VALUE_TOO_LARGE, value);
        }
        if (globs.stream().anyMatch(glob -> glob.matches(value, image))) {
            return Finding.satisfied();
        }
        Optional<ImageGlob> open =
                globs.stream().filter(glob -> glob.resolve(image).isEmpty()).findFirst();
        return open.isPresent()
                ? Finding.undecidable(Message.VALUE_WITHOUT_PART, value, open.get())
                : Finding.violation(Message.VALUE_MISMATCH, value, expected(image));
    }

    private String expected(Candidate image) {
        return globs.stream().map(glob -> glob.shown(image)).collect(Collectors.joining(", "));
    }
}
