package io.imagegate.rule;

import java.util.List;

/** No rule may be violated; those that do not apply do not count, and where none applies, neither does this. */
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
                    // What does not apply shows nothing.
                }
            }
        }
        return result;
    }

    /** Evidence is that of one rule: it would not show that several are satisfied. */
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
