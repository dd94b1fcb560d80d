package io.imagegate.signature;

import io.imagegate.signature.refusal.Refusal;
import java.util.Objects;

/**
 * Who made a signature. Two signatures count as one if their signatories are equal.
 *
 * @param kind how the signatory is known
 * @param name hash of the public key, subject alternative name of a keyless certificate, or subject of a certificate
 * @param issuer issuer of an identity; empty for keys and certificates
 * @since 0.1
 */
public record Signatory(Kind kind, String name, String issuer) {

    /** How a signatory is known. */
    public enum Kind {
        /** By a public key. */
        KEY,
        /** By an identity and its issuer, in a certificate of minutes. */
        IDENTITY,
        /** By the subject of a certificate. */
        SUBJECT
    }

    /**
     * Refuses missing parts.
     *
     * @param kind how the signatory is known
     * @param name name of the signatory
     * @param issuer issuer of an identity
     */
    public Signatory {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(issuer, "issuer");
    }

    /** {@return the signatory for people, in printable ASCII} */
    @Override
    public String toString() {
        return switch (kind) {
            case KEY -> "key " + name;
            case IDENTITY -> "identity " + Refusal.shown(name) + " of issuer " + Refusal.shown(issuer);
            case SUBJECT -> "certificate of " + Refusal.shown(name);
        };
    }
}
