package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a listener learns of each protocol, and what it does not. */
class ReviewEventTest {

    private static final PolicySet POLICIES = PolicySet.of(Policy.byDefault());
    private static final String HEAD =
            "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":"
                    + "{\"uid\":\"u-1\",\"operation\":\"UPDATE\",\"kind\":{\"group\":\"apps\",\"kind\":\"Deployment\"},"
                    + "\"namespace\":\"shop\",\"name\":\"web\","
                    + "\"userInfo\":{\"username\":\"jane\",\"groups\":[\"dev\"]},";
    private static final String ADMISSION = HEAD + "\"object\":{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\","
            + "\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"nginx\"}]}}}}}}";

    @Test
    void anAdmissionReviewTellsItsObject() {
        ReviewEvent event = event(() -> POLICIES, ADMISSION);
        assertThat(event.protocol()).isEqualTo("AdmissionReview");
        assertThat(event.uid()).contains("u-1");
        assertThat(event.operation()).contains("UPDATE");
        assertThat(event.kind()).contains("Deployment.apps");
        assertThat(event.namespace()).contains("shop");
        assertThat(event.name()).contains("web");
        assertThat(event.user()).contains("jane");
        assertThat(event.allowed()).isFalse();
        assertThat(event.reason())
                .isEqualTo(event.decision().orElseThrow().reason())
                .contains("fixed-tag");
        assertThat(event.review().orElseThrow().images())
                .singleElement()
                .extracting("text")
                .isEqualTo("nginx");
        assertThat(event.failure()).isEmpty();
        assertThat(event.decisionTime()).isPositive().isLessThanOrEqualTo(event.totalTime());
        assertThat(event).hasToString("AdmissionReview u-1 denied: " + event.reason());
    }

    @Test
    void anImageReviewTellsItsNamespaceAndThatItIsOfAPod() {
        ReviewEvent event =
                event(() -> POLICIES, "{\"spec\":{\"namespace\":\"shop\",\"containers\":[{\"image\":\"nginx:1\"}]}}");
        assertThat(event.protocol()).isEqualTo("ImageReview");
        assertThat(event.namespace()).contains("shop");
        assertThat(event.uid()).isEmpty();
        assertThat(event.operation()).isEmpty();
        assertThat(event.kind()).contains("Pod");
        assertThat(event.name()).isEmpty();
        assertThat(event.user()).isEmpty();
        assertThat(event.allowed()).isTrue();
        assertThat(event.reason()).isEmpty();
        assertThat(event).hasToString("ImageReview allowed");
        assertThat(event(() -> POLICIES, "{\"spec\":{\"containers\":[]}}").namespace())
                .isEmpty();
    }

    @Test
    void aMalformedReviewTellsItsUidIfItWasRead() {
        ReviewEvent event = event(() -> POLICIES, HEAD + "\"object\":[");
        assertThat(event.protocol()).isEqualTo("AdmissionReview");
        assertThat(event.uid()).contains("u-1");
        assertThat(event.namespace()).isEmpty();
        assertThat(event.failure()).contains(ReviewFailure.MALFORMED);
        assertThat(event.decision()).isEmpty();
        assertThat(event.review()).isEmpty();
        assertThat(event.allowed()).isFalse();
        assertThat(event.decisionTime()).isZero();
        assertThat(event.totalTime()).isPositive();
        assertThat(event(() -> POLICIES, "{\"kind\":\"AdmissionReview\",").uid())
                .isEmpty();
    }

    @Test
    void aReviewThatFailsTellsItsObject() {
        ReviewEvent event = event(
                () -> {
                    throw new IllegalStateException("secret");
                },
                ADMISSION);
        assertThat(event.failure()).contains(ReviewFailure.ERROR);
        assertThat(event.reason()).isEqualTo("the review failed: IllegalStateException");
        assertThat(event.uid()).contains("u-1");
        assertThat(event.name()).contains("web");
        assertThat(event.decisionTime()).isEqualTo(Duration.ZERO);
    }

    private static ReviewEvent event(Supplier<PolicySet> policies, String body) {
        AtomicReference<ReviewEvent> last = new AtomicReference<>();
        byte[] bytes = body.getBytes(UTF_8);
        PolicyWebhook.builder(policies).listener(last::set).build().review("/validate", bytes, bytes.length);
        return Optional.ofNullable(last.get()).orElseThrow();
    }
}
