package io.imagegate.signer;

import io.imagegate.text.SafeText;

/**
 * Who signed, by the key or certificate. Equal ones count once. Immutable.
 *
 * @param kind what names it
 * @param name fingerprint of the key, identity in the certificate, or subject of the certificate
 * @param issuer issuer of the identity; empty for others
 * @since 0.1
 */
public record SigningParty(Kind kind, String name, String issuer) {

    private static final int SHOWN = 200;

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
     * @param fingerprint {@link SignerKey#fingerprint} of the key
     */
    public static SigningParty key(String fingerprint) {
        return new SigningParty(Kind.KEY, fingerprint, "");
    }

    /**
     * {@return who has an identity}
     *
     * @param identity the subject alternative name of the certificate
     * @param issuer the issuer that the certificate names
     */
    public static SigningParty identity(String identity, String issuer) {
        return new SigningParty(Kind.IDENTITY, identity, issuer);
    }

    /**
     * {@return who has a certificate}
     *
     * @param subject the subject of the leaf, in the form of RFC 4514
     */
    public static SigningParty subject(String subject) {
        return new SigningParty(Kind.SUBJECT, subject, "");
    }

    /** {@return the kind and the name, escaped and cut} */
    @Override
    public String toString() {
        return switch (kind) {
            case KEY -> "key " + SafeText.escape(SafeText.cut(name, SHOWN));
            case IDENTITY -> "identity " + quote(name) + " of " + quote(issuer);
            case SUBJECT -> "subject " + quote(name);
        };
    }

    private static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
