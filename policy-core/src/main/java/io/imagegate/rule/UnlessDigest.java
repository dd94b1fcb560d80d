package io.imagegate.rule;

import java.util.Objects;

/** The rule, for images without a digest alone. */
record UnlessDigest(Rule rule) implements Rule {

    UnlessDigest {
        Objects.requireNonNull(rule, "rule");
    }

    @Override
    public Finding judge(Candidate image) {
        return image.reference().hasDigest() ? Finding.notApplicable() : rule.judge(image);
    }

    @Override
    public boolean blocking() {
        return rule.blocking();
    }
}
