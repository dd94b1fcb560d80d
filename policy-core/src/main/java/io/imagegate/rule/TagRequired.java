package io.imagegate.rule;

/** A tag must be written. */
record TagRequired() implements Rule {

    @Override
    public Finding judge(Candidate image) {
        return image.reference().tag().isPresent() ? Finding.satisfied() : Finding.violation(Message.TAG_MISSING);
    }
}
