package io.imagegate.server.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret of <a href="https://www.standardwebhooks.com">Standard Webhooks</a>. Its text form does not contain it. Immutable. */
final class WebhookSecret {

    static final String PREFIX = "whsec_";
    static final String EXPECTED = PREFIX + " and 24 to 64 bytes in base64";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST = 24;
    private static final int MOST = 64;

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * {@return the secret}
     *
     * @param text such as {@code whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}
     * @throws IllegalArgumentException if it is none; the message does not quote it
     */
    static WebhookSecret parse(String text) {
        if (text.startsWith(PREFIX)) {
            byte[] key = decode(text.substring(PREFIX.length()));
            if (key.length >= LEAST && key.length <= MOST) {
                return new WebhookSecret(key);
            }
        }
        throw new IllegalArgumentException("expected " + EXPECTED);
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    /** {@return the header {@code webhook-signature}, with a signature by each secret} */
    static String header(List<WebhookSecret> secrets, String id, long seconds, byte[] body) {
        return secrets.stream()
                .map(secret -> "v1," + secret.sign(id, seconds, body))
                .collect(Collectors.joining(" "));
    }

    private String sign(String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException unavailable) {
            throw new IllegalStateException(ALGORITHM, unavailable);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
