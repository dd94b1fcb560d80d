package io.imagegate.registry.oci;

import io.imagegate.fact.Fact;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The manifests that refer to an image: signatures, attestations and other artifacts. Immutable.
 *
 * <p>They are what the registry lists, each once. Whether a manifest has this image as its subject is known only from the
 * manifest itself; the {@link Descriptor#artifactType() artifact type} of a descriptor decides nothing.
 *
 * @param manifests the manifests, at least one
 * @param missing state of the referrers API or the fallback tag, if one of them did not answer; then there may be more
 *     manifests
 * @param reason why it did not answer; empty if both did
 * @since 0.1
 */
public record Referrers(List<Descriptor> manifests, Optional<Fact.State> missing, String reason) {

    /**
     * Copies the list.
     *
     * @param manifests the manifests
     * @param missing state of the referrers API or the fallback tag that did not answer
     * @param reason why it did not answer
     */
    public Referrers {
        manifests = List.copyOf(manifests);
        Objects.requireNonNull(missing, "missing");
        Objects.requireNonNull(reason, "reason");
    }
}
