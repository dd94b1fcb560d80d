package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Reviews that wait for facts, and the memory that they may take. */
class WaitingReviewsTest {

    private static final long REVIEW = 4 << 10;
    private static final long IMAGE = 1 << 10;
    private static final PolicySet POLICIES = PolicySet.of(Policy.builder("p")
            .rule("known", image -> Finding.of(image.facts().digest(), digest -> Finding.satisfied()))
            .build());

    private final List<CompletableFuture<Map<ImageReference, ImageFacts>>> lookups = new ArrayList<>();
    private final List<ReviewEvent> events = new ArrayList<>();

    private CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        CompletableFuture<Map<ImageReference, ImageFacts>> lookup = new CompletableFuture<>();
        lookups.add(lookup);
        return lookup;
    }

    private PolicyWebhook webhook(long bytes) {
        return PolicyWebhook.builder(ImageGate.of(() -> POLICIES, this::find))
                .waitingBytes(bytes)
                .factTimeout(Duration.ofMinutes(10))
                .listener(events::add)
                .build();
    }

    private static byte[] body(String... images) {
        StringBuilder containers = new StringBuilder();
        for (String image : images) {
            containers.append(containers.isEmpty() ? "" : ",").append("{\"image\":\"" + image + "\"}");
        }
        return ("{\"spec\":{\"containers\":[" + containers + "]}}").getBytes(UTF_8);
    }

    private static CompletableFuture<Answer> ask(PolicyWebhook webhook, byte[] body) {
        return webhook.reviewAsync("/validate", "", body, body.length);
    }

    @Test
    void oneThatDoesNotFitIsDecidedAtOnceWithoutFacts() {
        byte[] body = body("a:1", "b:1");
        long each = REVIEW + body.length + 2 * IMAGE;
        PolicyWebhook webhook = webhook(2 * each);
        CompletableFuture<Answer> first = ask(webhook, body);
        CompletableFuture<Answer> second = ask(webhook, body);
        Answer answer = ask(webhook, body).getNow(null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8)).contains("\"allowed\":false");
        assertThat(first.isDone() || second.isDone()).isFalse();
        assertThat(events)
                .singleElement()
                .satisfies(
                        event -> assertThat(event.reason())
                                .contains(
                                        "its digest is not known yet, and the review could not wait, because too many others did"));

        lookups.get(0).complete(Map.of());
        assertThat(first.join().status()).isEqualTo(200);
        // Memory is given back a moment after the answer is.
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (ask(webhook, body).isDone()) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void oneByteLessIsTooLittle() {
        byte[] body = body("a:1");
        long each = REVIEW + body.length + IMAGE;
        PolicyWebhook webhook = webhook(2 * each - 1);
        assertThat(ask(webhook, body).isDone()).isFalse();
        assertThat(ask(webhook, body).isDone()).isTrue();
    }

    @Test
    void aSingleOneMayBeOfAnySize() {
        assertThat(ask(webhook(1), body("a:1")).isDone()).isFalse();
    }

    @Test
    void oneThatIsCancelledMakesRoomAndIsNotDecided() {
        PolicyWebhook webhook = webhook(1);
        CompletableFuture<Answer> given = ask(webhook, body("a:1"));
        assertThat(ask(webhook, body("a:1")).isDone()).isTrue();
        given.cancel(false);
        CompletableFuture<Answer> next = ask(webhook, body("a:1"));
        assertThat(next.isDone()).isFalse();
        assertThat(lookups).hasSize(3);
        lookups.forEach(lookup -> lookup.complete(Map.of()));
        assertThat(next.join().status()).isEqualTo(200);
        assertThat(events).hasSize(2);
    }
}
