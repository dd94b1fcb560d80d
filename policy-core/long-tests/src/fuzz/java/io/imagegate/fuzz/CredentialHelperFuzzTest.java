package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.JsonTree;
import io.imagegate.registry.authentication.HelperAnswer;
import io.imagegate.registry.authentication.Secret;
import io.imagegate.registry.content.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a credential helper prints is a secret, which is kept for an hour at most, or is refused. The first byte is its exit status. */
@WhereJazzerRuns
class CredentialHelperFuzzTest {

    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final String HELPER = "docker-credential-test";

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "\0{\"ServerURL\":\"ghcr.io\",\"Username\":\"jane\",\"Secret\":\"s3cr3t\"}",
                        "\0{\"Username\":\"<token>\",\"Secret\":\"a." + base64("{\"exp\":1796083200}") + ".c\"}",
                        "\0{\"Username\":\"AWS\",\"Secret\":\"" + base64("{\"expiration\":1796083200}") + "\"}",
                        "\1credentials not found in native keychain\n",
                        "\2\u001b[31m no")
                .map(text -> text.getBytes(UTF_8));
    }

    private static String base64(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void anOutputIsASecretOrIsRefused(byte[] data) {
        int status = data.length == 0 ? 0 : data[0];
        byte[] output = data.length == 0 ? data : Arrays.copyOfRange(data, 1, data.length);
        HelperAnswer answer;
        try {
            answer = HelperAnswer.read(HELPER, status, output, NOW);
        } catch (Failure refused) {
            assertThat(refused.reason()).hasSizeLessThan(1000).matches("[ -~]+");

            return;
        }
        assertThat(answer.period()).isBetween(Duration.ZERO, Duration.ofHours(1));
        assertThat(answer.secret().isPresent()).isEqualTo(status == 0);
        answer.secret().ifPresent(CredentialHelperFuzzTest::assertSame);
    }

    /** The same user and password, printed again, are the same secret. */
    private static void assertSame(Secret secret) {
        if (secret.kind() == Secret.Kind.BASIC) {
            String pair = new String(Base64.getDecoder().decode(secret.value()), UTF_8);
            int colon = pair.indexOf(':');
            String json =
                    JsonTree.write(Map.of("Username", pair.substring(0, colon), "Secret", pair.substring(colon + 1)));
            HelperAnswer again = HelperAnswer.read(HELPER, 0, json.getBytes(UTF_8), NOW);
            assertThat(again.secret().orElseThrow().value()).isEqualTo(secret.value());
        }
    }
}
