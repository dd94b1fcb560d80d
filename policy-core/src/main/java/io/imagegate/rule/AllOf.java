package io.imagegate.rule;

import java.util.List;

/** Satisfied if every rule that applies is satisfied. Does not apply if no rule applies. */
record AllOf(List<Rule> rules) implements Combination {

    AllOf {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("allOf: expected at least one rule, got none");
        }
    }

    @Override
    public Finding check(Candidate image) {
        Finding result = Finding.notApplicable();
        for (Rule rule : rules) {
            Finding finding = image.findingOf(rule);
            if (finding.outcome() == Outcome.VIOLATED) {
                return finding;
            }
            result = and(result, finding);
        }
        return result;
    }

    private static Finding and(Finding before, Finding next) {
        if (before.outcome() == Outcome.SATISFIED && next.outcome() == Outcome.SATISFIED) {
            return Finding.bothSatisfied(before, next);
        }
        return next.outcome().rank() > before.outcome().rank() ? next : before;
    }
}
