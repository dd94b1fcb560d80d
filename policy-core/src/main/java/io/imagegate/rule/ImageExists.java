package io.imagegate.rule;

/** The registry must have the image. */
record ImageExists() implements Rule {

    @Override
    public Finding check(Candidate image) {
        return Finding.of(image.facts().digest(), Finding::satisfied);
    }
}
