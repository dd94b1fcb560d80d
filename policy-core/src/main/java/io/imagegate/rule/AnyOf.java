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
        boolean unknown = false;
        for (Rule rule : rules) {
            Finding finding = rule.judge(image);
            switch (finding.outcome()) {
                case SATISFIED -> {
                    return finding;
                }
                case VIOLATED, UNDECIDABLE -> {
                    failures.add(finding);
                    unknown |= finding.outcome() == Outcome.UNDECIDABLE;
                }
                case NOT_APPLICABLE -> {
                    // Otherwise an alternative for one namespace would allow images in all others.
                }
            }
        }
        if (failures.isEmpty()) {
            return Finding.notApplicable();
        }
        return unknown
                ? Finding.undecidable(Message.UNKNOWN_ALTERNATIVE, failures)
                : Finding.violation(Message.NO_ALTERNATIVE, failures);
    }

    @Override
    public boolean blocking() {
        return rules.stream().anyMatch(Rule::blocking);
    }
}
