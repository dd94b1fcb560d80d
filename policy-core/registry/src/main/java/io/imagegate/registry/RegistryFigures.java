package io.imagegate.registry;

import io.imagegate.figure.Figure;
import io.imagegate.figure.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Makes figures of the answers of registries and of the cache. Labels are entries of the operator's file, never a host that
 * a pod named. Thread-safe.
 *
 * @since 0.1
 */
public final class RegistryFigures implements RegistryListener {

    private static final double NANOS = 1e-9;

    private final Figures figures;

    /**
     * Creates a listener.
     *
     * @param figures shows the figures
     */
    public RegistryFigures(Figures figures) {
        this.figures = Objects.requireNonNull(figures, "figures");
    }

    /**
     * Adds the current numbers of look-ups of registries.
     *
     * @param registries the registries
     */
    public void measure(Registries registries) {
        figures.gauge(Figure.FACT_FLIGHTS, () -> Map.of(List.of(), (double) registries.flights()));
        figures.gauge(Figure.FACT_WAITING, () -> Map.of(List.of(), (double) registries.waiting()));
    }

    @Override
    public void onAnswer(RegistryAnswer answer) {
        figures.record(Figure.FACT_CACHE, 1, answer.kind(), answer.cached() ? "hit" : "miss");
        if (!answer.cached()) {
            figures.record(
                    Figure.FACT_REQUESTS,
                    1,
                    answer.registry(),
                    answer.state().name().toLowerCase(Locale.ROOT));
            figures.record(Figure.FACT_DURATION_SECONDS, answer.duration().toNanos() * NANOS, answer.registry());
        }
    }
}
