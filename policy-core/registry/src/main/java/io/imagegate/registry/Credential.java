package io.imagegate.registry;

import io.imagegate.registry.authentication.Secret;

/**
 * What a registry accepts as proof of identity. Immutable; its text form does not contain the secret.
 *
 * @since 0.1
 */
public final class Credential {

    private final Secret secret;

    private Credential(Secret secret) {
        this.secret = secret;
    }

    static Credential of(Secret secret) {
        return new Credential(secret);
    }

    /**
     * {@return a user name and a password}
     *
     * @param user the user name
     * @param password the password
     * @throws IllegalArgumentException if the user name contains a colon
     */
    public static Credential basic(String user, String password) {
        return new Credential(Secret.basic(user, password));
    }

    /**
     * {@return a token that the registry's token service exchanges for others}
     *
     * @param token the token
     */
    public static Credential identityToken(String token) {
        return new Credential(Secret.identityToken(token));
    }

    /**
     * {@return a token that the registry itself accepts}
     *
     * @param token the token
     * @throws IllegalArgumentException if the token is empty or has other characters than printable ASCII, such as a line
     *     break at its end
     */
    public static Credential bearer(String token) {
        return new Credential(Secret.bearer(token));
    }

    Secret secret() {
        return secret;
    }

    /** {@return the kind of credential, without the secret} */
    @Override
    public String toString() {
        return secret.toString();
    }
}
