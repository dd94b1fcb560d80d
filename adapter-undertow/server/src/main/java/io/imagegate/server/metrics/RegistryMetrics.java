package io.imagegate.server.metrics;

import io.imagegate.registry.RegistryAnswer;
import io.imagegate.registry.RegistryListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Locale;

/**
 * Counts the answers of registries and of the cache. Labels are entries of the operator's file, never a host that a pod
 * named.
 */
public final class RegistryMetrics implements RegistryListener {

    private static final double NANOS = 1e-9;

    private final Counter cache;
    private final Counter requests;
    private final Histogram duration;

    /**
     * Creates metrics that start at zero.
     *
     * @param registry where they are registered
     */
    public RegistryMetrics(PrometheusRegistry registry) {
        cache = Counter.builder()
                .name("imagegate_fact_cache_total")
                .help("Look-ups by what was looked up: answered by the cache (hit) or not (miss).")
                .labelNames("cache", "result")
                .register(registry);
        requests = Counter.builder()
                .name("imagegate_fact_requests_total")
                .help("Look-ups that the cache did not answer, by entry of the registries' file.")
                .labelNames("registry", "outcome")
                .register(registry);
        duration = Histogram.builder()
                .name("imagegate_fact_duration_seconds")
                .help("Time of a look-up that the cache did not answer, with the time until its turn.")
                .unit(Unit.SECONDS)
                .labelNames("registry")
                .classicOnly()
                .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
                .register(registry);
    }

    @Override
    public void onAnswer(RegistryAnswer answer) {
        cache.labelValues(answer.kind(), answer.cached() ? "hit" : "miss").inc();
        if (!answer.cached()) {
            requests.labelValues(answer.registry(), answer.state().name().toLowerCase(Locale.ROOT))
                    .inc();
            duration.labelValues(answer.registry()).observe(answer.duration().toNanos() * NANOS);
        }
    }
}
