package io.imagegate.rule;

import java.util.Locale;
import java.util.Objects;

/** Satisfied if the rule is violated. An unknown outcome stays unknown. */
record Not(Rule rule) implements Combination {

    Not {
        Objects.requireNonNull(rule, "rule");
    }

    @Override
    public Finding check(Candidate image) {
        Finding finding = image.findingOf(rule);
        return switch (finding.outcome()) {
            case VIOLATED -> Finding.satisfied(finding);
            case NOT_APPLICABLE, UNDECIDABLE, UNAVAILABLE, PENDING -> finding;
            case SATISFIED ->
                finding.message(Locale.ENGLISH).isEmpty()
                        ? Finding.violation(Message.NEGATED)
                        : Finding.violation(Message.NEGATED_BECAUSE, finding);
        };
    }
}
