package io.imagegate.rule;

import io.imagegate.predicate.PredicateValue;

/** The value must be a list with an element that matches a glob. */
record ListHas(ImageGlob glob) implements ValueCondition {

    @Override
    public Finding check(PredicateValue value, Candidate image) {
        if (value.kind() == PredicateValue.Kind.TOO_LARGE) {
            return Finding.undecidable(Message.VALUE_TOO_LARGE, value);
        }
        if (value.elements().stream().anyMatch(element -> glob.matches(element, image))) {
            return Finding.satisfied();
        }
        return glob.resolve(image).isEmpty()
                ? Finding.undecidable(Message.VALUE_WITHOUT_PART, value, glob)
                : Finding.violation(Message.VALUE_LACKS, value, glob.shown(image));
    }
}
