package io.imagegate.rule;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import java.util.Optional;

/** The digest for which signatures and attestations of an image count: never that of its parent or child. */
final class SignedDigest {

    private SignedDigest() {}

    static Fact<Digest> of(Candidate image) {
        Optional<Digest> written = image.reference().digest();
        return written.isPresent() ? Fact.known(written.get()) : image.facts().digest();
    }
}
