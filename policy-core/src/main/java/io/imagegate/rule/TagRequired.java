package io.imagegate.rule;

/** A tag must be written. */
record TagRequired() implements Rule {

    @Override
    public Finding judge(Candidate image) {
        if (image.reference().tag().isPresent()) {
            return Finding.satisfied();
        }
        boolean pinned = image.reference().digest().isPresent();
        return Finding.violation(pinned ? Message.TAG_ONLY_DIGEST : Message.TAG_MISSING);
    }
}
