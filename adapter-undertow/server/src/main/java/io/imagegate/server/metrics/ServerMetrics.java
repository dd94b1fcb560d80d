package io.imagegate.server.metrics;

import io.imagegate.server.http.Refusal;
import io.imagegate.webhook.DecisionListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.function.LongSupplier;

/** What Prometheus reads from this server. Thread-safe. */
public final class ServerMetrics {

    /** The text format that every Prometheus reads. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final DecisionMetrics decisions = new DecisionMetrics(registry);
    private final Counter refusals;
    private final Counter responses;
    private final Reloads policyReloads;
    private final Reloads certificateReloads;
    private final Gauge certificateExpiry;
    private final HandshakeMetrics handshakes = new HandshakeMetrics(registry);
    private boolean withJvm;

    /** Metrics that start at zero. */
    public ServerMetrics() {
        refusals = counter("imagegate_reviews_rejected_total", "Requests and connections turned away.", "reason");
        for (Refusal refusal : Refusal.values()) {
            refusals.initLabelValues(refusal.label());
        }
        responses = counter("imagegate_http_responses_total", "Answers by HTTP status code.", "code");
        policyReloads = new Reloads("policy", registry);
        certificateReloads = new Reloads("certificate", registry);
        certificateExpiry = Gauge.builder()
                .name("imagegate_certificate_expiry_timestamp_seconds")
                .help("When the certificate of this server ends.")
                .register(registry);
    }

    /** {@return counts decisions} */
    public DecisionListener decisions() {
        return decisions;
    }

    /**
     * Counts what was turned away.
     *
     * @param why and why
     */
    public void refused(Refusal why) {
        refusals.labelValues(why.label()).inc();
    }

    /**
     * Counts an answer.
     *
     * @param status its HTTP status
     */
    public void answered(int status) {
        responses.labelValues(Integer.toString(status)).inc();
    }

    /** {@return counts what becomes of policy files} */
    public Reloads policyReloads() {
        return policyReloads;
    }

    /** {@return counts what becomes of certificates and keys} */
    public Reloads certificateReloads() {
        return certificateReloads;
    }

    /** {@return counts failed TLS handshakes} */
    public HandshakeMetrics handshakes() {
        return handshakes;
    }

    /**
     * Tells until when the server can prove itself.
     *
     * @param end of its certificate
     */
    public void certificateEnds(Instant end) {
        certificateExpiry.set((double) end.getEpochSecond());
    }

    /**
     * Adds something that is measured when it is asked for.
     *
     * @param name of the metric
     * @param help what it is
     * @param value measures it
     */
    public void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(measured -> measured.call((double) value.getAsLong()))
                .register(registry);
    }

    /**
     * Writes everything.
     *
     * @param out where to
     * @throws IOException when it cannot be written there
     */
    public void write(OutputStream out) throws IOException {
        addJvm();
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
    }

    /** The JVM's own metrics take longest to set up, and the start is no time for it. */
    private synchronized void addJvm() {
        if (!withJvm) {
            withJvm = true;
            JvmMetrics.builder().register(registry);
        }
    }

    private Counter counter(String name, String help, String label) {
        return Counter.builder().name(name).help(help).labelNames(label).register(registry);
    }
}
