package io.imagegate.micrometer;

import io.imagegate.figure.Figure;
import io.imagegate.figure.Figures;
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
 * Shows figures as meters. Thread-safe.
 *
 * <pre>{@code
 * Figures figures = new MicrometerFigures(registry);
 * LiveGate gate = ImageGates.builder().policies("policies/").figures(figures).open();
 * PolicyWebhook webhook = PolicyWebhook.builder(gate.gates())
 *         .listener(new ReviewFigures(figures))
 *         .build();
 * }</pre>
 *
 * <p>The meter of {@link Figure#REVIEWS} is {@code imagegate.reviews}, and that of {@link Figure#REVIEW_DURATION_SECONDS} is the timer
 * {@code imagegate.review.duration}; tags are the figure's labels, such as {@code policy.set}. A registry for Prometheus gives them the
 * names that the server of Imagegate has, such as {@code imagegate_review_duration_seconds}.
 *
 * @since 0.1
 */
public final class MicrometerFigures implements Figures {

    private static final String PREFIX = "imagegate.";
    private static final String SECONDS = "seconds";
    private static final String IN_SECONDS = "_" + SECONDS;
    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final Map<Figure, MeterProvider<Counter>> counters = new EnumMap<>(Figure.class);
    private final Map<Figure, MeterProvider<Timer>> timers = new EnumMap<>(Figure.class);
    private final Map<Figure, MeterProvider<DistributionSummary>> summaries = new EnumMap<>(Figure.class);
    private final Map<Figure, Gauges> gauges = new EnumMap<>(Figure.class);

    /** The gauges of one figure, and what measures them. */
    private record Gauges(Figure figure, MultiGauge meters, Supplier<Map<List<String>, Double>> values) {

        /** Registers a gauge for each combination of labels that has a value now, and removes the others. */
        void register() {
            List<Row<?>> rows = new ArrayList<>();
            for (List<String> labels : values.get().keySet()) {
                rows.add(Row.of(tags(figure, labels), () -> values.get().getOrDefault(labels, Double.NaN)));
            }
            meters.register(rows, true);
        }
    }

    /**
     * Makes figures that are shown by a registry.
     *
     * @param registry the registry; not closed
     */
    public MicrometerFigures(MeterRegistry registry) {
        this.registry = registry;
        for (Figure figure : Figure.values()) {
            switch (figure.kind()) {
                case COUNT -> counters.put(figure, counter(figure));
                case DISTRIBUTION -> {
                    if (inSeconds(figure)) {
                        timers.put(figure, timer(figure));
                    } else {
                        summaries.put(figure, summary(figure));
                    }
                }
                case GAUGE -> {
                    // Registered when it is measured.
                }
            }
        }
    }

    private MeterProvider<Counter> counter(Figure figure) {
        return Counter.builder(name(figure)).description(figure.help()).withRegistry(registry);
    }

    private MeterProvider<Timer> timer(Figure figure) {
        return Timer.builder(name(figure))
                .description(figure.help())
                .serviceLevelObjectives(Arrays.stream(figure.bounds())
                        .mapToObj(MicrometerFigures::duration)
                        .toArray(Duration[]::new))
                .withRegistry(registry);
    }

    /** Micrometer has no bucket for zero: what is zero counts in the next one. */
    private MeterProvider<DistributionSummary> summary(Figure figure) {
        return DistributionSummary.builder(name(figure))
                .description(figure.help())
                .serviceLevelObjectives(Arrays.stream(figure.bounds())
                        .filter(bound -> bound > 0)
                        .toArray())
                .withRegistry(registry);
    }

    private static boolean inSeconds(Figure figure) {
        return figure.text().endsWith(IN_SECONDS);
    }

    /** A unit is no part of a name in Micrometer: registries add it. */
    private static String name(Figure figure) {
        String text = figure.text();
        String name = inSeconds(figure) ? text.substring(0, text.length() - IN_SECONDS.length()) : text;
        return PREFIX + name.replace('_', '.');
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * NANOS));
    }

    private static Tags tags(Figure figure, List<String> values) {
        Tags tags = Tags.empty();
        for (int i = 0; i < values.size(); i++) {
            tags = tags.and(figure.labels().get(i).replace('_', '.'), values.get(i));
        }
        return tags;
    }

    @Override
    public void record(Figure figure, double value, String... labels) {
        Tags tags = tags(figure, List.of(labels));
        if (figure.kind() == Figure.Kind.COUNT) {
            find(counters, figure).withTags(tags).increment(value);
        } else if (inSeconds(figure)) {
            find(timers, figure).withTags(tags).record(duration(value));
        } else {
            find(summaries, figure).withTags(tags).record(value);
        }
        if (figure == Figure.POLICY_RELOADS) {
            registerGauges();
        }
    }

    private static <T> T find(Map<Figure, T> meters, Figure figure) {
        return Objects.requireNonNull(meters.get(figure), figure.text());
    }

    private void registerGauges() {
        synchronized (gauges) {
            gauges.values().forEach(Gauges::register);
        }
    }

    @Override
    public void gauge(Figure figure, Supplier<Map<List<String>, Double>> values) {
        MultiGauge.Builder builder = MultiGauge.builder(name(figure)).description(figure.help());
        MultiGauge meters = (inSeconds(figure) ? builder.baseUnit(SECONDS) : builder).register(registry);
        synchronized (gauges) {
            Gauges measured = new Gauges(figure, meters, values);
            gauges.put(figure, measured);
            measured.register();
        }
    }
}
