package io.imagegate.registry;

import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Makes metrics of the answers of registries and of the cache. Labels are entries of the operator's file, never a host that
 * a pod named. Thread-safe.
 *
 * @since 0.1
 */
public final class RegistryMetrics implements RegistryListener {

    private static final double NANOS = 1e-9;

    private final MetricSink metrics;

    /**
     * Creates a listener.
     *
     * @param metrics shows the metrics
     */
    public RegistryMetrics(MetricSink metrics) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
    }

    /**
     * Adds the current numbers of look-ups of registries, and which of their entries limit requests.
     *
     * @param registries the registries
     */
    public void measure(Registries registries) {
        metrics.gauge(Metric.FACT_FLIGHTS, () -> Map.of(List.of(), (double) registries.flights()));
        metrics.gauge(Metric.FACT_WAITING, () -> Map.of(List.of(), (double) registries.waiting()));
        metrics.gauge(Metric.FACT_REGISTRY_LIMITED, () -> {
            Map<List<String>, Double> limited = new HashMap<>();
            registries.limited().forEach((entry, limits) -> limited.put(List.of(entry), limits ? 1.0 : 0.0));
            return limited;
        });
    }

    @Override
    public void onAnswer(RegistryAnswer answer) {
        metrics.record(Metric.FACT_CACHE, 1, answer.kind(), answer.cached() ? "hit" : "miss");
        if (!answer.cached()) {
            metrics.record(
                    Metric.FACT_REQUESTS,
                    1,
                    answer.registry(),
                    answer.state().name().toLowerCase(Locale.ROOT));
            metrics.record(Metric.FACT_DURATION_SECONDS, answer.duration().toNanos() * NANOS, answer.registry());
        }
    }
}
