package io.imagegate.server.metrics;

import io.imagegate.server.tls.HandshakeFailure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts failed TLS handshakes and shows the expiry of the clients' certificates. Thread-safe. */
public final class HandshakeMetrics {

    private final Counter failures;
    private volatile @Nullable Instant expiry;

    HandshakeMetrics(PrometheusRegistry registry) {
        failures = Counter.builder()
                .name("imagegate_tls_handshake_failures_total")
                .help("TLS handshakes with clients that failed.")
                .labelNames("reason")
                .register(registry);
        for (HandshakeFailure failure : HandshakeFailure.values()) {
            failures.initLabelValues(failure.label());
        }
        GaugeWithCallback.builder()
                .name("imagegate_client_certificate_expiry_timestamp_seconds")
                .help("Expiry of the last client certificate that was accepted; absent until there is one.")
                .callback(measured -> {
                    Instant last = expiry;
                    if (last != null) {
                        measured.call((double) last.getEpochSecond());
                    }
                })
                .register(registry);
    }

    /**
     * Counts a failed handshake.
     *
     * @param reason why it failed
     */
    public void failed(HandshakeFailure reason) {
        failures.labelValues(reason.label()).inc();
    }

    /**
     * Records an accepted client certificate.
     *
     * @param until when it expires
     */
    public void clientCertificate(Instant until) {
        expiry = until;
    }
}
