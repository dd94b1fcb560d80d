package io.imagegate.rule;

import java.util.ArrayList;
import java.util.List;

/** At least one rule must be satisfied or not apply. */
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
            if (!finding.isViolation()) {
                return finding;
            }
            violations.add(finding);
        }
        return Finding.violation(Message.NO_ALTERNATIVE, violations);
    }

    @Override
    public boolean blocking() {
        return rules.stream().anyMatch(Rule::blocking);
    }
}
