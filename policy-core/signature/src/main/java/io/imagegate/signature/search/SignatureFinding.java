package io.imagegate.signature.search;

import io.imagegate.reference.Digest;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.StoredSignature;
import io.imagegate.signature.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One signature or attestation that was found in a registry, and what it is worth.
 *
 * @param manifest where it was found
 * @param layer which layer of the manifest it is, from 0 on
 * @param verdicts for each signer, in their order
 * @param signature what was found; empty if it was not read, because the manifest is not as it was listed
 * @param artifact what it must be about
 * @since 0.1
 */
public record SignatureFinding(
        Digest manifest, int layer, List<Verdict> verdicts, Optional<StoredSignature> signature, Artifact artifact) {

    /**
     * Copies the list.
     *
     * @param manifest where it was found
     * @param layer which layer it is
     * @param verdicts for each signer
     * @param signature what was found
     * @param artifact what it must be about
     */
    public SignatureFinding {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(artifact, "artifact");
        verdicts = List.copyOf(verdicts);
    }
}
