package io.imagegate.rule;

import io.imagegate.reference.GlobSet;

/** Requires that the tag matches none of the globs. */
record TagDenied(GlobSet tags) implements Rule {

    @Override
    public Finding check(Candidate image) {
        return image.reference()
                .effectiveTag()
                .filter(tags::matches)
                .map(tag -> Finding.violation(Message.TAG_DENIED, tag))
                .orElse(Finding.satisfied());
    }
}
