package io.imagegate.signer;

import io.imagegate.text.SafeText;
import java.util.Objects;

/**
 * Who made a signature, by the key or certificate. Two signatures with equal signatories count once. Immutable.
 *
 * @param kind what names it
 * @param name fingerprint of the key, identity in the certificate, or subject of the certificate
 * @param issuer issuer of the identity; empty for others
 * @since 0.1
 */
public record Signatory(Kind kind, String name, String issuer) {

    private static final int SHOWN = 200;

    /**
     * Refuses missing parts.
     *
     * @param kind what names it
     * @param name fingerprint, identity or subject
     * @param issuer issuer of the identity
     */
    public Signatory {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(issuer, "issuer");
    }

    /** What names who signed. */
    public enum Kind {
        /** The key. */
        KEY,
        /** An identity that an issuer confirmed. */
        IDENTITY,
        /** The subject of a certificate. */
        SUBJECT
    }

    /**
     * {@return who has a key}
     *
     * @param fingerprint {@link SigningKey#fingerprint} of the key
     */
    public static Signatory key(String fingerprint) {
        return new Signatory(Kind.KEY, fingerprint, "");
    }

    /**
     * {@return who has an identity}
     *
     * @param identity the subject alternative name of the certificate
     * @param issuer the issuer that the certificate names
     */
    public static Signatory identity(String identity, String issuer) {
        return new Signatory(Kind.IDENTITY, identity, issuer);
    }

    /**
     * {@return who has a certificate}
     *
     * @param subject the subject of the leaf, in the form of RFC 4514
     */
    public static Signatory subject(String subject) {
        return new Signatory(Kind.SUBJECT, subject, "");
    }

    /** {@return the signatory for people, in printable ASCII} */
    @Override
    public String toString() {
        return switch (kind) {
            case KEY -> "key " + SafeText.escape(SafeText.cut(name, SHOWN));
            case IDENTITY -> "identity " + quote(name) + " of issuer " + quote(issuer);
            case SUBJECT -> "certificate of " + quote(name);
        };
    }

    private static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
