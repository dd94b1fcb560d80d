package io.imagegate.rule;

import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.signer.SignedBy;
import java.util.Objects;
import java.util.Set;

/**
 * Condition on one value in the predicate of an attestation. Immutable and thread-safe.
 *
 * @param pointer the value; if there is none, the condition is violated
 * @param condition the condition on it
 * @since 0.1
 */
public record Where(JsonPointer pointer, ValueCondition condition) implements AttestationCondition {

    /**
     * Makes a condition.
     *
     * @param pointer the value
     * @param condition the condition on it
     */
    public Where {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(condition, "condition");
    }

    @Override
    public Set<JsonPointer> pointers() {
        return Set.of(pointer);
    }

    @Override
    public Finding check(SignedBy statement, Candidate image) {
        PredicateValue value = statement.predicate().get(pointer);
        Finding finding = value == null ? Finding.violation(Message.VALUE_NOWHERE) : condition.check(value, image);
        return finding.isViolation()
                ? Finding.of(
                        finding.outcome(),
                        Message.WHERE,
                        SignedCheck.subject(Message.ATTESTATION, statement),
                        pointer,
                        finding)
                : finding;
    }

    /** {@return the pointer and the condition, for logs and debuggers} */
    @Override
    public String toString() {
        return "where " + pointer + ": " + condition;
    }
}
