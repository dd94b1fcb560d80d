package io.imagegate.server.metrics;

import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Shows the metrics of the library as metrics. */
final class PrometheusMetrics implements MetricSink {

    private static final String PREFIX = "imagegate_";
    private static final String SECONDS = "_seconds";

    private final PrometheusRegistry registry;
    private final Map<Metric, Counter> counters = new EnumMap<>(Metric.class);
    private final Map<Metric, Histogram> histograms = new EnumMap<>(Metric.class);

    PrometheusMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        for (Metric metric : Metric.values()) {
            switch (metric.kind()) {
                case COUNT -> counters.put(metric, counter(metric));
                case DISTRIBUTION -> histograms.put(metric, histogram(metric));
                case GAUGE -> {
                    // Registered when it is measured.
                }
            }
        }
    }

    private Counter counter(Metric metric) {
        return Counter.builder()
                .name(PREFIX + metric.text() + "_total")
                .help(metric.help())
                .labelNames(labels(metric))
                .register(registry);
    }

    private Histogram histogram(Metric metric) {
        Histogram.Builder histogram = Histogram.builder()
                .name(PREFIX + metric.text())
                .help(metric.help())
                .labelNames(labels(metric))
                .classicOnly()
                .classicUpperBounds(metric.bounds());
        if (metric.text().endsWith(SECONDS)) {
            histogram.unit(Unit.SECONDS);
        }
        return histogram.register(registry);
    }

    private static String[] labels(Metric metric) {
        return metric.labels().toArray(String[]::new);
    }

    @Override
    public void record(Metric metric, double value, String... labels) {
        if (metric.kind() == Metric.Kind.COUNT) {
            Counter counter = Objects.requireNonNull(counters.get(metric));
            counter.labelValues(labels).inc(value);
        } else {
            Histogram histogram = Objects.requireNonNull(histograms.get(metric));
            (labels.length == 0 ? histogram : histogram.labelValues(labels)).observe(value);
        }
    }

    @Override
    public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {
        GaugeWithCallback.builder()
                .name(PREFIX + metric.text())
                .help(metric.help())
                .labelNames(labels(metric))
                .callback(measured ->
                        values.get().forEach((labels, value) -> measured.call(value, labels.toArray(String[]::new))))
                .register(registry);
    }
}
