package io.imagegate.predicate;

/**
 * What was extracted of the predicate of an attestation by a {@link ContentQuery}. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface PredicateContent permits ScanReport, VexDocument {

    /** {@return the bytes that it takes in memory, by estimate} */
    long weight();
}
