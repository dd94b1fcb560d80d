package io.imagegate.signature;

import io.imagegate.reference.Digest;
import java.util.List;
import java.util.Objects;

/**
 * One signature or attestation that was found in a registry, and what it is worth.
 *
 * @param manifest where it was found
 * @param layer which layer of the manifest it is, from 0 on
 * @param verdicts for each signer, in their order
 * @since 0.1
 */
public record SignatureFinding(Digest manifest, int layer, List<Verdict> verdicts) {

    /**
     * Copies the list.
     *
     * @param manifest where it was found
     * @param layer which layer it is
     * @param verdicts for each signer
     */
    public SignatureFinding {
        Objects.requireNonNull(manifest, "manifest");
        verdicts = List.copyOf(verdicts);
    }
}
