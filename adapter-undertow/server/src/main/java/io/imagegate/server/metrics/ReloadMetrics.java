package io.imagegate.server.metrics;

import io.imagegate.time.TimeSource;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts loads of the certificate and reports the last one. */
public final class ReloadMetrics {

    private final Counter reloads;
    private final Gauge successful;
    private final Gauge last;

    ReloadMetrics(String what, PrometheusRegistry registry) {
        String prefix = "imagegate_" + what + "_";
        reloads = Counter.builder()
                .name(prefix + "reloads_total")
                .help("Loads of the " + what + ", including the first.")
                .labelNames("outcome")
                .register(registry);
        reloads.initLabelValues("success");
        reloads.initLabelValues("failure");
        successful = Gauge.builder()
                .name(prefix + "last_reload_successful")
                .help("1 if the last load of the " + what + " succeeded, 0 if it failed.")
                .register(registry);
        last = Gauge.builder()
                .name(prefix + "last_reload_success_timestamp_seconds")
                .help("Time of the last successful load of the " + what + ".")
                .register(registry);
    }

    /** Records a successful load. */
    public void succeeded() {
        successful.set(1);
        last.set((double) TimeSource.system().instant().getEpochSecond());
        reloads.labelValues("success").inc();
    }

    /** Records a failed load. */
    public void failed() {
        successful.set(0);
        reloads.labelValues("failure").inc();
    }
}
