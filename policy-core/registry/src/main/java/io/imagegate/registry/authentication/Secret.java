package io.imagegate.registry.authentication;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** What proves an identity to a registry, and how it is presented. Immutable; its text form does not contain the secret. */
public final class Secret {

    /** How a secret is presented. */
    public enum Kind {
        BASIC,
        IDENTITY_TOKEN,
        BEARER
    }

    private final Kind kind;
    private final String value;

    private Secret(Kind kind, String value) {
        this.kind = kind;
        this.value = Objects.requireNonNull(value, "secret");
    }

    /** {@return a user name and a password} Throws IllegalArgumentException if the user name contains a colon. */
    public static Secret basic(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("user name: expected no colon");
        }
        byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return new Secret(Kind.BASIC, Base64.getEncoder().encodeToString(pair));
    }

    /** {@return a token that the registry's token service exchanges for others} */
    public static Secret identityToken(String token) {
        return new Secret(Kind.IDENTITY_TOKEN, token);
    }

    /** {@return a token that the registry itself accepts} Throws IllegalArgumentException if it cannot be sent as one. */
    public static Secret bearer(String token) {
        if (!isToken(token)) {
            throw new IllegalArgumentException("bearer token: expected printable ASCII without spaces and line breaks");
        }
        return new Secret(Kind.BEARER, token);
    }

    /** {@return whether a text can be sent as a token; the HTTP client quotes an invalid header, and the secret in it, in its message} */
    public static boolean isToken(String text) {
        return text.matches("[!-~]+");
    }

    public Kind kind() {
        return kind;
    }

    /** {@return the secret; for a user name and password, both in base64} */
    public String value() {
        return value;
    }

    /** {@return the kind of secret, without the secret} */
    @Override
    public String toString() {
        return kind.toString();
    }
}
