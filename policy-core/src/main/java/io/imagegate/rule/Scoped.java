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
        if (!scope.covers(image)) {
            return Finding.notApplicable();
        }
        return image.namespace().isEmpty() && scope.dependsOnNamespace()
                ? Finding.undecidable(Message.NAMESPACE_UNKNOWN)
                : image.findingOf(rule);
    }
}
