package io.imagegate.webhook;

import static io.imagegate.webhook.MutatingClient.MUTATION;
import static io.imagegate.webhook.MutatingClient.allowed;
import static io.imagegate.webhook.MutatingClient.policy;
import static io.imagegate.webhook.MutatingClient.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.Recorded;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Rules;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which names are checked on which path. */
class MutatingPathsTest {

    @Test
    void validatingWebhookChecksPodsAsWrittenAndTemplatesAsTheirPodsWillBe() {
        MutatingClient strict = new MutatingClient(Policy.builder("strict")
                .rule("pinned", Rules.digestRequired())
                .mutation(MUTATION)
                .build());
        assertThat(reason(strict.validate(Recorded.admission("create-pods")))).contains("\"nginx:1.17.1\"");
        assertThat(allowed(strict.validate(Recorded.admission("create-deployments"))))
                .isTrue();
        assertThat(allowed(strict.mutate(Recorded.admission("create-deployments"))))
                .isTrue();
        MutatingClient workloads = new MutatingClient(Policy.builder("strict")
                .rule("pinned", Rules.digestRequired())
                .mutation(MUTATION.withKinds(List.of("Job")))
                .build());
        assertThat(allowed(workloads.mutate(Recorded.admission("create-jobs")))).isTrue();
        assertThat(allowed(workloads.validate(Recorded.admission("create-jobs"))))
                .isFalse();
        assertThat(allowed(workloads.mutate(Recorded.admission("create-deployments"))))
                .isFalse();
    }

    @Test
    void pathsAreEitherValidatingOrMutating() {
        ImageGate gate = ImageGate.of(PolicySet.of(policy(MUTATION)));
        assertThat(PolicyWebhook.builder(gate)
                        .build()
                        .receive("POST", "/mutate", "application/json")
                        .refusal())
                .isEmpty();
        PolicyWebhookBuilder builder = PolicyWebhook.builder().route(WebhookKind.VALIDATING, "/validate", gate);
        assertThat(builder.build()
                        .receive("POST", "/mutate", "application/json")
                        .refusal())
                .isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.route(WebhookKind.MUTATING, "mutate", gate));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.route(WebhookKind.MUTATING, "/validate", gate))
                .withMessageContaining("/validate");
    }

    @Test
    void bodiesThatTwoReadersCouldReadDifferentlyAreDenied() {
        MutatingClient client = new MutatingClient(policy(MUTATION));
        for (String spec : List.of(
                "{\"containers\":[{\"name\":\"a\",\"image\":\"quay.io/a:1\",\"image\":\"nginx:1\"}]}",
                "{\"containers\":[{\"image\":\"nginx:1\"}],\"containers\":[]}",
                "{\"containers\":[{\"image\":\"nginx:1\",\"im\\u0061ge\":\"quay.io/a:1\"}]}",
                "{\"containers\":{\"0\":{\"image\":\"nginx:1\"}}}",
                "{\"volumes\":[{\"image\":{\"reference\":[\"nginx:1\"]}}]}")) {
            JsonObject response = client.mutate(MutatingClient.pod("CREATE", "{\"spec\":" + spec + "}", "null"));
            assertThat(allowed(response)).as(spec).isFalse();
            assertThat(response.containsKey("patch")).isFalse();
        }
    }

    @Test
    void textThatLooksLikeAPlaceholderIsAnImageLikeAnyOther() {
        MutatingClient client = new MutatingClient(policy(MUTATION));
        for (String image : List.of("{image}", "$trusted", "nginx:{tag}", "nginx:1@", "*", "docker.io/**")) {
            JsonObject response = client.mutate(MutatingClient.pod("CREATE", MutatingClient.object("", image), "null"));
            assertThat(reason(response)).as(image).contains("not a valid reference");
        }
    }

    @Test
    void imageReviewsAreCheckedAsWritten() {
        byte[] body = "{\"kind\":\"ImageReview\",\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}".getBytes(UTF_8);
        PolicySet set = PolicySet.of(Policy.builder("p")
                .rule("mirror", Rules.allow("mirror.internal/**"))
                .mutation(MUTATION)
                .build());
        PolicyWebhook webhook = PolicyWebhook.of(() -> set);
        String answer = new String(
                webhook.reviewAsync("/mutate", "", body, body.length).join().body(), UTF_8);
        assertThat(answer)
                .contains("\"allowed\":false")
                .contains("\\\"nginx:1\\\"")
                .doesNotContain("patch");
    }
}
