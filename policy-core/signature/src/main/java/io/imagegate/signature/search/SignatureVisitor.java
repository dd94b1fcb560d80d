package io.imagegate.signature.search;

/**
 * Takes what a search finds, one after another. What it does not keep can be collected: attestations have megabytes. Of equal
 * layers the later ones may be left out.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SignatureVisitor {

    /**
     * Takes one signature or attestation.
     *
     * @param finding what was found
     * @return whether the search goes on
     */
    boolean visit(SignatureFinding finding);
}
