package io.imagegate.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Counts notifications by what became of them. Thread-safe. */
public final class NotificationMetrics {

    private static final String DELIVERED = "delivered";
    private static final String FAILED = "failed";
    private static final String DROPPED = "dropped";

    private final Counter notifications;

    NotificationMetrics(PrometheusRegistry registry, List<String> outcomes) {
        notifications = Counter.builder()
                .name("imagegate_notifications_total")
                .help("Notifications by outcome: delivered, failed after all attempts, or dropped because others wait.")
                .labelNames("outcome", "result")
                .register(registry);
        for (String outcome : outcomes) {
            List.of(DELIVERED, FAILED, DROPPED).forEach(result -> notifications.initLabelValues(outcome, result));
        }
    }

    /**
     * Counts one that an endpoint accepted.
     *
     * @param outcome what it is about
     */
    public void delivered(String outcome) {
        notifications.labelValues(outcome, DELIVERED).inc();
    }

    /**
     * Counts one that was sent in vain.
     *
     * @param outcome what it is about
     */
    public void failed(String outcome) {
        notifications.labelValues(outcome, FAILED).inc();
    }

    /**
     * Counts one for which there was no room.
     *
     * @param outcome what it is about
     */
    public void dropped(String outcome) {
        notifications.labelValues(outcome, DROPPED).inc();
    }
}
