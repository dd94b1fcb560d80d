package io.imagegate.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * What a registry accepts as proof of identity. Immutable; its text form does not contain the secret.
 *
 * @since 0.1
 */
public final class Credential {

    /** How the secret is presented. */
    enum Kind {
        BASIC,
        IDENTITY_TOKEN,
        BEARER
    }

    private final Kind kind;
    private final String secret;

    private Credential(Kind kind, String secret) {
        this.kind = kind;
        this.secret = Objects.requireNonNull(secret, "secret");
    }

    /**
     * {@return a user name and a password}
     *
     * @param user the user name
     * @param password the password
     * @throws IllegalArgumentException if the user name contains a colon
     */
    public static Credential basic(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("user name: expected no colon");
        }
        byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return new Credential(Kind.BASIC, Base64.getEncoder().encodeToString(pair));
    }

    /**
     * {@return a token that the registry's token service exchanges for others}
     *
     * @param token the token
     */
    public static Credential identityToken(String token) {
        return new Credential(Kind.IDENTITY_TOKEN, token);
    }

    /**
     * {@return a token that the registry itself accepts}
     *
     * @param token the token
     * @throws IllegalArgumentException if the token is empty or has other characters than printable ASCII, such as a line
     *     break at its end
     */
    public static Credential bearer(String token) {
        if (!isToken(token)) {
            throw new IllegalArgumentException("bearer token: expected printable ASCII without spaces and line breaks");
        }
        return new Credential(Kind.BEARER, token);
    }

    /** {@return whether a text can be sent as a token; the HTTP client quotes an invalid header, and the secret in it, in its message} */
    static boolean isToken(String text) {
        return text.matches("[!-~]+");
    }

    Kind kind() {
        return kind;
    }

    /** {@return the secret; for a user name and password, both in base64} */
    String secret() {
        return secret;
    }

    /** {@return the kind of credential, without the secret} */
    @Override
    public String toString() {
        return kind.toString();
    }
}
