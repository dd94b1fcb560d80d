package io.imagegate.webhook;

import static io.imagegate.webhook.MutatingClient.object;
import static io.imagegate.webhook.MutatingClient.pod;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.BreakGlass;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.Exemption;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is counted of reviews, and that labels are bounded. */
class ReviewMetricsTest {

    private final Map<String, Double> sums = new TreeMap<>();
    private final ReviewMetrics listener = new ReviewMetrics(new MetricSink() {
        @Override
        public void record(Metric metric, double value, String... labels) {
            assertThat(labels).hasSameSizeAs(metric.labels());
            assertThat(metric.known().isEmpty() || metric.known().contains(labels[labels.length - 1]))
                    .as(metric + Arrays.toString(labels))
                    .isTrue();
            if (value != 0) {
                sums.merge(metric.text() + List.of(labels), value, Double::sum);
            }
        }

        @Override
        public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {}
    });

    private void review(ImageGate gate, String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        PolicyWebhook.builder(gate).listener(listener).build().review(path, bytes, bytes.length);
    }

    @Test
    void decisionsAreCountedWithTheirImagesAndViolations() {
        Policy policy = Policy.builder("p")
                .rule("no", Rules.fixedTag())
                .rule(NamedRule.of("hm", image -> Finding.violation("hm")).withEnforcement(Enforcement.WARN))
                .build();
        ImageGate gate = ImageGate.of(PolicySet.of(policy));
        review(gate, "/validate", "{\"spec\":{\"containers\":[{\"image\":\"a:1\"},{\"image\":\"b:1\"}]}}");
        review(gate, "/validate", "{\"spec\":{\"containers\":[{\"image\":\"a\"},{\"image\":\"b\"}]}}");
        assertThat(sums)
                .containsEntry("reviews[default, allowed]", 1.0)
                .containsEntry("reviews[default, denied]", 1.0)
                .containsEntry("review_images[]", 4.0)
                .containsEntry("violations[default, p, no, denied]", 1.0)
                .containsEntry("violations[default, p, hm, warned]", 2.0)
                .containsEntry("would_deny[default, p, hm, warn, ]", 2.0)
                .containsKey("review_duration_seconds[]")
                .hasSize(7);
    }

    @Test
    void whatStagedRulesWouldDenyIsCountedByNamespace() {
        NamedRule rule = NamedRule.of("hm", image -> Finding.violation("hm"));
        Policy policy = Policy.builder("p")
                .rule(rule.withEnforcement(Enforcement.WARN))
                .rule(NamedRule.of("audited", image -> Finding.violation("hm")).withEnforcement(Enforcement.AUDIT))
                .rule(NamedRule.of("excused", image -> Finding.unavailable("down"))
                        .withEnforcement(Enforcement.WARN)
                        .withOnUnavailable(Enforcement.AUDIT))
                .rule(NamedRule.of("down", image -> Finding.unavailable("down")).withEnforcement(Enforcement.AUDIT))
                .exempt(Exemption.of(List.of("audited"), "old", LocalDate.MAX)
                        .withScope(Scope.ofNamespaces(GlobSet.of("team-b"))))
                .breakGlass(BreakGlass.of("a.image-policy.k8s.io/b", "INC-*", GlobSet.of("*")))
                .build();
        ImageGate gate = ImageGate.of(PolicySet.of(policy));
        review(gate, "/validate", inNamespace("team-a"));
        review(gate, "/validate", inNamespace("team-b"));
        review(gate, "/validate", inNamespace("team-c").replace("{},", "{\"a.image-policy.k8s.io/b\":\"INC-1\"},"));
        assertThat(sums.keySet())
                .filteredOn(key -> key.startsWith("would_deny"))
                .containsExactlyInAnyOrder(
                        "would_deny[default, p, hm, warn, team-a]",
                        "would_deny[default, p, hm, warn, team-b]",
                        "would_deny[default, p, down, audit, team-a]",
                        "would_deny[default, p, down, audit, team-b]",
                        "would_deny[default, p, audited, audit, team-a]");
    }

    @Test
    void furtherNamespacesShareOneLabelOfTheirRule() {
        NamedRule rule = NamedRule.of("hm", image -> Finding.violation("hm")).withEnforcement(Enforcement.WARN);
        ImageGate gate =
                ImageGate.of(PolicySet.of(Policy.builder("p").rule(rule).build()));
        for (int i = 0; i < 1_002; i++) {
            review(gate, "/validate", inNamespace("team-" + i));
        }
        assertThat(sums.keySet())
                .filteredOn(key -> key.startsWith("would_deny"))
                .hasSize(1_001);
        assertThat(sums)
                .containsEntry("would_deny[default, p, hm, warn, team-999]", 1.0)
                .containsEntry("would_deny[default, p, hm, warn, other]", 2.0);
    }

    private static String inNamespace(String namespace) {
        return "{\"spec\":{\"namespace\":\"%s\",\"annotations\":{},\"containers\":[{\"image\":\"a:1\"}]}}"
                .formatted(namespace);
    }

    @Test
    void failuresAreCountedByTheirKind() {
        assertThat(Metric.REVIEW_FAILURES.known())
                .containsExactlyElementsOf(Arrays.stream(ReviewFailure.values())
                        .map(failure -> failure.name().toLowerCase(Locale.ROOT))
                        .toList());
        review(ImageGate.of(PolicySet.of(Policy.byDefault())), "/validate", "{");
        assertThat(sums).containsExactly(Map.entry("review_failures[default, malformed]", 1.0));
    }

    @Test
    void patchesAreCounted() {
        MutatingClient.Digests digests = new MutatingClient.Digests();
        PolicySet policies = PolicySet.of(MutatingClient.policy(MutatingClient.MUTATION));
        review(ImageGate.of(() -> policies, digests), "/mutate", pod("CREATE", object("", "nginx:1"), "null"));
        assertThat(sums)
                .containsEntry("images_patched[default, rewrite]", 1.0)
                .containsEntry("images_patched[default, pin]", 1.0);
    }

    @Test
    void furtherNamesOfRulesShareOneLabel() {
        for (int i = 0; i < 11; i++) {
            PolicyBuilder policy = Policy.builder("p" + i);
            for (int j = 0; j < 100; j++) {
                policy.rule("r" + j, image -> Finding.violation("no"));
            }
            review(
                    ImageGate.of(PolicySet.of(policy.build())),
                    "/validate",
                    "{\"spec\":{\"containers\":[{\"image\":\"a:1\"}]}}");
        }
        assertThat(sums.keySet())
                .filteredOn(key -> key.startsWith("violations"))
                .hasSize(1_001);
        assertThat(sums)
                .containsEntry("violations[default, p9, r99, denied]", 1.0)
                .containsEntry("violations[default, other, other, other]", 1.0);
    }
}
