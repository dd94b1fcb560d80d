package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.JsonTree;
import io.imagegate.Recorded;
import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.wire.MalformedReviewException;
import io.imagegate.wire.ReviewDecoder;
import io.imagegate.wire.WireLimits;
import io.imagegate.workload.Workloads;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any body gets an answer that the API server can read, of bounded size, in the protocol of the question; what cannot be
 * read, and an image without a fixed tag, is never allowed.
 */
@WhereJazzerRuns
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
        Answer answer = WEBHOOK.review("/validate", body, body.length);
        assertThat(body).isEqualTo(sent);
        assertThat(answer.body().length).isLessThan(MOST_OF_AN_ANSWER);
        String text = new String(answer.body(), UTF_8);
        assertThat(text).doesNotContain("the review failed");
        Map<?, ?> review = (Map<?, ?>) Objects.requireNonNull(JsonTree.read(text));
        Optional<ReviewRequest> request = request(body);
        boolean allowed = isAllowed(answer, review);
        if (request.isEmpty()) {
            assertThat(allowed).isFalse();
        } else if (request.get() instanceof AdmissionRequest admission) {
            assertThat(part(review, "response").get("uid")).isEqualTo(admission.uid());
        } else if (allowed) {
            assertFixedTags((ImageReviewRequest) request.get());
        }
    }

    private static boolean isAllowed(Answer answer, Map<?, ?> review) {
        if (answer.status() == 400) {
            assertThat(review.get("kind")).isEqualTo("Status");
            return false;
        }
        assertThat(answer.status()).isEqualTo(200);
        Map<?, ?> decision = part(review, "ImageReview".equals(review.get("kind")) ? "status" : "response");
        assertThat(decision.get("allowed")).isInstanceOf(Boolean.class);
        return Boolean.TRUE.equals(decision.get("allowed"));
    }

    private static Map<?, ?> part(Map<?, ?> review, String name) {
        assertThat(review.get(name)).isInstanceOf(Map.class);
        return (Map<?, ?>) Objects.requireNonNull(review.get(name));
    }

    private static void assertFixedTags(ImageReviewRequest request) {
        assertThat(request.review().images()).isNotEmpty().allSatisfy(image -> {
            ImageReference reference = ImageReference.parse(image.text());
            assertThat(reference.tag().isPresent() || reference.digest().isPresent())
                    .isTrue();
            assertThat(reference.tag().orElse("")).isNotEqualTo("latest");
        });
    }

    private static Optional<ReviewRequest> request(byte[] body) {
        try {
            return Optional.of(DECODER.decode(body, body.length, ObjectPlaces.of(Workloads.wellKnown())));
        } catch (MalformedReviewException e) {
            return Optional.empty();
        }
    }
}
