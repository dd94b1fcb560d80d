package io.imagegate.webhook;

import static io.imagegate.webhook.MutatingClient.MUTATION;
import static io.imagegate.webhook.MutatingClient.object;
import static io.imagegate.webhook.MutatingClient.pod;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which gate decides at which path. */
class RoutesTest {

    private static final byte[] REVIEW = "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}".getBytes(UTF_8);
    private static final byte[] ADMISSION =
            pod("CREATE", object("", "nginx:1"), "null").getBytes(UTF_8);
    private static final byte[] DELETION = pod("DELETE", "null", "null").getBytes(UTF_8);

    private final List<ReviewEvent> events = new ArrayList<>();

    private static ImageGate gate(String registry, String name) {
        return ImageGate.of(PolicySet.of(Policy.builder(name)
                        .rule("registry", Rules.allow(registry + "/**"))
                        .build()))
                .withName(name);
    }

    /** Docker Hub may be used in dev alone. */
    private PolicyWebhookBuilder named() {
        return PolicyWebhook.builder()
                .route(WebhookKind.VALIDATING, "/validate/prod", gate("quay.io", "prod"))
                .route(WebhookKind.VALIDATING, "/validate/dev", gate("docker.io", "dev"))
                .route(WebhookKind.MUTATING, "/mutate/dev", gate("docker.io", "dev"))
                .listener(events::add);
    }

    private static String text(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }

    private static boolean isFound(PolicyWebhook webhook, String path) {
        return webhook.receive("POST", path, "application/json").refusal().isEmpty();
    }

    @Test
    void aMutatingPathNeverAnswersAsAValidatingOne() {
        ImageGate gate = ImageGate.of(PolicySet.of(Policy.builder("p")
                .rule("any", image -> Finding.satisfied())
                .mutation(MUTATION.withPin(io.imagegate.reference.PatternSet.of()))
                .build()));
        List<String> validating = List.of("/image_policy", "/validate", "/a", "/mutate/x", "/mutate/default");
        List<String> mutating = List.of("/mutate", "/b", "/validate/x", "/validates", "/rewrite/default");
        PolicyWebhookBuilder builder = PolicyWebhook.builder().listener(events::add);
        validating.forEach(path -> builder.route(WebhookKind.VALIDATING, path, gate));
        mutating.forEach(path -> builder.route(WebhookKind.MUTATING, path, gate));
        PolicyWebhook webhook = builder.build();
        for (String path : validating) {
            assertThat(text(webhook.review(path, ADMISSION, ADMISSION.length)))
                    .as(path)
                    .contains("\"allowed\":true")
                    .doesNotContain("patch");
        }
        assertThat(events).allMatch(event -> event.webhook() == WebhookKind.VALIDATING);
        events.clear();
        for (String path : mutating) {
            assertThat(text(webhook.review(path, ADMISSION, ADMISSION.length)))
                    .as(path)
                    .contains("\"allowed\":true", "\"patchType\":\"JSONPatch\"");
        }
        assertThat(events).allMatch(event -> event.webhook() == WebhookKind.MUTATING);
        for (String path : List.of("", "/", "/mutat", "/mutate/", "/Mutate", "/mutate/y", "/rewrite", "/elsewhere")) {
            assertThat(text(webhook.review(path, ADMISSION, ADMISSION.length)))
                    .as(path)
                    .contains("\"allowed\":false")
                    .doesNotContain("patch");
        }
    }

