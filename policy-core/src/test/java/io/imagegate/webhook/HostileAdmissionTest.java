package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Recorded;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attacker could have an API server send. */
class HostileAdmissionTest {

    private static final int LIMIT = 8 << 20;
    private static final String UID = "\"uid\":\"7ef9f220-a9ae-4a6b-9378-7b9db585a8cb\"";
    private static final PolicyWebhook WEBHOOK = PolicyWebhook.of(() -> PolicySet.of(Policy.byDefault()));

    /** The recorded creation of a pod, with a text instead of {@code "priority":0}. */
    private static String pod(String field) {
        String body = Recorded.admission("create-pods");
        assertThat(body).contains("\"priority\":0");
        return body.replace("\"priority\":0", field);
    }

    private static String repeat(String text, int upTo) {
        return text.repeat(upTo / text.length());
    }

    private static Answer answer(byte[] body) {
        return WEBHOOK.review("/validate", body, body.length);
    }

    static Stream<Arguments> attacks() {
        String container = "{\"name\":\"c\",\"image\":\"a:1\"},";
        StringBuilder fields = new StringBuilder("\"priority\":0");
        for (int i = 0; i < 200_000; i++) {
            fields.append(",\"f").append(i).append("\":0");
        }
        return Stream.of(
                Arguments.of("8 MiB that are skipped", pod("\"x\":\"" + "x".repeat(LIMIT - 5_000) + "\""), true, ""),
                Arguments.of("more than 8 MiB", pod("\"x\":\"" + "x".repeat(LIMIT) + "\""), false, "review too large"),
                Arguments.of("deep arrays", pod("\"x\":" + "[".repeat(1_000_000)), false, "nested too deeply"),
                Arguments.of("deep objects", pod("\"x\":" + repeat("{\"a\":", 5_000_000)), false, "nested too deeply"),
                Arguments.of(
                        "deep spec",
                        pod("\"template\":{\"spec\":{\"containers\":[" + "[".repeat(200)),
                        false,
                        "nested too"),
                Arguments.of(
                        "100,000 containers",
                        Recorded.admission("create-pods")
                                .replace("\"containers\":[", "\"containers\":[" + container.repeat(100_000)),
                        false,
                        "1000 images at most"),
                Arguments.of(
                        "f:containers everywhere",
                        pod(
                                "\"f:containers\":[{\"image\":\"x\"}],\"x\":{\"spec\":{\"containers\":[{\"image\":\"x\"}]}}"),
                        true,
                        ""),
                Arguments.of("200,000 fields", pod(fields.toString()), false, "100000 fields at most"),
                Arguments.of("a huge name", pod("\"" + "n".repeat(5_000_000) + "\":0"), true, ""),
                Arguments.of("a huge image", huge("x".repeat(300_000)), false, "262144 characters at most, got 300000"),
                Arguments.of(
                        "a huge escaped image", huge("\\u0078".repeat(262_145)), false, "262144 characters at most"),
                Arguments.of("a long image", huge("x".repeat(262_144)), false, "is not a valid reference"),
                Arguments.of("a huge number", pod("\"x\":1" + "0".repeat(5_000_000)), true, ""),
                Arguments.of("containers twice", pod("\"containers\":[{\"image\":\"a:1\"}]"), false, "comes twice"),
                Arguments.of("an image twice", huge("a:1\",\"image\":\"b:1"), false, "comes twice"),
                Arguments.of(
                        "an object twice",
                        Recorded.admission("create-pods").replace("\"oldObject\":null", "\"object\":null"),
                        false,
                        "comes twice"),
                Arguments.of(
                        "an uid twice",
                        Recorded.admission("create-pods").replace("\"oldObject\":null", "\"uid\":\"b\""),
                        false,
                        "comes twice"));
    }

    private static String huge(String image) {
        return Recorded.admission("create-pods").replace("\"image\":\"nginx:1.17.1\"", "\"image\":\"" + image + "\"");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isAnswered(String attack, String body, boolean allowed, String reason) {
        Answer answer = answer(body.getBytes(UTF_8));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8))
                .hasSizeLessThan(6_000)
                .contains(UID)
                .contains("\"allowed\":" + allowed)
                .contains(reason);
    }

    @Test
    void aUidBehindWhatIsMalformedIsNotRead() {
        String last = Recorded.admission("create-pods").replace(UID + ",", "").replace("\"dryRun\":false", UID);
        assertThat(new String(answer(last.getBytes(UTF_8)).body(), UTF_8))
                .contains(UID)
                .contains("\"allowed\":true");
        Answer answer = answer(last.replace("\"priority\":0", "\"priority\":?").getBytes(UTF_8));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8))
                .contains("\"kind\":\"Status\"")
                .contains("malformed review");
    }

    @Test
    void invalidUtf8IsRefusedWhereverItStands() {
        byte[] body = pod("\"x\":\"?\"").getBytes(UTF_8);
        for (int at = 0; at < body.length; at++) {
            if (body[at] == '?') {
                body[at] = (byte) 0xC0;
            }
        }
        assertThat(new String(answer(body).body(), UTF_8)).contains(UID).contains("invalid UTF-8");
    }

    @Test
    void everyBeginningOfAReviewIsAnswered() {
        byte[] body = Recorded.admission("create-pods").getBytes(UTF_8);
        for (int length = 0; length < body.length - 1; length++) {
            Answer answer = WEBHOOK.review("/validate", body, length);
            String text = new String(answer.body(), UTF_8);
            assertThat(text).startsWith("{\"kind\":\"").doesNotContain("\"allowed\":true");
            assertThat(answer.status() == 200 ? text : "").doesNotContain("\"Status\"");
        }
    }
}
