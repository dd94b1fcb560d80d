package io.imagegate.rule;

import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.SignedBy;
import java.util.Optional;
import java.util.Set;

/**
 * Condition on what an attestation says. It names what it needs of the predicate, so that a source of facts extracts that and
 * keeps nothing else. Implementations are immutable and thread-safe, and have {@code equals} and {@code hashCode}.
 *
 * @since 0.1
 */
public interface AttestationCondition {

    /**
     * Refuses a type of statements that do not have what this checks. By default every type is accepted.
     *
     * @param type the type
     * @throws IllegalArgumentException if the condition is met by no statement of this type; the message says what was expected
     */
    default void requireType(AttestationType type) {}

    /** {@return the values of the predicate that it compares; none by default} */
    default Set<JsonPointer> pointers() {
        return Set.of();
    }

    /** {@return what else of the predicate it checks; nothing by default} */
    default Optional<ContentQuery<?>> content() {
        return Optional.empty();
    }

    /** {@return whether the newest statement of each signer decides alone; by default only if the type of the statement says so} */
    default boolean newestCounts() {
        return false;
    }

    /**
     * Checks a statement.
     *
     * @param statement a statement that verified, about the digest of the image
     * @param image the image that is attested, and the instant
     * @return the finding
     */
    Finding check(SignedBy statement, Candidate image);

    /**
     * {@return a finding whose sentence is the name of a statement, such as {@code the scan by ci of 2026-11-25T12:00:00Z}} What the
     * condition finds is then a sentence of its own. By default there is none, and what it finds is one of the reasons why the
     * attestation does not count.
     *
     * @param statement the statement
     */
    default Optional<Finding> name(SignedBy statement) {
        return Optional.empty();
    }
}
