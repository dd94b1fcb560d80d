package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.object.ObjectParser;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.ReviewEvent;
import io.imagegate.webhook.ReviewFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A listener of a gate")
class GateListenersTest {

    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));

    private final List<GateDecision> heard = new ArrayList<>();
    private final ImageGate gate = ImageGate.of(PolicySet.of(Policy.byDefault()))
            .withListener(heard::add)
            .withName("prod");

    @Test
    @DisplayName("hears each decision that a program asks for, before it is returned")
    void decisions() {
        ImageReview review = ImageReview.of("nginx").inNamespace("shop");
        Decision denied = gate.decide(review);
        gate.decide("nginx:1");
        gate.decideAsync(review, MutationScope.AS_IN_PODS, Duration.ofSeconds(60))
                .join();
        gate.withPolicies(PolicySet.of(Policy.byDefault())).decide(review);
        assertThat(heard).hasSize(4);
        assertThat(heard.get(0).decision()).containsSame(denied);
        assertThat(heard.get(0).review()).isEqualTo(review);
        assertThat(heard.get(0).gate().name()).isEqualTo("prod");
        assertThat(heard.get(1).decision().orElseThrow().allowed()).isTrue();
        gate.withoutListeners().decide(review);
        assertThat(heard).hasSize(4);
    }

    @Test
    @DisplayName("hears the decision on an object once, also if it has no image")
    void objects() {
        ObjectParser parser = ObjectParser.of(gate.policies().workloads());
        String pod = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"containers\":[{\"image\":\"nginx\"}]}}";
        assertThat(parser.parse(pod).decide(gate, "shop").allowed()).isFalse();
        assertThat(parser.parse("{\"apiVersion\":\"v1\",\"kind\":\"Service\"}")
                        .decide(gate, "shop")
                        .allowed())
                .isTrue();
        assertThat(parser.parse("{\"apiVersion\":\"a.example/v1\",\"kind\":\"Odd\",\"spec\":{\"image\":\"x\"}}")
                        .decide(gate, "shop")
                        .allowed())
                .isFalse();
        assertThat(heard)
                .extracting(made -> made.decision().orElseThrow().allowed())
                .containsExactly(false, true, false);
    }

    @Test
    @DisplayName("hears why there is no decision")
    void failures() {
        ImageGate broken = ImageGate.of(() -> {
                    throw new IllegalStateException("no policies");
                })
                .withListener(heard::add);
        assertThatThrownBy(() -> broken.decide("nginx")).hasMessage("no policies");
        assertThat(heard).singleElement().satisfies(made -> {
            assertThat(made.decision()).isEmpty();
            assertThat(made.failure().orElseThrow()).hasMessage("no policies");
            assertThat(made)
                    .hasToString("GateDecision[gate=default, review=" + made.review() + ", decision=null,"
                            + " failure=java.lang.IllegalStateException: no policies, time=" + made.time() + "]");
            ReviewEvent event = ReviewEvent.of(made);
            assertThat(event.failure()).contains(ReviewFailure.ERROR);
            assertThat(event.reason()).isEqualTo("the review failed: IllegalStateException");
        });
    }

    @Test
    @DisplayName("stops no other, and changes no decision")
    void trouble() {
        ImageGate loud = ImageGate.of(PolicySet.of(Policy.byDefault()))
                .withListener(made -> {
                    throw new AssertionError("a listener's own trouble");
                })
                .withListener(heard::add);
        assertThat(loud.decide("nginx:1").allowed()).isTrue();
        assertThat(heard).hasSize(1);
    }

    @Test
    @DisplayName("hears a decision that waits for facts when it is made, and none that was cancelled")
    void waiting() {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule("there", image -> Finding.of(image.digest(), known -> Finding.satisfied()))
                .build());
        List<CompletableFuture<Map<ImageReference, ImageFacts>>> asked = new ArrayList<>();
        ImageGate slow = ImageGate.of(() -> policies, (needs, limit) -> {
                    asked.add(new CompletableFuture<>());
                    return asked.get(asked.size() - 1);
                })
                .withListener(heard::add);
        CompletableFuture<Decision> made = slow.decideAsync(ImageReview.of("nginx"), Duration.ofMinutes(5));
        CompletableFuture<Decision> given = slow.decideAsync(ImageReview.of("redis"), Duration.ofMinutes(5));
        assertThat(heard).isEmpty();
        assertThat(given.cancel(false)).isTrue();
        asked.get(0)
                .complete(Map.of(
                        ImageReference.parse("nginx"),
                        ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, Fact.known(DIGEST))));
        assertThat(made.join().allowed()).isTrue();
        assertThat(heard)
                .singleElement()
                .satisfies(one -> assertThat(one.review()).isEqualTo(ImageReview.of("nginx")));
    }

    @Test
    @DisplayName("hears no review of a webhook, whose listeners hear it")
    void webhook() {
        List<ReviewEvent> reviewed = new ArrayList<>();
        byte[] body = "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}".getBytes(StandardCharsets.UTF_8);
        PolicyWebhook.builder(gate).listener(reviewed::add).build().review("/image_policy", body, body.length);
        assertThat(heard).isEmpty();
        assertThat(reviewed).hasSize(1);
    }

    @Test
    @DisplayName("is given what listeners of a webhook are")
    void asReview() {
        gate.decide(ImageReview.builder()
                .images("nginx")
                .namespace("shop")
                .operation("CREATE")
                .kind("Pod")
                .name("web")
                .user("alice")
                .build());
        ReviewEvent event = ReviewEvent.of(heard.get(0));
        assertThat(event.gate()).contains("prod");
        assertThat(event.path()).isEmpty();
        assertThat(event.uid()).isEmpty();
        assertThat(event.protocol()).isEqualTo("ImageReview");
        assertThat(event.namespace()).contains("shop");
        assertThat(event.operation()).contains("CREATE");
        assertThat(event.kind()).contains("Pod");
        assertThat(event.name()).contains("web");
        assertThat(event.user()).contains("alice");
        assertThat(event.allowed()).isFalse();
        assertThat(event.reason()).contains("fixed-tag");
        assertThat(event.decisionTime()).isEqualTo(heard.get(0).time());
    }
}
