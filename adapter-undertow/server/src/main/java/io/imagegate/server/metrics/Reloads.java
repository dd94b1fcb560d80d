package io.imagegate.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;

/** Counts what becomes of files that are loaded again when they change. */
public final class Reloads {

    private final Counter reloads;
    private final Gauge successful;
    private final Gauge last;

    Reloads(String what, PrometheusRegistry registry) {
        String prefix = "imagegate_" + what + "_";
        reloads = Counter.builder()
                .name(prefix + "reloads_total")
                .help("Times a new " + what + " was read, the first time included.")
                .labelNames("outcome")
                .register(registry);
        reloads.initLabelValues("success");
        reloads.initLabelValues("failure");
        successful = Gauge.builder()
                .name(prefix + "last_reload_successful")
                .help("1 when the " + what + " that was read last holds, 0 when it could not be used.")
                .register(registry);
        last = Gauge.builder()
                .name(prefix + "last_reload_success_timestamp_seconds")
                .help("When a " + what + " was last read that could be used.")
                .register(registry);
    }

    /** What was read holds from now on. */
    public void succeeded() {
        reloads.labelValues("success").inc();
        successful.set(1);
        last.set((double) Instant.now().getEpochSecond());
    }

    /** What was read cannot be used. */
    public void failed() {
        reloads.labelValues("failure").inc();
        successful.set(0);
    }
}
