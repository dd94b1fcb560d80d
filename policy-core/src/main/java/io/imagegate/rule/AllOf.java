package io.imagegate.rule;

import java.util.List;

/** Every rule must be satisfied or not apply. */
record AllOf(List<Rule> rules) implements Rule {

    AllOf {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("allOf: expected at least one rule, got none");
        }
    }

    @Override
    public Finding judge(Candidate image) {
        Finding last = Finding.satisfied();
        for (Rule rule : rules) {
            Finding finding = rule.judge(image);
            if (finding.isViolation()) {
                return finding;
            }
            last = finding;
        }
        return rules.size() == 1 ? last : Finding.satisfied();
    }

    @Override
    public boolean blocking() {
        return rules.stream().anyMatch(Rule::blocking);
    }
}
