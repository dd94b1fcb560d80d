package io.imagegate.rule;

import java.util.Objects;

/** Satisfied if the rule is satisfied or the image has a digest. */
record UnlessDigest(Rule rule) implements Combination {

    UnlessDigest {
        Objects.requireNonNull(rule, "rule");
    }

    @Override
    public Finding check(Candidate image) {
        return image.hasDigest() ? Finding.satisfied() : image.findingOf(rule);
    }
}
