package io.imagegate.rule;

import io.imagegate.fact.ImageMetadata;
import io.imagegate.reference.Digest;
import io.imagegate.text.Copies;
import java.util.Optional;
import java.util.Set;

/** The image, and everything that its index lists, must have other digests than these. */
record ContentDenied(Set<Digest> digests) implements Rule {

    private static final String ALGORITHM = "sha256";

    ContentDenied {
        if (digests.isEmpty()) {
            throw new IllegalArgumentException("denied digests: expected at least one, got none");
        }
        digests = Copies.of(digests);
        digests.forEach(ContentDenied::check);
    }

    private static void check(Digest digest) {
        if (!digest.algorithm().equals(ALGORITHM)) {
            throw new IllegalArgumentException(
                    "denied digest \"" + digest + "\": content is compared by its SHA-256, expected sha256:…");
        }
    }

    @Override
    public Finding check(Candidate image) {
        // What the reference says needs no registry, which may be down.
        Optional<Digest> named = image.reference().digest().filter(digests::contains);
        return named.isPresent()
                ? denied(named.get())
                : Finding.of(image.facts().metadata(), this::check);
    }

    private Finding check(ImageMetadata metadata) {
        Set<Digest> contents = metadata.contents();
        Optional<Digest> denied = contents.stream().filter(digests::contains).findFirst();
        if (denied.isPresent()) {
            return denied(denied.get());
        }
        boolean comparable = !contents.isEmpty()
                && contents.stream().allMatch(digest -> digest.algorithm().equals(ALGORITHM));
        return comparable ? Finding.satisfied() : Finding.undecidable(Message.CONTENT_WITHOUT_SHA256);
    }

    private static Finding denied(Digest digest) {
        return Finding.violation(Message.CONTENT_DENIED, digest);
    }
}
