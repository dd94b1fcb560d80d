package io.imagegate.rule;

import java.util.Objects;

/** Applies a rule only to the images of a scope. */
record Scoped(Scope scope, Rule rule) implements Combination {

    Scoped {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(rule, "rule");
    }

    @Override
    public Finding check(Candidate image) {
        return switch (scope.coverage(image)) {
            case NOT_COVERED -> Finding.notApplicable();
            case UNKNOWN -> scope.unknown(image).orElseThrow();
            case COVERED -> image.findingOf(rule);
        };
    }
}
