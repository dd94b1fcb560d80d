package io.imagegate.signature.format;

import io.imagegate.signature.x509.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * With what a signature says it was made: a certificate, or a key that it does not contain.
 *
 * @param leaf the certificate; empty for a key
 * @param others further certificates, which prove nothing by themselves
 * @param keyless why this is no form of keyless signatures; empty if it is one
 * @param hint names a key, for people; it decides nothing
 */
public record Material(Optional<Certificate> leaf, List<Certificate> others, String keyless, String hint) {

    /** {@return all certificates, that of the signer first} */
    public List<Certificate> chain() {
        return Stream.concat(leaf.stream(), others.stream()).toList();
    }

    public static Material key(String hint) {
        return new Material(Optional.empty(), List.of(), "", hint);
    }

    public static Material of(List<Certificate> chain, String keyless) {
        return new Material(Optional.of(chain.get(0)), chain.subList(1, chain.size()), keyless, "");
    }
}
