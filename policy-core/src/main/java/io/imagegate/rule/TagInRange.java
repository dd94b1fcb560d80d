package io.imagegate.rule;

import java.util.Objects;
import java.util.Optional;

/** Requires that the tag is a version in a range. */
record TagInRange(VersionRange range) implements Rule {

    TagInRange {
        Objects.requireNonNull(range, "range");
    }

    @Override
    public Finding judge(Candidate image) {
        Optional<String> tag = image.reference().effectiveTag();
        return tag.isEmpty() ? Finding.undecidable(Message.TAG_ONLY_DIGEST) : judge(tag.get());
    }

    private Finding judge(String tag) {
        return switch (range.place(tag)) {
            case INSIDE -> Finding.satisfied(tag);
            case OUTSIDE -> Finding.violation(Message.TAG_OUT_OF_RANGE, tag, range);
            case PRERELEASE -> Finding.undecidable(Message.TAG_PRERELEASE, tag, range);
            case NO_VERSION -> Finding.undecidable(Message.TAG_NO_VERSION, tag, range);
        };
    }
}
