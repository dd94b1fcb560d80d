package io.imagegate.server.metrics;

import io.imagegate.figure.Figure;
import io.imagegate.figure.Figures;
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

/** Shows the figures of the library as metrics. */
final class PrometheusFigures implements Figures {

    private static final String PREFIX = "imagegate_";
    private static final String SECONDS = "_seconds";

    private final PrometheusRegistry registry;
    private final Map<Figure, Counter> counters = new EnumMap<>(Figure.class);
    private final Map<Figure, Histogram> histograms = new EnumMap<>(Figure.class);

    PrometheusFigures(PrometheusRegistry registry) {
        this.registry = registry;
        for (Figure figure : Figure.values()) {
            switch (figure.kind()) {
                case COUNT -> counters.put(figure, counter(figure));
                case DISTRIBUTION -> histograms.put(figure, histogram(figure));
                case GAUGE -> {
                    // Registered when it is measured.
                }
            }
        }
    }

    private Counter counter(Figure figure) {
        return Counter.builder()
                .name(PREFIX + figure.text() + "_total")
                .help(figure.help())
                .labelNames(labels(figure))
                .register(registry);
    }

    private Histogram histogram(Figure figure) {
        Histogram.Builder histogram = Histogram.builder()
                .name(PREFIX + figure.text())
                .help(figure.help())
                .labelNames(labels(figure))
                .classicOnly()
                .classicUpperBounds(figure.bounds());
        if (figure.text().endsWith(SECONDS)) {
            histogram.unit(Unit.SECONDS);
        }
        return histogram.register(registry);
    }

    private static String[] labels(Figure figure) {
        return figure.labels().toArray(String[]::new);
    }

    @Override
    public void record(Figure figure, double value, String... labels) {
        if (figure.kind() == Figure.Kind.COUNT) {
            Counter counter = Objects.requireNonNull(counters.get(figure));
            counter.labelValues(labels).inc(value);
        } else {
            Histogram histogram = Objects.requireNonNull(histograms.get(figure));
            histogram.labelValues(labels).observe(value);
        }
    }

    @Override
    public void gauge(Figure figure, Supplier<Map<List<String>, Double>> values) {
        GaugeWithCallback.builder()
                .name(PREFIX + figure.text())
                .help(figure.help())
                .labelNames(labels(figure))
                .callback(measured ->
                        values.get().forEach((labels, value) -> measured.call(value, labels.toArray(String[]::new))))
                .register(registry);
    }
}
