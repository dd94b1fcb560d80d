package io.imagegate.rule;

import java.util.ArrayList;
import java.util.List;

/** Satisfied if at least one rule is satisfied. Does not apply if no rule applies. */
record AnyOf(List<Rule> rules) implements Combination {

    AnyOf {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("anyOf: expected at least one rule, got none");
        }
    }

    @Override
    public Finding check(Candidate image) {
        List<Finding> failures = new ArrayList<>(rules.size());
        Outcome highest = Outcome.VIOLATED;
        for (Rule rule : rules) {
            Finding finding = image.findingOf(rule);
            switch (finding.outcome()) {
                case SATISFIED -> {
                    return finding;
                }
                case NOT_APPLICABLE -> {
                    // Otherwise an alternative for one namespace would allow images in all others.
                }
                case VIOLATED, UNDECIDABLE, UNAVAILABLE, PENDING -> {
                    failures.add(finding);
                    if (finding.outcome().rank() > highest.rank()) {
                        highest = finding.outcome();
                    }
                }
            }
        }
        return failures.isEmpty() ? Finding.notApplicable() : none(highest, failures);
    }

    private static Finding none(Outcome highest, List<Finding> failures) {
        return switch (highest) {
            case PENDING -> Finding.pending();
            case UNDECIDABLE -> Finding.undecidable(Message.UNKNOWN_ALTERNATIVE, failures);
            case UNAVAILABLE -> Finding.unavailable(Message.UNKNOWN_ALTERNATIVE, failures);
            default -> Finding.violation(Message.NO_ALTERNATIVE, failures);
        };
    }
}
