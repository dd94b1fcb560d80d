package io.imagegate.signature.search;

import io.imagegate.fact.Fact;
import java.util.Objects;
import java.util.Optional;

/**
 * How a search ended. If nothing was found and nothing is missing, the registry has none.
 *
 * @param complete whether all that was found was visited; false if the visitor had enough
 * @param manifests number of manifests that may have signatures, whether they were read or not
 * @param missing state of something that could not be read: undecidable where anything is, else unavailable
 * @param reason why it could not be read; empty if nothing is missing
 * @since 0.1
 */
public record SearchEnd(boolean complete, int manifests, Optional<Fact.State> missing, String reason) {

    /**
     * Refuses missing parts.
     *
     * @param complete whether all was visited
     * @param manifests number of manifests
     * @param missing state of something that could not be read
     * @param reason why it could not be read
     */
    public SearchEnd {
        Objects.requireNonNull(missing, "missing");
        Objects.requireNonNull(reason, "reason");
    }
}
