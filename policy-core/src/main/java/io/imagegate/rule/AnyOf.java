package io.imagegate.rule;

import java.util.ArrayList;
import java.util.List;

/** Satisfied if at least one rule is satisfied. Does not apply if no rule applies. */
record AnyOf(List<Rule> rules) implements Rule {

    AnyOf {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("anyOf: expected at least one rule, got none");
        }
    }

    @Override
    public Finding judge(Candidate image) {
        List<Finding> failures = new ArrayList<>(rules.size());
        Outcome unknown = Outcome.VIOLATED;
        for (Rule rule : rules) {
            Finding finding = rule.judge(image);
            switch (finding.outcome()) {
                case SATISFIED -> {
                    return finding;
                }
                case NOT_APPLICABLE -> {
                    // Otherwise an alternative for one namespace would allow images in all others.
                }
                case VIOLATED, UNDECIDABLE, UNAVAILABLE, PENDING -> {
                    failures.add(finding);
                    unknown = openest(unknown, finding.outcome());
                }
            }
        }
        return failures.isEmpty() ? Finding.notApplicable() : none(unknown, failures);
    }

    private static Finding none(Outcome unknown, List<Finding> failures) {
        return switch (unknown) {
            case PENDING -> Finding.pending();
            case UNDECIDABLE -> Finding.undecidable(Message.UNKNOWN_ALTERNATIVE, failures);
            case UNAVAILABLE -> Finding.unavailable(Message.UNKNOWN_ALTERNATIVE, failures);
            default -> Finding.violation(Message.NO_ALTERNATIVE, failures);
        };
    }

    /** As long as a fact may still come, nothing unknown is final; of what stays unknown, undecidable comes first. */
    private static Outcome openest(Outcome one, Outcome other) {
        return other == Outcome.PENDING
                        || one == Outcome.VIOLATED
                        || (one == Outcome.UNAVAILABLE && other == Outcome.UNDECIDABLE)
                ? other
                : one;
    }
}
