package io.imagegate.signer;

import io.imagegate.fact.Need;
import io.imagegate.text.Copies;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asks for signatures of an image by some signers. Statements of other kinds, such as attestations, are no signatures.
 *
 * @param signers the signers, at least one
 * @param annotations keys of the signed annotations to extract
 * @since 0.1
 */
public record SignatureNeed(List<Signer> signers, Set<String> annotations) implements Need<SignatureFacts> {

    /**
     * Copies the lists.
     *
     * @param signers the signers, at least one
     * @param annotations keys of the signed annotations to extract
     * @throws IllegalArgumentException if there is no signer
     */
    public SignatureNeed {
        signers = require(signers);
        annotations = Copies.of(annotations);
    }

    static List<Signer> require(List<Signer> signers) {
        if (signers.isEmpty()) {
            throw new IllegalArgumentException("signers: expected at least one, got none");
        }
        return List.copyOf(signers);
    }

    static String names(List<Signer> signers) {
        return signers.size() == 1
                ? signers.get(0).name()
                : signers.stream().map(Signer::name).collect(Collectors.joining(", "));
    }

    /** {@return the SHA-256 of what is asked for, in hexadecimal; names of signers do not count} */
    public String key() {
        return new ContentHash()
                .add("signatures")
                .addAll(signers.stream().map(Signer::identity).toList())
                .addAll(new TreeSet<>(annotations))
                .hex();
    }

    /** {@return what is asked for, for messages} */
    @Override
    public String toString() {
        return "signatures by " + names(signers);
    }
}
