package io.imagegate.rule;

import java.util.List;

/** Satisfied if every rule that applies is satisfied. Does not apply if no rule applies. */
record AllOf(List<Rule> rules) implements Rule {

    AllOf {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("allOf: expected at least one rule, got none");
        }
    }

    @Override
    public Finding judge(Candidate image) {
        Finding result = Finding.notApplicable();
        for (Rule rule : rules) {
            Finding finding = rule.judge(image);
            switch (finding.outcome()) {
                case VIOLATED -> {
                    return finding;
                }
                case UNDECIDABLE -> result = result.outcome() == Outcome.UNDECIDABLE ? result : finding;
                case SATISFIED -> result = and(result, finding);
                case NOT_APPLICABLE -> {
                    // A rule that does not apply has no evidence.
                }
            }
        }
        return result;
    }

    /** The evidence of one rule does not show that several are satisfied. */
    private static Finding and(Finding before, Finding satisfied) {
        return switch (before.outcome()) {
            case NOT_APPLICABLE -> satisfied;
            case SATISFIED -> Finding.satisfied();
            case VIOLATED, UNDECIDABLE -> before;
        };
    }

    @Override
    public boolean blocking() {
        return rules.stream().anyMatch(Rule::blocking);
    }
}
