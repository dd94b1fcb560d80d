package io.imagegate.predicate;

/**
 * What was extracted of the predicate of an attestation by a {@link ContentQuery}. Implementations are immutable and
 * thread-safe, and have {@code equals} and {@code hashCode}.
 *
 * @since 0.1
 */
public interface PredicateContent {

    /** {@return the bytes that it takes in memory, by estimate} */
    long weight();
}
