package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.LoggedRecords;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyWebhookTest {

    private static final String HEAD = "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",";
    private static final String ALLOWED = HEAD + "\"status\":{\"allowed\":true}}";
    private static final PolicyWebhook WEBHOOK = PolicyWebhook.builder(() -> PolicySet.of(Policy.byDefault()))
            .limits(ReviewLimits.DEFAULTS.withBodyBytes(1_000))
            .build();

    private static String review(PolicyWebhook webhook, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        Answer answer = webhook.review("/validate", bytes, bytes.length);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).isEqualTo(Map.of("Content-Type", "application/json"));
        return new String(answer.body(), UTF_8);
    }

    private static String denied(String reason) {
        return HEAD + "\"status\":{\"allowed\":false,\"reason\":\"" + reason + "\"}}";
    }

    private static String recorded(String name) throws IOException {
        try (InputStream in = PolicyWebhookTest.class.getResourceAsStream("/recorded/image-review/" + name + ".json")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @RegisterExtension
    private final LoggedRecords logged = new LoggedRecords(
            PolicyWebhook.class,
            message -> message.getThrown() != null
                    && "a listener's own trouble".equals(message.getThrown().getMessage()));

    @Test
    void answersToRecordedReviewsByteForByte() throws IOException {
        assertThat(review(WEBHOOK, recorded("one-container"))).isEqualTo(ALLOWED);
        assertThat(review(WEBHOOK, recorded("container-and-init-container"))).isEqualTo(ALLOWED);
        assertThat(review(WEBHOOK, recorded("ephemeral-container")))
                .isEqualTo(denied("image \\\"busybox\\\" (containers[0]) violates rule \\\"fixed-tag\\\": "
                        + "it has no tag, so it means \\\"latest\\\"; write a fixed tag"));
        assertThat(review(WEBHOOK, recorded("annotations-and-invalid-reference")))
                .isEqualTo(
                        denied("image \\\"bad image:@@\\\" (containers[1]): it is not a valid reference: character 4: "
                                + "white space is not allowed"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                     | malformed review: line 1, column 1: expected a JSON object, got nothing
                    {} | the review names no image; expected at least one
                    {"spec":{"containers":[]}} | the review names no image; expected at least one
                    {"spec":{"containers":[{"image":" | malformed review: line 1, column
                    not json | malformed review: line 1, column 2: unexpected character, expected null
                    """)
    void failsClosed(String body, String reason) {
        assertThat(review(WEBHOOK, body == null ? "" : body))
                .startsWith(denied(reason).replace("\"}}", ""))
                .endsWith("\"}}");
    }

    @Test
    void answersWithHalfASurrogatePairInAnyText() {
        for (String half : List.of("\\ud800", "\\udc00x")) {
            String body = "{\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"" + half + "\",\"kind\":{\"kind\":\""
                    + half + "\"}}}";
            assertThat(review(WEBHOOK, body)).contains("\"uid\":\"\uFFFD").contains("\"allowed\":false");
        }
        PolicyWebhook careless = PolicyWebhook.of(() -> PolicySet.of(Policy.builder("p")
                .rule("r", image -> Finding.violation("cut in the middle of a pair: \uD83D"))
                .build()));
        assertThat(review(careless, "{\"spec\":{\"containers\":[{\"image\":\"a\"}]}}"))
                .contains("in the middle of a pair: \\uD83D");
    }

    @Test
    void aBodyOverTheLimitIsDeniedUnseen() {
        byte[] body = new byte[1_001];
        Answer answer = WEBHOOK.review("/validate", body, body.length);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8))
                .isEqualTo(denied("review too large: expected 1000 bytes at most, got more"));
        assertThat(WEBHOOK.maxBodyBytes()).isEqualTo(1_000);
    }

    @Test
    void aStatusInTheRequestMeansNothing() {
        assertThat(
                        review(
                                WEBHOOK,
                                "{\"spec\":{\"containers\":[{\"image\":\"nginx\"}]},\"status\":{\"allowed\":true,\"reason\":7}}"))
                .contains("\"allowed\":false");
    }

    @Test
    void whateverFailsIsDenied() {
        PolicyWebhook broken = PolicyWebhook.of(() -> {
            throw new IllegalStateException("secret");
        });
        assertThat(review(broken, "{}")).isEqualTo(denied("the review failed: IllegalStateException"));
        PolicyWebhook none = PolicyWebhook.of(() -> null);
        assertThat(review(none, "{}")).isEqualTo(denied("the review failed: NullPointerException"));
        PolicyWebhook unloaded = PolicyWebhook.of(() -> PolicySet.unloaded("no policy was loaded yet"));
        assertThat(review(unloaded, "{}")).isEqualTo(denied("no policy was loaded yet"));
    }

    @ParameterizedTest(name = "{0} {1} {2} -> {3}")
    @CsvSource({
        "POST, /image_policy, application/json,",
        "POST, /validate, application/json; charset=utf-8,",
        "POST, /image_policy, Application/JSON,",
        "POST, /image_policy/, application/json, 404",
        "POST, /, application/json, 404",
        "GET, /other, text/plain, 404",
        "GET, /image_policy, application/json, 405",
        "post, /image_policy, application/json, 405",
        "POST, /image_policy, text/plain, 415",
        "POST, /image_policy, application/jsonx, 415",
        "POST, /image_policy, '', 415",
        "POST, /image_policy,, 415",
    })
    void screensRequestsBeforeTheirBodyIsRead(String method, String path, String type, Integer status) {
        assertThat(WEBHOOK.receive(method, path, type)
                        .refusal()
                        .map(Answer::status)
                        .orElse(null))
                .isEqualTo(status);
    }

    @ParameterizedTest(name = "{0} {1} {2} -> {3}")
    @CsvSource({
        "POST, /image_policy, application/json, 200",
        "POST, /image_policy?timeout=10s, application/json, 200",
        "POST, /image_policy?, application/json, 200",
        "POST, /other?/image_policy, application/json, 404",
        "GET, /image_policy?timeout=10s, application/json, 405",
        "POST, /image_policy, text/plain, 415",
    })
    void handlesRequestsWhoseBodyIsAStream(String method, String target, String type, int status) throws IOException {
        byte[] body = "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}".getBytes(UTF_8);
        ByteArrayInputStream in = new ByteArrayInputStream(body);
        Answer answer = WEBHOOK.handle(method, target, type, in);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(new String(answer.body(), UTF_8).equals(ALLOWED)).isEqualTo(status == 200);
        assertThat(in.available()).isEqualTo(status == 200 ? 0 : body.length);
    }

    @Test
    void aStreamIsReadToTheLimitAndMayFail() throws IOException {
        ByteArrayInputStream endless = new ByteArrayInputStream(new byte[5_000]);
        Answer tooLarge = WEBHOOK.handle("POST", "/validate", "application/json", endless);
        assertThat(new String(tooLarge.body(), UTF_8))
                .isEqualTo(denied("review too large: expected 1000 bytes at most, got more"));
        assertThat(endless.available()).isEqualTo(5_000 - 1_001);
        assertThatThrownBy(
                        () -> WEBHOOK.handle("POST", "/validate", "application/json", failing(new IOException("gone"))))
                .isInstanceOf(IOException.class);
        Answer failed =
                WEBHOOK.handle("POST", "/validate", "application/json", failing(new IllegalStateException("secret")));
        assertThat(new String(failed.body(), UTF_8)).isEqualTo(denied("the review failed: IllegalStateException"));
    }

    private static InputStream failing(Exception failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (failure instanceof IOException gone) {
                    throw gone;
                }
                throw (RuntimeException) failure;
            }
        };
    }

    @Test
    void refusalsAreStatusObjects() {
        Answer answer = WEBHOOK.receive("GET", "/image_policy", null).refusal().orElseThrow();
        assertThat(answer.headers()).isEqualTo(Map.of("Content-Type", "application/json", "Allow", "POST"));
        assertThat(new String(answer.body(), UTF_8))
                .isEqualTo("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                        + "\"message\":\"method \\\"GET\\\" not allowed, expected POST\","
                        + "\"reason\":\"MethodNotAllowed\",\"code\":405}");
        assertThat(WEBHOOK.overloaded().status()).isEqualTo(429);
        assertThat(WEBHOOK.overloaded().headers()).doesNotContainKey("Retry-After");
    }

    @Test
    void chineseAndAuditAnnotationsArriveWhole() {
        Policy policy = Policy.builder("p")
                .locale(Locale.SIMPLIFIED_CHINESE)
                .rule("fixed-tag", Rules.fixedTag())
                .rule(io.imagegate.policy.NamedRule.of("pinned", Rules.digestRequired())
                        .withEnforcement(io.imagegate.policy.Enforcement.WARN)
                        .withMessage("请固定摘要"))
                .build();
        assertThat(review(
                        PolicyWebhook.of(() -> PolicySet.of(policy)),
                        "{\"spec\":{\"containers\":[{\"image\":\"nginx\"}]}}"))
                .isEqualTo(HEAD
                        + "\"status\":{\"allowed\":false,\"reason\":\"镜像 \\\"nginx\\\"(containers[0])违反规则“fixed-tag”:"
                        + "镜像没有标签,等同于“latest”;请写明固定的标签\",\"auditAnnotations\":{\"warned\":\"请固定摘要\"}}}");
    }

    @Test
    void whoWritesToABodyChangesNoOtherAnswer() {
        byte[] body = "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}".getBytes(UTF_8);
        PolicyWebhook webhook = PolicyWebhook.of(() -> PolicySet.of(Policy.byDefault()));
        Arrays.fill(webhook.review("/validate", body, body.length).body(), (byte) 0);
        assertThat(new String(webhook.review("/validate", body, body.length).body(), UTF_8))
                .isEqualTo(ALLOWED);
    }

    @Test
    void listenersAddAndWhatOneThrowsStopsNoOther() {
        List<String> heard = new ArrayList<>();
        PolicyWebhook webhook = PolicyWebhook.builder(() -> PolicySet.of(Policy.byDefault()))
                .listener(event -> heard.add("first " + event.allowed()))
                .listener(event -> {
                    throw new AssertionError("a listener's own trouble");
                })
                .listener(event -> heard.add("last " + event.allowed()))
                .build();
        assertThat(review(webhook, "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}"))
                .isEqualTo(ALLOWED);
        review(webhook, "{");
        assertThat(heard).containsExactly("first true", "last true", "first false", "last false");
    }

    @Test
    void aListenerHearsDecisionsAndCannotChangeThem() {
        List<String> heard = new ArrayList<>();
        PolicyWebhook webhook = PolicyWebhook.builder(() -> PolicySet.of(Policy.byDefault()))
                .listener(event -> {
                    heard.add(event.review().orElseThrow().images().size() + " " + event.allowed());
                    throw new IllegalStateException("a listener's own trouble");
                })
                .build();
        assertThat(review(webhook, "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}"))
                .isEqualTo(ALLOWED);
        review(webhook, "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}");
        assertThat(heard).containsExactly("1 true", "1 true");
        assertThat(logged.records())
                .singleElement()
                .satisfies(message -> assertThat(message.getMessage())
                        .isEqualTo("a decision listener failed; the answer is unchanged"));
    }

    @Test
    void aListenerHearsOfReviewsThatNobodyCouldDecide() {
        List<String> heard = new ArrayList<>();
        PolicyWebhook webhook = PolicyWebhook.builder(() -> {
                    throw new IllegalStateException("secret");
                })
                .limits(ReviewLimits.DEFAULTS.withBodyBytes(100))
                .listener(event -> heard.add(event.failure().orElseThrow() + " " + event.reason()))
                .build();
        review(webhook, "{");
        review(webhook, " ".repeat(101));
        review(webhook, "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}");
        assertThat(heard)
                .containsExactly(
                        "MALFORMED malformed review: line 1, column 2: expected the name of a field",
                        "TOO_LARGE review too large: expected 100 bytes at most, got more",
                        "ERROR the review failed: IllegalStateException");
    }

    @Test
    void badConfigurationIsRefusedWhenItIsBuilt() {
        ImageGate gate = ImageGate.of(PolicySet.of(Policy.byDefault()));
        PolicyWebhookBuilder builder = PolicyWebhook.builder();
        assertThatThrownBy(builder::build).hasMessage("paths: expected at least one, got none");
        assertThatThrownBy(() -> builder.route(WebhookKind.VALIDATING, "x", gate))
                .hasMessage("path \"x\": expected it to begin with \"/\"");
    }
}