    @ParameterizedTest
    @CsvSource({"/validate/prod, false, prod", "/validate/dev, true, dev", "/mutate/dev, true, dev"})
    void theGateOfThePathDecides(String path, boolean allowed, String gate) {
        PolicyWebhook webhook = named().build();
        assertThat(isFound(webhook, path)).isTrue();
        assertThat(text(webhook.review(path, REVIEW, REVIEW.length))).contains("\"allowed\":" + allowed);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.path()).isEqualTo(path);
            assertThat(event.gate()).contains(gate);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/validate, names no policy",
        "/mutate, names no policy",
        "/validate/pord, no policy with the name \\\"pord\\\"",
        "/validate/dev2, no policy with the name \\\"dev2\\\"",
        "/mutate/prod, no policy with the name \\\"prod\\\"",
    })
    void aNameWithoutAGateDenies(String path, String reason) {
        PolicyWebhook webhook = named().build();
        assertThat(isFound(webhook, path)).isTrue();
        for (byte[] body : List.of(REVIEW, ADMISSION, DELETION)) {
            assertThat(text(webhook.review(path, body, body.length))).contains("\"allowed\":false", reason);
        }
        assertThat(events).hasSize(3).allSatisfy(event -> {
            assertThat(event.gate()).isEmpty();
            assertThat(event.webhook().name()).startsWith(path.contains("mutate") ? "MUTATING" : "VALIDATING");
        });
        assertThat(webhook.receive("GET", path, null).refusal().orElseThrow().status())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/prod",
                "/validate/",
                "/validate//",
                "/validate/prod/",
                "/validate/prod/x",
                "/validate/a/b",
                "/validate/pr%6Fd",
                "/validate/.",
                "/validate/..",
                "/validate/prod;x",
                "/validate/;",
                "/validate%2Fprod",
                "/image_policy",
                "/image_policy/prod",
                "validate/prod",
                "/Validate/x"
            })
    void otherPathsAreNotFound(String path) {
        assertThat(named().build().receive("POST", path, "application/json").refusal())
                .get()
                .extracting(Answer::status)
                .isEqualTo(404);
    }

    @Test
    void aRequestThatIsRefusedIsDeniedToo() {
        IncomingReview incoming = named().build().receive("POST", "/validate/prod/", "application/json");
        assertThat(incoming.refusal()).isPresent();
        assertThat(text(incoming.review("", REVIEW, REVIEW.length).join())).contains("\"allowed\":false", "not found");
        IncomingReview found = named().build().receive("POST", "/validate/dev", "application/json");
        assertThat(found.refusal()).isEmpty();
        assertThat(text(found.review("", REVIEW, REVIEW.length).join())).contains("\"allowed\":true");
    }

    @Test
    void aPathTellsTheNameOfItsGate() {
        PolicyWebhook webhook = named().build();
        assertThat(webhook.gate("/validate/prod")).contains("prod");
        assertThat(webhook.gate("/mutate/dev")).contains("dev");
        for (String path : List.of("", "/", "/validate", "/validate/pord", "/validate/prod/", "/validate/pr%6Fd")) {
            assertThat(webhook.gate(path)).as(path).isEmpty();
        }
        assertThat(PolicyWebhook.of(gate("quay.io", "prod")).gate("/validate")).contains("prod");
    }

    @Test
    void aPathAboveNamesMayHaveAGateItself() {
        PolicyWebhook webhook = named().route(WebhookKind.VALIDATING, "/validate", gate("docker.io", "all"))
                .build();
        assertThat(text(webhook.review("/validate", REVIEW, REVIEW.length))).contains("\"allowed\":true");
        assertThat(text(webhook.review("/validate/x", REVIEW, REVIEW.length))).contains("\"allowed\":false");
    }

    @Test
    void onePathHasNamesOfOneKindBelowIt() {
        PolicyWebhookBuilder builder = named().route(WebhookKind.MUTATING, "/validate/test", gate("quay.io", "test"));
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("\"/validate\"");
    }

    @ParameterizedTest
    @EnumSource(ReviewFailure.class)
    void failuresTellTheirPath(ReviewFailure failure) {
        ImageGate broken = ImageGate.of(() -> {
                    throw new IllegalStateException();
                })
                .withName("broken");
        PolicyWebhook webhook = PolicyWebhook.builder()
                .route(WebhookKind.MUTATING, "/mutate/broken", broken)
                .limits(ReviewLimits.DEFAULTS.withBodyBytes(REVIEW.length))
                .listener(events::add)
                .build();
        byte[] body = failure == ReviewFailure.MALFORMED ? new byte[] {'{'} : REVIEW;
        int length = failure == ReviewFailure.TOO_LARGE ? body.length + 1 : body.length;
        text(webhook.review("/mutate/broken", java.util.Arrays.copyOf(body, length), length));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.failure()).contains(failure);
            assertThat(event.path()).isEqualTo("/mutate/broken");
            assertThat(event.webhook()).isEqualTo(WebhookKind.MUTATING);
            assertThat(event.gate()).contains("broken");
        });
    }

    @Test
    void allPathsShareTheMemoryForWaitingReviews() {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule("known", image -> Finding.of(image.facts().digest(), digest -> Finding.satisfied()))
                .build());
        PolicyWebhook webhook = PolicyWebhook.builder()
                .route(WebhookKind.VALIDATING, "/validate/a", ImageGate.of(() -> policies, this::find))
                .route(WebhookKind.MUTATING, "/mutate/b", ImageGate.of(() -> policies, this::find))
                .waitingBytes(1)
                .build();
        assertThat(webhook.reviewAsync("/validate/a", "", REVIEW, REVIEW.length))
                .isNotDone();
        assertThat(webhook.reviewAsync("/mutate/b", "", REVIEW, REVIEW.length)).isDone();
    }

    @Test
    void aGateLeavesMemoryForWaitingReviewsToOthers() {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule("known", image -> Finding.of(image.facts().digest(), digest -> Finding.satisfied()))
                .build());
        PolicyWebhook webhook = PolicyWebhook.builder()
                .route(
                        WebhookKind.VALIDATING,
                        "/validate/a",
                        ImageGate.of(() -> policies, this::find).withName("a"))
                .route(
                        WebhookKind.VALIDATING,
                        "/validate/b",
                        ImageGate.of(() -> policies, this::find).withName("b"))
                .waitingBytes(64 << 10)
                .build();
        List<CompletableFuture<Answer>> hostile = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            hostile.add(webhook.reviewAsync("/validate/a", "", REVIEW, REVIEW.length));
        }
        assertThat(hostile.get(0)).isNotDone();
        assertThat(hostile.get(99)).isDone();
        assertThat(webhook.reviewAsync("/validate/b", "", REVIEW, REVIEW.length))
                .isNotDone();
    }

    private CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        return new CompletableFuture<>();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "-a", "a.", "a b", "é", "\n"})
    void namesOfGatesAreLabels(String name) {
        ImageGate gate = ImageGate.of(PolicySet.of(Policy.byDefault()));
        assertThat(gate.name()).isEqualTo(ImageGate.DEFAULT_NAME);
        assertThat(gate.withName("a-1.b_c").withLenientLimit(Duration.ZERO).name())
                .isEqualTo("a-1.b_c");
        assertThatIllegalArgumentException().isThrownBy(() -> gate.withName(name));
        assertThatIllegalArgumentException().isThrownBy(() -> gate.withName("a".repeat(64)));
    }
}
