package io.imagegate.rule;

import java.util.Objects;
import java.util.Optional;

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
        Optional<String> untold = scope.untold(image);
        return untold.isPresent() ? Finding.undecidable(Message.SCOPE_UNKNOWN, untold.get()) : image.findingOf(rule);
    }
}
