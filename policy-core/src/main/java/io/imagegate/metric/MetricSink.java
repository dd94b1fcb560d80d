package io.imagegate.metric;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Shows metrics, for example as Prometheus metrics. Implementations are thread-safe, do not block, and throw nothing.
 *
 * <pre>{@code
 * MetricSink printed = new MetricSink() {
 *     public void record(Metric metric, double value, String... labels) {
 *         System.out.println(metric.text() + " " + List.of(labels) + " " + value);
 *     }
 *
 *     public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {}
 * };
 * }</pre>
 *
 * @since 0.1
 */
public interface MetricSink {

    /** Shows nothing. */
    MetricSink NONE = new MetricSink() {
        @Override
        public void record(Metric metric, double value, String... labels) {}

        @Override
        public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {}
    };

    /**
     * Called for each event.
     *
     * @param metric a {@link Metric.Kind#COUNT}, to which the value is added, or a {@link Metric.Kind#DISTRIBUTION}
     * @param value the value; not negative
     * @param labels the values of the metric's labels, in their order
     */
    void record(Metric metric, double value, String... labels);

    /**
     * Called once for each {@link Metric.Kind#GAUGE} that is measured. Values of labels appear and disappear only when policies are
     * loaded, before {@link Metric#POLICY_RELOADS} is recorded: a metrics library that keeps a gauge for each combination of labels
     * then looks which there are.
     *
     * @param metric the gauge
     * @param values measures it at any time: the values by those of the gauge's labels, in their order
     */
    void gauge(Metric metric, Supplier<Map<List<String>, Double>> values);
}
