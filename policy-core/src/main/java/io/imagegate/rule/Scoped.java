package io.imagegate.rule;

import java.util.Objects;

/** The rule, for the images of a scope alone. */
record Scoped(Scope scope, Rule rule) implements Rule {

    Scoped {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(rule, "rule");
    }

    @Override
    public Finding judge(Candidate image) {
        return scope.covers(image) ? rule.judge(image) : Finding.notApplicable();
    }

    @Override
    public boolean blocking() {
        return rule.blocking();
    }
}
