package io.imagegate.figure;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Shows figures, for example as Prometheus metrics. Implementations are thread-safe, do not block, and throw nothing.
 *
 * <pre>{@code
 * Figures printed = new Figures() {
 *     public void record(Figure figure, double value, String... labels) {
 *         System.out.println(figure.text() + " " + List.of(labels) + " " + value);
 *     }
 *
 *     public void gauge(Figure figure, Supplier<Map<List<String>, Double>> values) {}
 * };
 * }</pre>
 *
 * @since 0.1
 */
public interface Figures {

    /** Shows nothing. */
    Figures NONE = new Figures() {
        @Override
        public void record(Figure figure, double value, String... labels) {}

        @Override
        public void gauge(Figure figure, Supplier<Map<List<String>, Double>> values) {}
    };

    /**
     * Called for each event.
     *
     * @param figure a {@link Figure.Kind#COUNT}, to which the value is added, or a {@link Figure.Kind#DISTRIBUTION}
     * @param value the value; not negative
     * @param labels the values of the figure's labels, in their order
     */
    void record(Figure figure, double value, String... labels);

    /**
     * Called once for each {@link Figure.Kind#GAUGE} that is measured. Values of labels appear and disappear only when policies are
     * loaded, before {@link Figure#POLICY_RELOADS} is recorded: a metrics library that keeps a gauge for each combination of labels
     * then looks which there are.
     *
     * @param figure the gauge
     * @param values measures it at any time: the values by those of the gauge's labels, in their order
     */
    void gauge(Figure figure, Supplier<Map<List<String>, Double>> values);
}
