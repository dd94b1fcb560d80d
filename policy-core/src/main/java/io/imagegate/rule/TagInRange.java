package io.imagegate.rule;

import io.imagegate.version.VersionRange;
import java.util.Objects;
import java.util.Optional;

/** Requires that the tag is a version in a range. */
record TagInRange(VersionRange range) implements Rule {

    TagInRange {
        Objects.requireNonNull(range, "range");
    }

    @Override
    public Finding check(Candidate image) {
        Optional<String> tag = image.reference().effectiveTag();
        return tag.isEmpty() ? Finding.undecidable(Message.TAG_ONLY_DIGEST) : check(tag.get());
    }

    private Finding check(String tag) {
        Optional<Boolean> inside = range.contains(tag);
        if (inside.isEmpty()) {
            return Finding.undecidable(Message.TAG_NO_VERSION, tag, range);
        }
        if (inside.get()) {
            return Finding.satisfied(tag);
        }
        return range.leavesOutPrerelease(tag)
                ? Finding.undecidable(Message.TAG_PRERELEASE, tag, range)
                : Finding.violation(Message.TAG_OUT_OF_RANGE, tag, range);
    }
}
