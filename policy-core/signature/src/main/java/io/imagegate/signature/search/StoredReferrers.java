package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The manifests that a registry lists as referring to an image, by its API and by the tag that stands in for it, each once.
 * Immutable.
 *
 * @param manifests the manifests
 * @param missing state of a place that did not answer; empty if both did
 * @param reason why it did not answer; empty if both did
 * @since 0.1
 */
public record StoredReferrers(List<StoredDescriptor> manifests, Optional<Fact.State> missing, String reason) {

    /**
     * Copies the list.
     *
     * @param manifests the manifests
     * @param missing state of a place that did not answer
     * @param reason why it did not answer
     */
    public StoredReferrers {
        manifests = List.copyOf(manifests);
        Objects.requireNonNull(missing, "missing");
        Objects.requireNonNull(reason, "reason");
    }
}
