package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.JsonTree;
import io.imagegate.registry.authentication.TokenAnswer;
import io.imagegate.registry.content.Failure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a token service answers is a token that can be sent, for an hour at most, or is refused. */
@WhereJazzerRuns
class TokenAnswerFuzzTest {

    private static final URI ANY = URI.create("https://registry.example/v2/");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"token\":\"a.b.c\",\"expires_in\":300,\"issued_at\":\"2026-01-01T00:00:00Z\"}",
                        "{\"access_token\":\"abc\",\"expires_in\":-9223372036854775808}",
                        "{\"token\":null,\"access_token\":\"x\\u0041\"}",
                        "{\"Token\":\"a b\"}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void anAnswerIsATokenOrIsRefused(byte[] data) {
        TokenAnswer answer;
        try {
            answer = TokenAnswer.read("registry.example", data);
        } catch (Failure refused) {
            assertThat(refused.reason()).hasSizeLessThan(1000).matches("[ -~]+");
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(ANY)
                .header("Authorization", "Bearer " + answer.token())
                .build();
        assertThat(request.headers().firstValue("Authorization")).contains("Bearer " + answer.token());
        assertThat(answer.lifetime()).isBetween(Duration.ZERO, Duration.ofHours(1));
        byte[] again = JsonTree.write(Map.of("access_token", answer.token())).getBytes(UTF_8);
        assertThat(TokenAnswer.read("registry.example", again).token()).isEqualTo(answer.token());
    }
}
