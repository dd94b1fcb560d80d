package io.imagegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.webhook.PolicyWebhook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who hears of reviews that the server sends to itself. */
class WarmUpFilterTest {

    private final List<String> log = new ArrayList<>();
    private final List<String> rehearsal = new ArrayList<>();

    @Test
    void warmUpReviewsAreHeardByTheRehearsalsAlone() throws IOException {
        PolicySet policies = PolicySet.of(Policy.byDefault());
        PolicyWebhook webhook = PolicyWebhook.builder(ImageGate.of(() -> policies))
                .listener(new WarmUpFilter(
                        "own",
                        List.of(event -> log.add(event.namespace().orElseThrow())),
                        List.of(event -> rehearsal.add(event.namespace().orElseThrow()))))
                .build();
        for (String namespace : List.of("own", "owner", "default")) {
            byte[] review = ("{\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"kind\":\"ImageReview\",\"spec\":"
                            + "{\"containers\":[{\"image\":\"nginx\"}],\"namespace\":\"" + namespace + "\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            webhook.handle("POST", "/image_policy", "application/json", new ByteArrayInputStream(review));
        }
        assertThat(rehearsal).containsExactly("own");
        assertThat(log).containsExactly("owner", "default");
    }

    @Test
    void aLongWarmUpTrains() {
        assertThat(WarmUp.isTraining(20)).isFalse();
        assertThat(WarmUp.isTraining(21)).isTrue();
    }
}
