package io.imagegate.registry.authentication;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a {@code docker-credential-NAME} printed.
 *
 * @param secret the secret; empty if the helper has none for the host
 * @param period how long it is kept
 */
public record HelperAnswer(Optional<Secret> secret, Duration period) {

    private static final int SHOWN = 200;

    /** What helpers print, with status 1, if they have no credential for a host. */
    private static final String NOT_FOUND = "credentials not found in native keychain";

    /** The user name that stands for an identity token. */
    private static final String TOKEN = "<token>";

    /**
     * Reads what a helper printed.
     *
     * @param helper the name of the program
     * @param status its exit status
     * @param output what it printed
     * @param now the time
     * @throws Failure if it failed, or printed something else
     */
    public static HelperAnswer read(String helper, int status, byte[] output, Instant now) {
        if (status != 0) {
            String said = new String(output, StandardCharsets.UTF_8).strip();
            if (said.equals(NOT_FOUND)) {
                return new HelperAnswer(Optional.empty(), SecretExpiry.UNSEEN);
            }
            String shown = said.substring(0, Math.min(SHOWN, said.length()));
            throw Failure.undecidable(helper + " ended with " + status + ": " + Failure.shown(shown));
        }
        Json json = Json.read("what " + helper + " printed", output);
        String secret = json.text("Secret").orElse("");
        String user = json.text("Username").orElse("");
        return new HelperAnswer(Optional.of(secret(helper, user, secret)), SecretExpiry.period(secret, now));
    }

    private static Secret secret(String helper, String user, String secret) {
        try {
            return user.equals(TOKEN) ? Secret.identityToken(secret) : Secret.basic(user, secret);
        } catch (IllegalArgumentException e) {
            throw Failure.undecidable(helper + ": " + e.getMessage());
        }
    }
}
