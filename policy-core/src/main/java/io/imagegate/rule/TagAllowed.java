package io.imagegate.rule;

import io.imagegate.reference.GlobSet;
import java.util.Optional;

/** Requires that the tag matches one of the globs. */
record TagAllowed(GlobSet tags) implements Rule {

    @Override
    public Finding check(Candidate image) {
        Optional<String> tag = image.reference().effectiveTag();
        if (tag.isEmpty()) {
            return Finding.undecidable(Message.TAG_ONLY_DIGEST);
        }
        return tags.matches(tag.get())
                ? Finding.satisfied(tag.get())
                : Finding.violation(Message.TAG_NOT_ALLOWED, tag.get(), tags);
    }
}
