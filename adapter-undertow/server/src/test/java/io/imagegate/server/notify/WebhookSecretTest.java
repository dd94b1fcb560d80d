package io.imagegate.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of Standard Webhooks. */
class WebhookSecretTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void signsAsTheReferenceLibrariesDo() {
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        String expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        List<WebhookSecret> one = List.of(WebhookSecret.parse(SECRET));
        String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        assertThat(WebhookSecret.header(one, id, 1_614_265_330, body)).isEqualTo(expected);
        assertThat(WebhookSecret.header(one, id, 1_614_265_331, body)).isNotEqualTo(expected);
        List<WebhookSecret> two = List.of(WebhookSecret.parse(secret(24)), WebhookSecret.parse(SECRET));
        assertThat(WebhookSecret.header(two, id, 1_614_265_330, body))
                .startsWith("v1,")
                .endsWith(" " + expected);
    }

    @Test
    void isLongEnough() {
        assertThat(List.of(WebhookSecret.parse(secret(24)), WebhookSecret.parse(secret(64))))
                .hasSize(2);
        for (String text : List.of(secret(23), secret(65))) {
            assertThatThrownBy(() -> WebhookSecret.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected whsec_ and 24 to 64 bytes in base64");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!"})
    void isNotQuoted(String text) {
        assertThatThrownBy(() -> WebhookSecret.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected whsec_ and 24 to 64 bytes in base64");
        assertThat(WebhookSecret.parse(SECRET)).hasToString("whsec_…");
    }

    private static String secret(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
