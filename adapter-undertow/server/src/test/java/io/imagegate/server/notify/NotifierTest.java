package io.imagegate.server.notify;

import static io.imagegate.server.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.imagegate.LoggedRecords;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.gate.LiveGate;
import io.imagegate.policy.BreakGlass;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import io.imagegate.server.metrics.ServerMetrics;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.time.ManualTime;
import io.imagegate.webhook.PolicyWebhook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that arrive at an HTTPS server, and what happens if that is slow, wrong or gone. The test moves the clock. */
@Tag("slow")
class NotifierTest {

    @TempDir
    Path folder = Path.of("");

    @RegisterExtension
    final LoggedRecords log = new LoggedRecords(
            Notifier.class, each -> Arrays.toString(each.getParameters()).contains(address()) || mentionsFolder(each));

    private final ManualTime time = new ManualTime("2026-12-01T12:00:00Z");
    private final ServerMetrics metrics = new ServerMetrics("1");
    private EventReceiver receiver;
    private Notifier notifier;

    private boolean mentionsFolder(LogRecord each) {
        return Arrays.toString(each.getParameters()).contains(folder.toString());
    }

    private String address() {
        return receiver.url("").substring("https://".length());
    }

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("secret"), EventReceiver.SECRET);
        receiver = new EventReceiver(folder);
        write("n.yaml", file(receiver.url("/events?token=hidden")));
        notifier = Notifier.open(folder.resolve("n.yaml"), metrics, time);
    }

    @AfterEach
    void stop() {
        notifier.close();
        receiver.close();
    }

    private static String file(String... urls) {
        return """
                apiVersion: imagegate.io/v1alpha1
                kind: Notifications
                spec:
                  endpoints:
                """
                + Arrays.stream(urls)
                        .map(url -> "    - {url: \"" + url + "\", secret: {file: secret}, ca: {file: ca.pem}}\n")
                        .collect(Collectors.joining());
    }

    private void write(String name, String text) throws IOException {
        Path fresh = Files.writeString(folder.resolve(name + ".new"), text);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Denies images without a fixed tag; its registry is down, and break-glass has a password. */
    private PolicyWebhook webhook(String value) {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .rule(NamedRule.of("there", Rules.exists())
                        .withScope(Scope.ofImages(PatternSet.of("docker.io/down/*"))))
                .rule(NamedRule.of("there-perhaps", Rules.exists())
                        .withScope(Scope.ofImages(PatternSet.of("docker.io/perhaps/*")))
                        .withOnUnavailable(Enforcement.WARN))
                .breakGlass(BreakGlass.of("break", value, GlobSet.of("prod")))
                .build());
        FactSource down = (needs, limit) -> CompletableFuture.completedFuture(needs.keySet().stream()
                .collect(Collectors.toMap(
                        image -> image,
                        image -> ImageFacts.at(Instant.EPOCH)
                                .with(Need.DIGEST, Fact.unavailable("the registry is down")))));
        return PolicyWebhook.builder(ImageGate.of(() -> policies, down))
                .listener(notifier)
                .build();
    }

    private static void post(PolicyWebhook webhook, String image, String ticket, boolean dryRun) {
        byte[] bytes = """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1","operation":"CREATE",
                "kind":{"kind":"Pod"},"namespace":"prod","name":"web\\u202e","dryRun":%s,"userInfo":{"username":"jane"},
                "object":{"metadata":{"annotations":{"break":"%s"}},"spec":{"containers":[{"image":"%s"}]}}}}""".formatted(dryRun, ticket, image).getBytes(StandardCharsets.UTF_8);
        webhook.reviewAsync("/validate", "", bytes, bytes.length).join();
    }

    private void received(int count) throws Exception {
        await("events: " + count, () -> receiver.received().size() >= count);
        assertThat(receiver.received()).hasSize(count);
    }

    private static Node event(EventReceiver.Received request) {
        byte[] json = request.body().getBytes(StandardCharsets.UTF_8);
        return Objects.requireNonNull(JsonCursor.<IllegalArgumentException>of(
                        json,
                        json.length,
                        SyntaxLimits.of(json.length, 16),
                        (line, column, problem) -> new IllegalArgumentException(problem))
                .document());
    }

    private static String text(Node object, String... path) {
        Node node = object;
        for (String field : path) {
            node = Objects.requireNonNull(node.field(field), field);
        }
        return node.text();
    }

    private static List<Node> examples(Node event) {
        return Objects.requireNonNull(
                        Objects.requireNonNull(event.field("data")).field("examples"))
                .elements();
    }

    private String scraped() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private void counted(String outcome, String result, int number) throws Exception {
        String line = "imagegate_notifications_total{outcome=\"" + outcome + "\",result=\"" + result + "\"} " + number
                + ".0\n";
        await(line, () -> scraped().contains(line));
    }

    @Test
    void brokenGlassIsASignedEventWithItsDecisions() throws Exception {
        PolicyWebhook webhook = webhook("INC-*");
        post(webhook, "nginx", "INC-7", false);
        post(webhook, "redis", "INC-7", false);
        time.pass(OccurrenceCollector.PAUSE.minusMillis(1));
        assertThat(receiver.received()).isEmpty();
        time.pass(Duration.ofMillis(1));
        received(1);
        EventReceiver.Received request = receiver.received().get(0);
        assertThat(EventReceiver.isSigned(request, EventReceiver.SECRET)).isTrue();
        assertThat(request.path()).isEqualTo("/events?token=hidden");
        assertThat(request.timestamp()).isEqualTo("1796126405");
        assertThat(request.mediaType()).isEqualTo("application/cloudevents+json; charset=utf-8");
        Node event = event(request);
        assertThat(text(event, "specversion")).isEqualTo("1.0");
        assertThat(text(event, "id")).isEqualTo(request.id()).hasSize(36);
        assertThat(text(event, "source")).isEqualTo("/imagegate");
        assertThat(text(event, "type")).isEqualTo("io.imagegate.glass-broken");
        assertThat(text(event, "time")).isEqualTo("2026-12-01T12:00:00.000Z");
        assertThat(text(event, "datacontenttype")).isEqualTo("application/json");
        assertThat(text(event, "data", "count")).isEqualTo("2");
        Node first = examples(event).get(0);
        assertThat(examples(event)).hasSize(2);
        assertThat(text(first, "namespace")).isEqualTo("prod");
        assertThat(text(first, "name")).isEqualTo("web\\u202e");
        assertThat(text(first, "user")).isEqualTo("jane");
        assertThat(text(
                        Objects.requireNonNull(first.field("violations"))
                                .elements()
                                .get(0),
                        "ticket"))
                .isEqualTo("INC-7");
        assertThat(first.field("id")).isNull();
        counted("glass-broken", "delivered", 1);
        counted("unavailable", "delivered", 0);
    }

    @Test
    void aPasswordIsInNoEventAndNoMessage() throws Exception {
        receiver.answers(exchange -> exchange.sendResponseHeaders(400, -1));
        post(webhook("swordfish"), "nginx", "swordfish", false);
        time.pass(OccurrenceCollector.PAUSE);
        received(1);
        assertThat(receiver.received().get(0).body())
                .contains("broke-glass")
                .doesNotContain("swordfish", EventReceiver.SECRET);
        counted("glass-broken", "failed", 1);
        assertThat(messages())
                .singleElement()
                .asString()
                .contains("the answer is 400")
                .doesNotContain("hidden");
        assertThat(messages() + scraped()).doesNotContain("swordfish", EventReceiver.SECRET.substring(6));
    }

    private List<String> messages() {
        return log.records().stream()
                .map(each -> each.getMessage() + Arrays.toString(each.getParameters()))
                .toList();
    }

    @Test
    void dryRunsAndPlainDecisionsAreNotTold() throws Exception {
        PolicyWebhook webhook = webhook("INC-*");
        int timers = time.timers();
        post(webhook, "nginx", "INC-7", true);
        post(webhook, "down/a:1", "", true);
        post(webhook, "nginx", "", false);
        post(webhook, "nginx:1", "", false);
        post(webhook, "perhaps/a:1", "", false);
        assertThat(time.timers()).isEqualTo(timers);
        post(webhook, "down/a:1", "", false);
        time.pass(OccurrenceCollector.PAUSE);
        received(1);
        assertThat(text(event(receiver.received().get(0)), "type")).isEqualTo("io.imagegate.unavailable");
        assertThat(text(event(receiver.received().get(0)), "data", "count")).isEqualTo("1");
    }

    @Test
    void tenThousandDenialsAreOneEventAMinute() throws Exception {
        PolicyWebhook webhook = webhook("INC-*");
        for (int i = 0; i < 10_000; i++) {
            post(webhook, "down/a:" + i, "", false);
        }
        time.pass(OccurrenceCollector.PAUSE);
        received(1);
        Node event = event(receiver.received().get(0));
        assertThat(text(event, "data", "count")).isEqualTo("10000");
        assertThat(examples(event)).hasSize(OccurrenceCollector.MOST_EXAMPLES);
        assertThat(receiver.received().get(0).body()).hasSizeLessThan(64 << 10);
        counted("unavailable", "delivered", 1);
        post(webhook, "down/a:1", "", false);
        time.pass(OccurrenceCollector.PERIOD.minus(Duration.ofMillis(1)));
        assertThat(receiver.received()).hasSize(1);
        time.pass(Duration.ofMillis(1));
        received(2);
        assertThat(text(event(receiver.received().get(1)), "data", "count")).isEqualTo("1");
    }

    @Test
    void hugeDecisionsAreCut() throws Exception {
        PolicyWebhook webhook = webhook("INC-*");
        String names = ("x".repeat(4_000) + "\"},{\"image\":\"").repeat(300) + "nginx";
        for (int i = 0; i < 10; i++) {
            post(webhook, names, "INC-" + "7".repeat(90_000), false);
        }
        time.pass(OccurrenceCollector.PAUSE);
        received(1);
        assertThat(receiver.received().get(0).body()).hasSizeLessThan(64 << 10);
        assertThat(examples(event(receiver.received().get(0)))).isNotEmpty();
    }

    @Test
    void aRejectedPolicyIsToldByItsPlace() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "kind: secret-thing\n");
        try (LiveGate gate = LiveGate.builder()
                .policies(policy.toString())
                .documents(new PolicyDocuments())
                .listener(notifier::loaded)
                .openLater()) {
            assertThat(gate.health().isReady()).isFalse();
        }
        time.pass(OccurrenceCollector.PAUSE);
        received(1);
        Node event = event(receiver.received().get(0));
        assertThat(text(event, "type")).isEqualTo("io.imagegate.policy-rejected");
        Node example = examples(event).get(0);
        assertThat(text(example, "location")).isEqualTo(policy.toString());
        assertThat(text(example, "first")).startsWith(policy + ":1:");
        assertThat(text(example, "denying")).isEqualTo("true");
        assertThat(receiver.received().get(0).body()).doesNotContain("secret-thing");
    }

    @Test
    void aCertificateIsToldBySentence() throws Exception {
        notifier.certificate("tls.crt: expired\u202e");
        time.pass(OccurrenceCollector.PAUSE);
        received(1);
        assertThat(text(examples(event(receiver.received().get(0))).get(0), "text"))
                .isEqualTo("tls.crt: expired\\u202e");
    }

    @Test
    void whatMaySucceedLaterIsSentAgainWithTheSameId() throws Exception {
        receiver.answers(
                exchange -> exchange.sendResponseHeaders(receiver.received().size() < 2 ? 503 : 200, -1));
        notifier.certificate("expired");
        time.pass(OccurrenceCollector.PAUSE);
        await("another attempt", () -> {
            time.pass(Duration.ofMillis(100));
            return receiver.received().size() > 1;
        });
        counted("certificate", "delivered", 1);
        assertThat(receiver.received().stream().map(EventReceiver.Received::id).distinct())
                .hasSize(1);
        assertThat(receiver.received().stream()
                        .map(EventReceiver.Received::timestamp)
                        .distinct())
                .hasSizeGreaterThan(1);
        for (EventReceiver.Received request : receiver.received()) {
            assertThat(EventReceiver.isSigned(request, EventReceiver.SECRET)).isTrue();
        }
        assertThat(messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirectsAreNotFollowed(int status) throws Exception {
        receiver.answers(exchange -> {
            exchange.getResponseHeaders().add("Location", receiver.url("/elsewhere"));
            exchange.sendResponseHeaders(status, -1);
        });
        notifier.certificate("expired");
        time.pass(OccurrenceCollector.PAUSE);
        counted("certificate", "failed", 1);
        received(1);
        assertThat(messages())
                .singleElement()
                .asString()
                .contains("the answer is " + status + ", which is not followed");
    }

    @Test
    void anEndpointThatNeverAnswersLosesEvents() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        receiver.answers(exchange -> hold(end));
        notifier.certificate("expired");
        time.pass(OccurrenceCollector.PAUSE);
        received(1);
        await("lost", () -> {
            time.pass(Duration.ofSeconds(30));
            return scraped().contains("{outcome=\"certificate\",result=\"failed\"} 1.0");
        });
        end.countDown();
        assertThat(receiver.received()).isNotEmpty();
        assertThat(messages()).singleElement().asString().contains("no answer in time");
    }

    private static void hold(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void anEndlessBodyIsAnAnswer() throws Exception {
        receiver.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            writeForEver(exchange);
        });
        notifier.certificate("expired");
        time.pass(OccurrenceCollector.PAUSE);
        counted("certificate", "delivered", 1);
    }

    private static void writeForEver(HttpExchange exchange) throws IOException {
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write(new byte[1_024]);
            }
        }
    }

    @Test
    void theLastEventsAreSentAtTheEnd() throws Exception {
        notifier.certificate("expired");
        notifier.finish();
        received(1);
        counted("certificate", "delivered", 1);
    }

    @Test
    void anEndpointThatIsGoneDelaysTheEndByASecondAtMost() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        receiver.answers(exchange -> hold(end));
        notifier.certificate("expired");
        Thread ending = new Thread(notifier::finish);
        ending.start();
        received(1);
        assertThat(ending.isAlive()).isTrue();
        time.pass(Duration.ofSeconds(1));
        ending.join(60_000);
        assertThat(ending.isAlive()).isFalse();
        end.countDown();
        counted("certificate", "failed", 1);
        assertThat(messages()).singleElement().asString().contains("the server ended");
    }

    @Test
    void aChangedFileIsUsedAndAnInvalidOneIsNot() throws Exception {
        String other = "whsec_" + "b".repeat(40);
        write("secret", EventReceiver.SECRET + "\n" + other + "\n");
        follow("loaded notifications");
        notifier.certificate("expired");
        time.pass(OccurrenceCollector.PAUSE);
        received(1);
        assertThat(EventReceiver.isSigned(receiver.received().get(0), EventReceiver.SECRET))
                .isTrue();
        assertThat(EventReceiver.isSigned(receiver.received().get(0), other)).isTrue();
        counted("certificate", "delivered", 1);
        write("secret", "no secret");
        follow("rejected the new notifications");
        time.pass(OccurrenceCollector.PERIOD);
        notifier.certificate("expired");
        time.pass(OccurrenceCollector.PAUSE);
        received(2);
        assertThat(EventReceiver.isSigned(receiver.received().get(1), other)).isTrue();
        counted("certificate", "delivered", 2);
        write("secret", other);
        write("n.yaml", file(receiver.url("/a"), receiver.url("/b")));
        log.records().clear();
        follow("loaded notifications");
        time.pass(OccurrenceCollector.PERIOD);
        notifier.certificate("expired");
        time.pass(OccurrenceCollector.PAUSE);
        received(4);
        assertThat(receiver.received().stream().skip(2).map(EventReceiver.Received::path))
                .containsExactlyInAnyOrder("/a", "/b");
        assertThat(EventReceiver.isSigned(receiver.received().get(3), EventReceiver.SECRET))
                .isFalse();
        assertThat(messages().toString()).doesNotContain(other.substring(6));
    }

    private void follow(String message) throws Exception {
        await(message, () -> {
            time.pass(Duration.ofMillis(500));
            return messages().toString().contains(message);
        });
    }
}
