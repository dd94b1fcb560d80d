package io.imagegate.rule;

/** Requires a tag or a digest. */
record TagRequired() implements Rule {

    @Override
    public Finding check(Candidate image) {
        boolean written = image.reference().hasTag() || image.hasDigest();
        return written ? Finding.satisfied() : Finding.violation(Message.TAG_MISSING);
    }
}
