package io.imagegate.registry.authentication;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * Finds how long a secret is valid. Docker's protocol does not say it, but the secrets of the clouds do: JSON Web Tokens
 * (Azure) in the claim {@code exp}, and the base64 of Amazon's in the field {@code expiration}.
 */
public final class SecretExpiry {

    /** For secrets that do not say when they expire. */
    public static final Duration UNSEEN = Duration.ofMinutes(5);

    private static final Duration LONGEST = Duration.ofHours(1);

    private SecretExpiry() {}

    /** {@return how long to keep a secret: to a tenth of its time before it expires} */
    public static Duration period(String secret, Instant now) {
        OptionalLong expiry = expiry(secret);
        if (expiry.isEmpty()) {
            return UNSEEN;
        }
        long start = now.getEpochSecond();
        long end = Math.max(start, Math.min(start + LONGEST.toSeconds(), expiry.getAsLong()));
        long left = end - start;
        return Duration.ofSeconds(left - left / 10);
    }

    private static OptionalLong expiry(String secret) {
        String[] parts = secret.split("\\.", -1);
        try {
            return parts.length == 3
                    ? seconds(Base64.getUrlDecoder().decode(parts[1]), "exp")
                    : seconds(Base64.getDecoder().decode(secret.getBytes(StandardCharsets.US_ASCII)), "expiration");
        } catch (IllegalArgumentException | Failure e) {
            return OptionalLong.empty(); // a secret of another form
        }
    }

    private static OptionalLong seconds(byte[] text, String field) {
        return Json.read("the secret", text).number(field);
    }
}
