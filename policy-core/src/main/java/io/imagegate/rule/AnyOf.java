package io.imagegate.rule;

import java.util.ArrayList;
import java.util.List;

/** At least one rule must be satisfied; one that does not apply to the image does not help it. */
record AnyOf(List<Rule> rules) implements Rule {

    AnyOf {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("anyOf: expected at least one rule, got none");
        }
    }

    @Override
    public Finding judge(Candidate image) {
        List<Finding> violations = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            Finding finding = rule.judge(image);
            switch (finding.outcome()) {
                case SATISFIED -> {
                    return finding;
                }
                case VIOLATED -> violations.add(finding);
                case NOT_APPLICABLE -> {
                    // Else a way for one namespace would be a way for all others.
                }
            }
        }
        return violations.isEmpty() ? Finding.notApplicable() : Finding.violation(Message.NO_ALTERNATIVE, violations);
    }

    @Override
    public boolean blocking() {
        return rules.stream().anyMatch(Rule::blocking);
    }
}
