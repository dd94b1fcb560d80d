package io.imagegate.rule;

import io.imagegate.reference.GlobSet;

/** The tag must be none of these. */
record TagDenied(GlobSet tags) implements Rule {

    @Override
    public Finding judge(Candidate image) {
        return image.reference()
                .effectiveTag()
                .filter(tags::matches)
                .map(tag -> Finding.violation(Message.TAG_DENIED, tag))
                .orElse(Finding.satisfied());
    }
}
