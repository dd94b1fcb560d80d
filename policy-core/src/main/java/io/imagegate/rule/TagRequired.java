package io.imagegate.rule;

/** A tag must be written. */
record TagRequired() implements Rule {

    @Override
    public Finding judge(Candidate image) {
        if (image.reference().hasTag()) {
            return Finding.satisfied();
        }
        boolean pinned = image.reference().hasDigest();
        return Finding.violation(pinned ? Message.TAG_ONLY_DIGEST : Message.TAG_MISSING);
    }
}
