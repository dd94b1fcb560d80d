package io.imagegate.rule;

/** A tag or a digest must be written. */
record TagRequired() implements Rule {

    @Override
    public Finding judge(Candidate image) {
        boolean written = image.reference().hasTag() || image.reference().hasDigest();
        return written ? Finding.satisfied() : Finding.violation(Message.TAG_MISSING);
    }
}
