package io.imagegate.registry.authentication;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.Json;
import java.time.Duration;

/**
 * What a token service answers.
 *
 * @param token the token, which can be sent in a header
 * @param lifetime how long it may be sent
 */
public record TokenAnswer(String token, Duration lifetime) {

    private static final int LONGEST = 16 << 10;

    /** What the token specification says for a token without a lifetime. */
    private static final long LIFETIME = 60;

    private static final long LONGEST_LIFETIME = 3_600;

    /** So that no token expires on its way. */
    private static final long EARLY = 10;

    /**
     * Reads the body of an answer.
     *
     * @param host the registry for which the token is
     * @param body the body
     * @throws Failure if it has no token that can be sent
     */
    public static TokenAnswer read(String host, byte[] body) {
        Json json = Json.read("the answer of the token service", body);
        String token = json.text("token")
                .or(() -> json.text("access_token"))
                .filter(text -> text.length() <= LONGEST && Secret.isToken(text))
                .orElseThrow(() -> Failure.undecidable("the token service of " + host + " sent no token"));
        long said = json.number("expires_in").orElse(LIFETIME);
        long lifetime = Math.max(EARLY, Math.min(said, LONGEST_LIFETIME));
        return new TokenAnswer(token, Duration.ofSeconds(lifetime - EARLY));
    }
}
