package io.imagegate.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.gate.GateState;
import io.imagegate.gate.LiveGate;
import io.imagegate.metric.Metric;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.ReviewMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicrometerMetricsTest {

    private static final Path SERVER_NAMES = Path.of("../../adapter-undertow/cli/names.txt");
    private static final Pattern HELD =
            Pattern.compile("metric imagegate_([a-z_]+?)(?:_total)?(?:\\{([^}]*)})? (\\w+)");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerMetrics metrics = new MicrometerMetrics(registry);

    @Test
    @DisplayName("Prometheus sees the metrics by the names, labels and types that the server gives them")
    void sameNamesAsTheServer() throws Exception {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MicrometerMetrics shown = new MicrometerMetrics(prometheus);
        for (Metric metric : Metric.values()) {
            List<String> labels = Collections.nCopies(metric.labels().size(), "value");
            if (metric.kind() == Metric.Kind.GAUGE) {
                shown.gauge(metric, () -> Map.of(labels, 1.0));
            } else {
                shown.record(metric, 1, labels.toArray(String[]::new));
            }
        }
        Set<String> names = Set.of(Metric.values()).stream().map(Metric::text).collect(Collectors.toSet());
        Set<String> expected = new TreeSet<>();
        for (String line : Files.readAllLines(SERVER_NAMES)) {
            Matcher metric = HELD.matcher(line);
            if (metric.matches() && names.contains(metric.group(1))) {
                expected.add(line);
            }
        }
        assertThat(expected).hasSameSizeAs(names);
        assertThat(scraped(prometheus.scrape())).isEqualTo(expected);
    }

    /** {@return the metrics of a scrape, as the server's names are written} */
    private static Set<String> scraped(String text) {
        Set<String> lines = new TreeSet<>();
        Matcher types = Pattern.compile("(?m)^# TYPE (\\S+) (\\w+)$").matcher(text);
        while (types.find()) {
            String name = types.group(1);
            Matcher sample = Pattern.compile("(?m)^" + name + "(?:_count)?(?:\\{([^}]*)})? ")
                    .matcher(text);
            assertThat(sample.find()).as(name).isTrue();
            String labels = sample.group(1) == null
                    ? ""
                    : "{"
                            + Pattern.compile("(\\w+)=\"[^\"]*\"")
                                    .matcher(sample.group(1))
                                    .results()
                                    .map(label -> label.group(1))
                                    .sorted()
                                    .collect(Collectors.joining(","))
                            + "}";
            if (!name.endsWith("_max")) {
                lines.add("metric " + name + labels + " " + types.group(2));
            }
        }
        return lines;
    }

    @Test
    void countsAndTimesReviews() {
        try (LiveGate gate = LiveGate.builder()
                .policies("builtin:fixed-tags")
                .metrics(metrics)
                .open()) {
            PolicyWebhook webhook = PolicyWebhook.builder(gate.gates())
                    .listener(new ReviewMetrics(metrics))
                    .build();
            assertThat(count("imagegate.reviews", "policy.set", "default", "outcome", "denied"))
                    .isZero();
            review(webhook, "nginx");
            review(webhook, "nginx:1");
            assertThat(count("imagegate.reviews", "policy.set", "default", "outcome", "denied"))
                    .isEqualTo(1);
            assertThat(count("imagegate.reviews", "policy.set", "default", "outcome", "allowed"))
                    .isEqualTo(1);
            assertThat(registry.get("imagegate.review.duration").timer().count())
                    .isEqualTo(2);
            assertThat(registry.get("imagegate.review.duration").timer().totalTime(TimeUnit.SECONDS))
                    .isBetween(1e-9, 60.0);
            assertThat(registry.get("imagegate.review.images").summary().totalAmount())
                    .isEqualTo(2);
            assertThat(registry.get("imagegate.violations").counter().getId().getTags())
                    .containsAll(Tags.of("policy.set", "default", "outcome", "denied"));
        }
    }

    private static void review(PolicyWebhook webhook, String image) {
        byte[] body = ("{\"spec\":{\"containers\":[{\"image\":\"" + image + "\"}]}}").getBytes(StandardCharsets.UTF_8);
        webhook.review("/image_policy", body, body.length);
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    /** Of the digests of policies that were active, only that of the active ones is shown. */
    @Test
    void gaugesFollowThePolicies(@TempDir Path folder) throws Exception {
        String text = """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: fixed, tag: {required: true}}]}
                """;
        Path policy = Files.writeString(folder.resolve("policy.yaml"), text);
        BlockingQueue<GateState> loads = new LinkedBlockingQueue<>();
        try (LiveGate gate = LiveGate.builder()
                .policies(policy.toString())
                .metrics(metrics)
                .listener(loads::add)
                .open()) {
            String first = gate.state().digest();
            assertThat(loads.take().isReady()).isTrue();
            assertThat(digests()).containsExactly(first);
            assertThat(gauge("imagegate.policy.last.reload.successful")).isEqualTo(1);
            Files.writeString(policy, text.replace("fixed", "other"));
            assertThat(loads.poll(30, TimeUnit.SECONDS)).isNotNull();
            String second = gate.state().digest();
            assertThat(second).isNotEqualTo(first);
            for (int i = 0; i < 300 && !digests().equals(List.of(second)); i++) {
                Thread.sleep(100); // The load is recorded after its listener was called.
            }
            assertThat(digests()).containsExactly(second);
            assertThat(registry.get("imagegate.policy.reloads")
                            .tags("outcome", "success")
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
    }

    private List<String> digests() {
        List<String> digests = new ArrayList<>();
        for (Meter meter : registry.find("imagegate.policies.info").meters()) {
            digests.add(String.valueOf(meter.getId().getTag("digest")));
        }
        return digests;
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void measuresWhenAsked() {
        AtomicReference<Map<List<String>, Double>> values = new AtomicReference<>(Map.of(List.of(), 3.0));
        metrics.gauge(Metric.FACT_FLIGHTS, values::get);
        assertThat(gauge("imagegate.fact.flights")).isEqualTo(3);
        values.set(Map.of(List.of(), 4.0));
        assertThat(gauge("imagegate.fact.flights")).isEqualTo(4);
        values.set(Map.of());
        assertThat(gauge("imagegate.fact.flights")).isNaN();
    }
}
