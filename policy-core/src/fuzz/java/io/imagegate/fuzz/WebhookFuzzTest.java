package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.JsonTree;
import io.imagegate.Recorded;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.wire.MalformedReviewException;
import io.imagegate.wire.ReviewDecoder;
import io.imagegate.wire.WireLimits;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any body gets an answer that the API server can read, of bounded size; what cannot be read is never allowed. */
class WebhookFuzzTest {

    private static final int MOST_OF_AN_ANSWER = 64 << 10;
    private static final PolicyWebhook WEBHOOK = PolicyWebhook.of(() -> PolicySet.of(Policy.byDefault()));
    private static final ReviewDecoder DECODER = new ReviewDecoder(WireLimits.DEFAULTS);

    static Stream<byte[]> seeds() {
        return Recorded.all().stream().map(body -> body.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void anyBodyGetsADecision(byte[] body) {
        byte[] sent = body.clone();
        Answer answer = WEBHOOK.review(body, body.length);
        assertThat(body).isEqualTo(sent);
        assertThat(answer.body().length).isLessThan(MOST_OF_AN_ANSWER);
        Map<?, ?> review = (Map<?, ?>) JsonTree.read(new String(answer.body(), UTF_8));
        if (isAllowed(answer, review)) {
            assertThat(isReview(body)).isTrue();
        }
        assertThat(new String(answer.body(), UTF_8)).doesNotContain("the review failed");
    }

    private static boolean isAllowed(Answer answer, Map<?, ?> review) {
        if (answer.status() == 400) {
            assertThat(review.get("kind")).isEqualTo("Status");
            return false;
        }
        assertThat(answer.status()).isEqualTo(200);
        Object decision = review.get("ImageReview".equals(review.get("kind")) ? "status" : "response");
        assertThat(decision).isInstanceOf(Map.class);
        Object allowed = Objects.requireNonNull((Map<?, ?>) decision).get("allowed");
        assertThat(allowed).isInstanceOf(Boolean.class);
        return Boolean.TRUE.equals(allowed);
    }

    private static boolean isReview(byte[] body) {
        try {
            DECODER.decode(body, body.length);
            return true;
        } catch (MalformedReviewException e) {
            return false;
        }
    }
}
