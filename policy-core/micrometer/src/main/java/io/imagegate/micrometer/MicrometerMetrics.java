package io.imagegate.micrometer;

import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Shows metrics as meters. Thread-safe.
 *
 * <pre>{@code
 * MetricSink metrics = new MicrometerMetrics(registry);
 * LiveGate gate = LiveGate.builder().policies("policies/").metrics(metrics).open();
 * PolicyWebhook webhook = PolicyWebhook.builder(gate)
 *         .listener(new ReviewMetrics(metrics))
 *         .build();
 * }</pre>
 *
 * <p>The meter of {@link Metric#REVIEWS} is {@code imagegate.reviews}, and that of {@link Metric#REVIEW_DURATION_SECONDS} is the timer
 * {@code imagegate.review.duration}; tags are the metric's labels, such as {@code policy.set}. A registry for Prometheus gives them the
 * names that the server of Imagegate has, such as {@code imagegate_review_duration_seconds}.
 *
 * @since 0.1
 */
public final class MicrometerMetrics implements MetricSink {

    private static final String PREFIX = "imagegate.";
    private static final String SECONDS = "seconds";
    private static final String IN_SECONDS = "_" + SECONDS;
    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final Map<Metric, MeterProvider<Counter>> counters = new EnumMap<>(Metric.class);
    private final Map<Metric, MeterProvider<Timer>> timers = new EnumMap<>(Metric.class);
    private final Map<Metric, MeterProvider<DistributionSummary>> summaries = new EnumMap<>(Metric.class);
    private final Map<Metric, Gauges> gauges = new EnumMap<>(Metric.class);

    /** The gauges of one metric, and what measures them. */
    private record Gauges(Metric metric, MultiGauge meters, Supplier<Map<List<String>, Double>> values) {

        /** Registers a gauge for each combination of labels that has a value now, and removes the others. */
        void register() {
            List<Row<?>> rows = new ArrayList<>();
            for (List<String> labels : values.get().keySet()) {
                rows.add(Row.of(tags(metric, labels), () -> values.get().getOrDefault(labels, Double.NaN)));
            }
            meters.register(rows, true);
        }
    }

    /**
     * Makes metrics that are shown by a registry.
     *
     * @param registry the registry; not closed
     */
    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Metric metric : Metric.values()) {
            switch (metric.kind()) {
                case COUNT -> counters.put(metric, counter(metric));
                case DISTRIBUTION -> {
                    if (inSeconds(metric)) {
                        timers.put(metric, timer(metric));
                    } else {
                        summaries.put(metric, summary(metric));
                    }
                }
                case GAUGE -> {
                    // Registered when it is measured.
                }
            }
        }
    }

    private MeterProvider<Counter> counter(Metric metric) {
        return Counter.builder(name(metric)).description(metric.help()).withRegistry(registry);
    }

    private MeterProvider<Timer> timer(Metric metric) {
        return Timer.builder(name(metric))
                .description(metric.help())
                .serviceLevelObjectives(Arrays.stream(metric.bounds())
                        .mapToObj(MicrometerMetrics::duration)
                        .toArray(Duration[]::new))
                .withRegistry(registry);
    }

    /** Micrometer has no bucket for zero: what is zero counts in the next one. */
    private MeterProvider<DistributionSummary> summary(Metric metric) {
        return DistributionSummary.builder(name(metric))
                .description(metric.help())
                .serviceLevelObjectives(Arrays.stream(metric.bounds())
                        .filter(bound -> bound > 0)
                        .toArray())
                .withRegistry(registry);
    }

    private static boolean inSeconds(Metric metric) {
        return metric.text().endsWith(IN_SECONDS);
    }

    /** A unit is no part of a name in Micrometer: registries add it. */
    private static String name(Metric metric) {
        String text = metric.text();
        String name = inSeconds(metric) ? text.substring(0, text.length() - IN_SECONDS.length()) : text;
        return PREFIX + name.replace('_', '.');
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * NANOS));
    }

    private static Tags tags(Metric metric, List<String> values) {
        Tags tags = Tags.empty();
        for (int i = 0; i < values.size(); i++) {
            tags = tags.and(metric.labels().get(i).replace('_', '.'), values.get(i));
        }
        return tags;
    }

    @Override
    public void record(Metric metric, double value, String... labels) {
        Tags tags = tags(metric, List.of(labels));
        if (metric.kind() == Metric.Kind.COUNT) {
            find(counters, metric).withTags(tags).increment(value);
        } else if (inSeconds(metric)) {
            find(timers, metric).withTags(tags).record(duration(value));
        } else {
            find(summaries, metric).withTags(tags).record(value);
        }
        if (metric == Metric.POLICY_RELOADS) {
            registerGauges();
        }
    }

    private static <T> T find(Map<Metric, T> meters, Metric metric) {
        return Objects.requireNonNull(meters.get(metric), metric.text());
    }

    private void registerGauges() {
        synchronized (gauges) {
            gauges.values().forEach(Gauges::register);
        }
    }

    @Override
    public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {
        MultiGauge.Builder builder = MultiGauge.builder(name(metric)).description(metric.help());
        MultiGauge meters = (inSeconds(metric) ? builder.baseUnit(SECONDS) : builder).register(registry);
        synchronized (gauges) {
            Gauges measured = new Gauges(metric, meters, values);
            gauges.put(metric, measured);
            measured.register();
        }
    }
}
