package io.imagegate.rule;

import java.util.Objects;
import java.util.Optional;

/** The tag must be a version in a range. */
record TagInRange(VersionRange range) implements Rule {

    TagInRange {
        Objects.requireNonNull(range, "range");
    }

    @Override
    public Finding judge(Candidate image) {
        Optional<String> tag = image.reference().effectiveTag();
        if (tag.isEmpty()) {
            return Finding.violation(Message.TAG_ONLY_DIGEST);
        }
        Optional<Boolean> contained = range.contains(tag.get());
        if (contained.isEmpty()) {
            return Finding.violation(Message.TAG_NO_VERSION, tag.get(), range);
        }
        return contained.get()
                ? Finding.satisfied(tag.get())
                : Finding.violation(Message.TAG_OUT_OF_RANGE, tag.get(), range);
    }
}
