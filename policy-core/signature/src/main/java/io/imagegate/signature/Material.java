package io.imagegate.signature;

import java.util.List;
import java.util.Optional;

/**
 * With what a signature says it was made: a certificate, or a key that it does not contain.
 *
 * @param leaf the certificate; empty for a key
 * @param others further certificates, which prove nothing by themselves
 * @param keyless why this is no form of keyless signatures; empty if it is one
 */
record Material(Optional<Certificate> leaf, List<Certificate> others, String keyless) {

    static final Material KEY = new Material(Optional.empty(), List.of(), "");

    static Material of(List<Certificate> chain, String keyless) {
        return new Material(Optional.of(chain.get(0)), chain.subList(1, chain.size()), keyless);
    }
}
